"""The files of the checkout as the style checks see them, and how a check reports.

A check is a function from {path: text} to violations, so that its self-test can plant faults
without touching the disk. Paths are relative to the root, with forward slashes.
"""

import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SKIPPED = 77  # SKIP_RETURN_CODE of tests/style/CMakeLists.txt
CPP = ('.cc', '.h')
NOT_SOURCES = {'.git', 'build', 'node_modules', '__pycache__'}


def tracked_paths(root=ROOT):
    """What git tracks and has not been deleted; every file when this is no git checkout."""
    # The directory may belong to another user (a container's mount); a listing needs no trust.
    command = ['git', '-c', 'safe.directory=*', '-C', str(root), 'ls-files', '-z']
    if (root / '.git').exists():
        listed = subprocess.run(command, check=True, capture_output=True).stdout
        paths = listed.decode().split('\0')
    else:
        paths = []
        for directory, subdirectories, names in os.walk(root):
            subdirectories[:] = [name for name in subdirectories if name not in NOT_SOURCES]
            paths += [(pathlib.Path(directory) / name).relative_to(root).as_posix()
                      for name in names]
    return sorted(path for path in paths if path and (root / path).is_file())


def tracked_texts(root=ROOT):
    """{path: text} of the tracked files that are text (no NUL byte in the first 8 KiB)."""
    texts = {}
    for path in tracked_paths(root):
        content = (root / path).read_bytes()
        if b'\0' not in content[:8192]:
            texts[path] = content.decode('utf-8', errors='replace')
    return texts


def with_suffix(files, *suffixes):
    return {path: text for path, text in files.items() if path.endswith(suffixes)}


def is_shell(path, text):
    return path.endswith('.sh') or text.startswith('#!/bin/bash')


def line_of(text, offset):
    """The 1-based line that an offset lies on."""
    return text.count('\n', 0, offset) + 1


def finish(violations, hint):
    """Prints each violation, then the hint; ends the process as ctest expects."""
    for violation in sorted(set(violations)):
        print(violation)
    if violations:
        print(f'{len(set(violations))} violations. {hint}')
        sys.exit(1)
    print('No violations.')
