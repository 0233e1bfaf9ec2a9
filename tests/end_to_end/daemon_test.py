"""How bansosd starts, refuses to start and stops: what operators get wrong, and what never may be.

usage: daemon_test.py BINARIES SOURCE_DIR
"""

import pathlib
import subprocess
import sys
import tempfile
import threading
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from office import Office

BINARIES = pathlib.Path(sys.argv[1]).resolve()
START_SECONDS = 120


class DaemonTest(unittest.TestCase):

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.folder.name)

    def tearDown(self):
        self.folder.cleanup()

    def refused(self, *arguments, says):
        """bansosd with these arguments must end by itself and say why."""
        result = subprocess.run([BINARIES / 'bansosd', *map(str, arguments)], cwd=self.path,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                check=False, timeout=START_SECONDS)
        self.assertEqual(result.returncode, 1, result.stdout)
        self.assertRegex(result.stdout, says)

    def test_wrong_options_are_no_start(self):
        self.refused('--bogus', says='--help')
        self.refused('--data-dir', 'data', says='--key-file')
        self.refused('--data-dir', 'data', '--key-file', 'key', '--listen', '127.0.0.1:0', 'more',
                     says='more')
        self.assertEqual(list(self.path.iterdir()), [])

    def test_key_file_in_the_data_directory_is_refused(self):
        (self.path / 'link').symlink_to(self.path / 'data')
        for data, key in [('data', 'data/key'), ('data', self.path / 'data/key'),
                          (self.path / 'data', './data/key'), ('data', 'link/key'),
                          ('link', 'data/key'), ('data', 'data/vault/../key')]:
            self.refused('--data-dir', data, '--key-file', key, '--listen', '127.0.0.1:0',
                         says='lies in')
        self.assertFalse((self.path / 'data').exists())

    def test_missing_key_and_lost_anchor_are_told(self):
        office = Office(BINARIES, self.path / 'office')
        self.assertEqual(office.stop(), 0)
        arguments = ['--data-dir', office.folder / 'data', '--key-file', office.folder / 'key',
                     '--listen', '127.0.0.1:0']
        key = office.folder / 'key'
        key.rename(office.folder / 'away')
        self.refused(*arguments, says='there is no key file .*: name the right one')
        (office.folder / 'away').rename(key)
        (office.folder / 'data/anchor').unlink()
        self.refused(*arguments, says='anchor file is missing')

    def test_memory_with_keys_never_reaches_a_disk(self):
        office = Office(BINARIES, self.path / 'office')
        limits = pathlib.Path(f'/proc/{office.process.pid}/limits').read_text()
        self.assertRegex(limits, r'Max core file size +0 +0 ')
        self.assertEqual(office.stop(), 0)

    def test_an_answer_that_cannot_be_kept_is_no_success(self):
        office = Office(BINARIES, self.path / 'office')
        export = self.path / 'export'
        office.run('export', 'tiles', export, check=[0])
        vkey = office.run('checkpoint', 'vkey', check=[0]).stdout.strip()
        client = [BINARIES / 'bansosctl', '--server', office.address]
        for command in [[*client, 'checkpoint', 'show'], [*client, 'status'],
                        [BINARIES / 'bansos-verify', export, '--vkey', vkey]]:
            with open('/dev/full', 'w') as full:
                result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True,
                                        check=False, timeout=START_SECONDS)
            self.assertNotEqual(result.returncode, 0, command)
            self.assertIn('standard output', result.stderr)
        self.assertEqual(office.stop(), 0)

    def test_options_that_say_two_things_are_refused(self):
        for options in [['--entries', 'opaque', '--profile', 'with-keys', '--key-file', 'key'],
                        ['--key-file', 'key']]:
            result = subprocess.run([BINARIES / 'bansos-verify', self.path, *options],
                                    capture_output=True, text=True, check=False)
            self.assertEqual(result.returncode, 2, result.stdout + result.stderr)
            self.assertIn('with-keys', result.stderr)

    def test_a_client_is_there_as_soon_as_the_server_is(self):
        office = Office(BINARIES, self.path / 'office')
        for _ in range(5):
            office.kill()
            starting = threading.Timer(0.3, office.start)
            starting.start()
            office.run('status', check=[0])
            starting.join()
        self.assertEqual(office.stop(), 0)

    def test_callers_garbage_leaves_no_lines(self):
        office = Office(BINARIES, self.path / 'office')
        import grpc
        with grpc.insecure_channel(office.address) as channel:
            call = channel.unary_unary('/bansos.v1.ProgramService/GetProgram')
            for garbage in (b'\x12\x02\xff\xfe', b'\x0a\x02\xff\xfe', b'\xff\xff'):
                with self.assertRaises(grpc.RpcError) as caught:
                    call(garbage, timeout=START_SECONDS)
                self.assertEqual(caught.exception.code(), grpc.StatusCode.INVALID_ARGUMENT)
        self.assertEqual(office.stop(), 0)
        for line in office.log.read_text().splitlines():
            self.assertRegex(line, r'^time=\S+ level=\w+ event=')


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
