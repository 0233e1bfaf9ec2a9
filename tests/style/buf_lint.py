"""`buf lint` (STANDARD, see buf.yaml) over both proto roots.

buf is an npm package; its version and checksums are pinned in tests/style/buf/package-lock.json.
The first run installs it into build/buf (no install scripts), later runs need no network. Where it
cannot be had the check says why and is skipped; a wrong pin or checksum fails instead.
"""

import shutil
import subprocess
import sys

import tree

PINNED = tree.ROOT / 'tests/style/buf'
INSTALLED = tree.ROOT / 'build/buf'
BUF = INSTALLED / 'node_modules/.bin/buf'
INSTALL_TIMEOUT_S = 90
ERROR_LINES = 12  # of npm's output: what went wrong comes first, help texts follow
FAULTS_OF_THE_PIN = ('EINTEGRITY', 'EUSAGE')


def skip(reason):
    print(f'Skipped: buf cannot be had: {reason}')
    sys.exit(tree.SKIPPED)


def is_installed():
    """Whether build/buf holds the pinned lock file, which is copied there after the install."""
    lock = INSTALLED / 'installed-lock.json'
    return lock.is_file() and lock.read_bytes() == (PINNED / 'package-lock.json').read_bytes()


def install():
    npm = shutil.which('npm')
    if npm is None:
        skip('npm is not installed.')
    INSTALLED.mkdir(parents=True, exist_ok=True)
    for name in ('package.json', 'package-lock.json'):
        shutil.copy(PINNED / name, INSTALLED / name)
    command = [npm, 'ci', '--prefix', str(INSTALLED), '--ignore-scripts', '--no-audit', '--no-fund',
               '--fetch-retries=1', '--fetch-timeout=30000']
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=INSTALL_TIMEOUT_S,
                             cwd=INSTALLED)
    except subprocess.TimeoutExpired:
        skip(f'npm did not end within {INSTALL_TIMEOUT_S} s.')
    errors = '\n'.join(run.stderr.splitlines()[:ERROR_LINES])
    if any(code in errors for code in FAULTS_OF_THE_PIN):
        sys.exit(f'tests/style/buf does not pin what npm found:\n{errors}')
    if run.returncode != 0:
        skip(f'npm failed:\n{errors}')
    shutil.copy(PINNED / 'package-lock.json', INSTALLED / 'installed-lock.json')


def main():
    if not is_installed():
        install()
    version = subprocess.run([BUF, '--version'], capture_output=True, text=True)
    if version.returncode != 0:
        skip(f'it does not run here:\n{version.stderr}')
    print(f'buf {version.stdout.strip()}')
    sys.exit(subprocess.run([BUF, 'lint'], cwd=tree.ROOT).returncode)


if __name__ == '__main__':
    main()
