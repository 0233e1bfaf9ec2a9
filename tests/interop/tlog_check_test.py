"""A Go program over golang.org/x/mod/sumdb verifies what `bansosctl export tiles` writes.

Real bansosd and bansosctl; the export of a ledger of one event, then of several hundred, then grown
in the same directory. And the check can fail: one byte flipped in any file, a file taken away, or
another key, and it says so.

usage: tlog_check_test.py BINARIES SOURCE_DIR
Exits with 77 (skipped) where Go or the package is not installed.
"""

import base64
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

BINARIES = pathlib.Path(sys.argv[1])
SOURCE = pathlib.Path(sys.argv[2])
sys.path.insert(0, str(SOURCE / 'tests/end_to_end'))
from office import Office, generate_messages  # noqa: E402

# Where golang-golang-x-mod-dev puts its sources.
GO_PATH = pathlib.Path('/usr/share/gocode')
SKIPPED = 77
PEOPLE = [300, 700]


def vkey_of_somebody(name):
    """A verifier key in the C2SP form that has signed nothing here."""
    key = b'\x01' + hashlib.sha256(b'somebody').digest()
    key_id = hashlib.sha256(name.encode() + b'\n' + key).hexdigest()[:8]
    return f'{name}+{key_id}+{base64.b64encode(key).decode()}'


def build_check(target):
    """Builds tlogcheck offline, from Debian's packages alone."""
    environment = dict(os.environ, GO111MODULE='off', GOPATH=str(GO_PATH), GOFLAGS='',
                       GOPROXY='off', GOCACHE=str(target / 'cache'))
    subprocess.run(['go', 'build', '-o', target / 'tlogcheck', '.'], env=environment,
                   cwd=SOURCE / 'tests/interop/tlogcheck', check=True)


def register(office, count):
    """Registers so many people; those that are there already change nothing."""
    rows = ['nik,kk,name,area']
    for number in range(1, count + 1):
        rows.append(f'337401010160{number:04},337401010115{number:04},Orang {number},33.74')
    path = office.folder / 'recipients.csv'
    path.write_text('\n'.join(rows) + '\n')
    office.run('import', 'recipients', path, check=[0])


class TlogCheckTest(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.TemporaryDirectory()
        path = pathlib.Path(cls.directory.name)
        build_check(path)
        generate_messages(SOURCE, path)
        from bansos.v1 import log_service_pb2
        cls.check_program = path / 'tlogcheck'
        cls.exports = path / 'exports'
        cls.exports.mkdir()
        office = Office(BINARIES, path / 'office')
        cls.export(office, 'one')
        legal = ['--legal-basis', 'Pergub 1/2025', '--date-in-force', '2025-01-01']
        office.run('areas', 'publish', SOURCE / 'tools/data/kabupaten-kota.csv', '--version', 1,
                   *legal, check=[0])
        for people in PEOPLE:
            register(office, people)
            cls.export(office, 'grown')
            cls.export(office, str(people))
        cls.vkey = office.call('LogService', 'GetCheckpoint',
                               log_service_pb2.GetCheckpointRequest(newest=True),
                               log_service_pb2.GetCheckpointResponse).vkey
        assert office.stop() == 0

    @classmethod
    def tearDownClass(cls):
        cls.directory.cleanup()

    @classmethod
    def export(cls, office, name):
        office.run('export', 'tiles', cls.exports / name, check=[0])

    def check(self, name, vkey=None):
        return subprocess.run([self.check_program, self.exports / name, vkey or self.vkey],
                              capture_output=True, text=True)

    def test_every_export_verifies(self):
        sizes = []
        for name in ['one', *map(str, PEOPLE), 'grown']:
            result = self.check(name)
            self.assertEqual(result.returncode, 0, name + ': ' + result.stderr)
            sizes.append(int(re.search(r'(\d+) entries', result.stdout).group(1)))
        self.assertEqual(sizes[0], 1)
        self.assertEqual(sizes[2], sizes[3])
        self.assertGreaterEqual(sizes[2], PEOPLE[-1])

    def test_one_flipped_byte_in_any_file_is_found(self):
        for path in sorted((self.exports / '300').rglob('*')):
            if not path.is_file():
                continue
            good = path.read_bytes()
            for place in [0, len(good) // 2, len(good) - 1]:
                bad = bytearray(good)
                bad[place] ^= 1
                path.write_bytes(bad)
                result = self.check('300')
                self.assertEqual(result.returncode, 1, f'{path}, byte {place}: {result.stdout}')
                self.assertIn('tlogcheck:', result.stderr)
            path.write_bytes(good)
        self.assertEqual(self.check('300').returncode, 0)

    def test_a_missing_file_is_found(self):
        for path in sorted((self.exports / '700').rglob('*')):
            if path.is_file():
                shutil.move(path, self.exports / 'aside')
                self.assertEqual(self.check('700').returncode, 1, path)
                shutil.move(self.exports / 'aside', path)

    def test_another_key_does_not_open_it(self):
        for name in ['somebody', self.vkey.split('+')[0]]:
            result = self.check('one', vkey_of_somebody(name))
            self.assertEqual(result.returncode, 1)
            self.assertIn('the checkpoint:', result.stderr)


if __name__ == '__main__':
    if shutil.which('go') is None or not (GO_PATH / 'src/golang.org/x/mod/sumdb').is_dir():
        print('skipped: needs the Debian packages golang-go and golang-golang-x-mod-dev')
        sys.exit(SKIPPED)
    unittest.main(argv=sys.argv[:1])
