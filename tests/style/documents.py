"""Rules for what people read: nothing private, and documents that point at real things.

 - No path of somebody's own machine in any tracked text.
 - No number in a document that could be a person's NIK. Write an example with serial 0000, which is
   never issued: 3374010101900000.
 - Relative links of the Markdown files lead to tracked files.
 - Every `tools/...` and `build/PRESET/bin/...` in a fenced block of a Markdown file is a tracked
   script or a program that CMake builds.
 - A block under `<!-- run by PATH -->` is one that the test PATH runs: PATH is tracked, and so that
   the two cannot drift apart it reads the document itself or holds each command of the block.
"""

import posixpath
import re

import cmake_text
import tree

PRIVATE_PATH = re.compile(r'(?<![\w.-])/(?:wo' r'rk|ro' r'ot|ho' r'me|tm' r'p/b-)[\w./-]*')
LONG_NUMBER = re.compile(r'(?<![\d.,])\d{16}(?![\d])')
LINK = re.compile(r'\]\(([^)#\s]+)[^)]*\)')
BLOCK = re.compile(r'(?:<!-- run by (?P<test>\S+) -->\s*\n)?^```(?P<kind>\w*)[^\n]*\n'
                   r'(?P<body>.*?)^```[ ]*$', re.MULTILINE | re.DOTALL)
RUN_MARK = re.compile(r'<!-- run by \S+ -->')
SCRIPT = re.compile(r'(?:^|[\s;&|(])(?:\./)?(tools/[\w.-]+)(?=$|[\s;&|)])', re.MULTILINE)
PROGRAM = re.compile(r'build/\w+/bin/([\w-]+)')


def private_paths(files):
    return [f'{path}:{tree.line_of(text, match.start())}: private path {match.group()}'
            for path, text in files.items() for match in PRIVATE_PATH.finditer(text)]


def could_be_nik(digits):
    """The shape check of a NIK: day 1-31 or 41-71, month 1-12, serial not 0000."""
    day, month, serial = int(digits[6:8]), int(digits[8:10]), int(digits[12:])
    return (1 <= day <= 31 or 41 <= day <= 71) and 1 <= month <= 12 and serial != 0


def nik_like_numbers(documents):
    return [f'{path}:{tree.line_of(text, match.start())}: a number that could be a NIK; use serial '
            '0000 in examples'
            for path, text in documents.items() for match in LONG_NUMBER.finditer(text)
            if could_be_nik(match.group())]


def broken_links(documents, files):
    found = []
    folders = {posixpath.dirname(path) for path in files}
    for path, text in documents.items():
        for match in LINK.finditer(text):
            target = match.group(1)
            linked = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
            if '://' not in target and not target.startswith('mailto:') and (
                    linked not in files and linked not in folders):
                found.append(f'{path}:{tree.line_of(text, match.start())}: {target} is no tracked '
                             'file')
    return found


def commands_of(kind, body):
    """The command lines of a block: after `$ ` in a console, else every line but comments."""
    lines = [line.strip() for line in body.splitlines()]
    if kind == 'console' or any(line.startswith('$ ') for line in lines):
        return [line[2:] for line in lines if line.startswith('$ ')]
    return [line for line in lines if line and not line.startswith('#')]


def block_faults(path, block, files, programs):
    """What is wrong with one fenced block, without its place."""
    body = block['body']
    faults = [f'{script} is no tracked script'
              for script in SCRIPT.findall(body)
              if script not in files and not any(name.startswith(script + '/') for name in files)]
    faults += [f'{program} is no program of the build'
               for program in PROGRAM.findall(body) if program not in programs]
    test = block['test']
    if test and test not in files:
        faults.append(f'{test}, said to run this block, is no tracked file')
    elif test and posixpath.basename(path) not in files[test]:
        faults += [f'{test}, said to run this block, does not hold: {command}'
                   for command in commands_of(block['kind'], body) if command not in files[test]]
    return faults


def blocks(documents, files):
    programs = {target.name for target in cmake_text.targets(files)
                if target.call in ('bansos_program', 'add_executable', 'bansos_test')}
    found = []
    for path, text in documents.items():
        marked = 0
        for match in BLOCK.finditer(text):
            marked += match['test'] is not None
            place = f'{path}:{tree.line_of(text, match.start("body"))}'
            found += [f'{place}: {fault}' for fault in block_faults(path, match, files, programs)]
        if marked != len(RUN_MARK.findall(text)):
            found.append(f'{path}:1: a `run by` mark that no fenced block follows')
    return found


def violations(files):
    documents = tree.with_suffix(files, '.md')
    return (private_paths(files) + nik_like_numbers(documents) + broken_links(documents, files)
            + blocks(documents, files))


if __name__ == '__main__':
    tree.finish(violations(tree.tracked_texts()), 'The rules are in tests/style/documents.py.')
