"""tools/demo runs the whole fiscal year; then what it left behind is looked at.

- its tables: 94,764 people entitled, both quotas full, every difference Rp 0;
- no NIK, KK, account number or name of its input stands in clear in any database, WAL, log, export
  or output, and one planted on purpose is found (invariant 8); only the rejects, which are rows of
  the input to be corrected, hold them, for their owner alone;
- hledger comes to the same balance of every account as the ledger;
- the data directory serves again after a stop and after SIGKILL, with the same root and views;
- the log alone gives the same views in another directory; each figure is the sum of its events.

usage: year_test.py BINARIES SOURCE_DIR
"""

import csv
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
sys.path.insert(0, str(pathlib.Path(sys.argv[2]) / 'tests/interop'))
import hledger_accounts
from office import Office

BINARIES = pathlib.Path(sys.argv[1])
SOURCE = pathlib.Path(sys.argv[2])
NAME_CHARACTERS_MIN = 12  # Shorter names occur by chance.
EXPORTED_EVENTS = 20000


class YearTest(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.TemporaryDirectory()
        cls.path = pathlib.Path(cls.directory.name) / 'year'
        cls.demo = subprocess.run(
            [SOURCE / 'tools/demo', '--no-build', '--binaries', BINARIES, '--data-dir', cls.path],
            capture_output=True, text=True)

    @classmethod
    def tearDownClass(cls):
        cls.directory.cleanup()

    def test_1_the_year_ends_with_both_quotas_full(self):
        self.assertEqual(self.demo.returncode, 0, self.demo.stderr + self.demo.stdout[-2000:])
        rows = {re.split(r'\s{2,}', line)[0]: re.split(r'\s{2,}', line)[1:]
                for line in self.demo.stdout.splitlines()}
        self.assertEqual(rows['entitled'], ['0', '82.000', '12.764', '94.764'])
        self.assertEqual(rows['difference'], ['Rp 0'] * 4)
        self.assertEqual(rows['sum of the buckets'], rows['appropriated'])
        for kind in ['HELD_REPORT', 'PAID_TO_DEAD', 'SHARED_ACCOUNT', 'KK_OVER_LIMIT',
                     'ORDER_UNANSWERED']:
            self.assertGreater(int(rows[kind][0]), 0, kind)
        # Every rupiah that is still on its way is on the list of those that wait too long.
        self.assertEqual(rows['FILE_INCOMPLETE'], ['0'])
        in_transit = rows['in transit (dalam proses bank)'][-1]
        self.assertEqual(in_transit, 'Rp ' + f'{int(rows["ORDER_UNANSWERED"][0]) * 600000:,}'
                         .replace(',', '.'))
        self.assertIn('--data-dir', self.demo.stdout.splitlines()[-1])

    def secrets(self):
        """Every NIK, KK, account number and long name of the registry."""
        registry = self.path / 'registry'
        found = set()
        with open(registry / 'recipients.csv', newline='', encoding='utf-8-sig') as file:
            for row in csv.DictReader(file, delimiter=';'):
                for column in ['NIK', 'KK']:
                    found.update(re.findall(r'\d{16}', row[column]))
                name = row['Name'].strip().lstrip("'")
                if len(name) >= NAME_CHARACTERS_MIN:
                    found.add(name)
        with open(registry / 'payees.csv', newline='') as file:
            for row in csv.DictReader(file):
                if len(row['account_number']) >= 8:
                    found.add(row['account_number'])
                if len(row['account_holder']) >= NAME_CHARACTERS_MIN:
                    found.add(row['account_holder'])
        self.assertGreater(len(found), 300000)
        return found

    def search(self, *places):
        command = [BINARIES / 'clear_text_check', self.path / 'secrets.txt', *places]
        return subprocess.run(list(map(str, command)), capture_output=True, text=True)

    def test_2_no_personal_data_stands_in_clear(self):
        (self.path / 'secrets.txt').write_text('\n'.join(sorted(self.secrets())))
        output = self.path / 'output'
        output.mkdir()
        (output / 'demo.txt').write_text(self.demo.stdout + self.demo.stderr)
        for name in ['bansosd.log', 'commands.log']:
            shutil.copy(self.path / name, output)
        office = Office(BINARIES, self.path)
        for arguments in [['events', 'read', '--limit', EXPORTED_EVENTS], ['exceptions'],
                          ['recipient', 'show', 7], ['batch', 'payments', '--batch', 'KJS/1/1']]:
            result = office.run('--output', 'json', *arguments, check=[0])
            (output / (arguments[0] + '.json')).write_text(result.stdout)
        self.assertEqual(office.stop(), 0)
        shutil.copy(office.log, output / 'served.log')
        data = self.path / 'data'
        # Not the rejects: like the files that they come from, they hold their rows as they are.
        places = ['--folder', data, '--folder', output, '--folder', self.path / 'summaries',
                  '--folder', self.path / 'export']
        for database in ['log', 'views', 'vault']:
            places += ['--database', data / database]
        result = self.search(*places)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

        for rejects in (self.path / 'rejects').iterdir():
            self.assertEqual(rejects.stat().st_mode & 0o777, 0o600, rejects)

    def test_3_the_search_finds_what_is_planted(self):
        secret = sorted(self.secrets())[1000]
        planted = self.path / 'planted'
        planted.mkdir()
        (planted / 'wal').write_bytes(b'\x00' * 999 + secret.encode() + b'\x01' * 99)
        result = self.search('--folder', planted)
        self.assertEqual(result.returncode, 1, result.stdout + result.stderr)
        self.assertIn(secret, result.stdout)

    def status(self, office):
        status = json.loads(office.run('--output', 'json', 'status', check=[0]).stdout)
        return status['root'], {view['name']: view['digest'] for view in status['views']}

    def test_4_the_data_serves_again_after_a_stop_and_a_kill(self):
        office = Office(BINARIES, self.path)
        before = self.status(office)
        self.assertEqual(office.stop(), 0)
        office.start()
        self.assertEqual(self.status(office), before)
        office.kill()
        office.start()
        self.assertEqual(self.status(office), before)
        self.assertEqual(office.stop(), 0)
        # The views are disposable: built from nothing they are the same (invariant 6).
        shutil.rmtree(self.path / 'data/views')
        office.start()
        self.assertEqual(self.status(office), before)
        self.assertEqual(office.stop(), 0)

    def test_5_the_log_alone_gives_the_same_views_elsewhere(self):
        first = Office(BINARIES, self.path)
        before = self.status(first)
        for arguments in [[], ['--to', 700000]]:
            replay = json.loads(first.run('--output', 'json', 'replay', *arguments,
                                          check=[0]).stdout)
            self.assertTrue(replay['equal'], replay)
        self.assertEqual(first.stop(), 0)
        other = self.path.parent / 'elsewhere'
        (other / 'data').mkdir(parents=True)
        for part in ['log', 'vault']:
            shutil.copytree(self.path / 'data' / part, other / 'data' / part)
        for anchor in ['anchor', 'vault.anchor']:
            shutil.copy(self.path / 'data' / anchor, other / 'data')
        for key in ['key', 'key.checkpoint', 'key.checkpoint.newest']:
            shutil.copy(self.path / key, other)
        second = Office(BINARIES, other)
        self.assertEqual(self.status(second), before)
        self.assertEqual(second.stop(), 0)

    def test_6_every_figure_is_the_sum_of_its_events(self):
        office = Office(BINARIES, self.path)
        rows = [['--program', 'KJS'], ['--program', 'BLT-DBHCHT', '--tranche', 1],
                ['--program', 'KJS', '--tranche', 1, '--batch', 1],
                ['--program', 'KJS', '--area', '33.74'], ['--recipient', 7]]
        for row in rows:
            for figure in ['obligated', 'tersalur', 'retur', 'settled', 'people-paid']:
                answer = json.loads(office.run('--output', 'json', 'explain', *row, '--figure',
                                               figure, '--limit', 3, check=[0]).stdout)
                self.assertEqual(answer.get('sum'), answer.get('figure'), (row, figure))
        self.assertEqual(office.stop(), 0)

    def verify(self, *arguments):
        command = [BINARIES / 'bansos-verify', *arguments, '--vkey', self.path / 'ledger.vkey']
        return subprocess.run(list(map(str, command)), capture_output=True, text=True)

    def test_8_the_year_verifies_with_keys_and_a_changed_byte_is_found(self):
        keys = ['--profile', 'with-keys', '--key-file', self.path / 'key']
        result = self.verify(self.path / 'data', '--since', self.path / '2025-q2.checkpoint', *keys)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        bundle = self.path / 'export/tile/entries/x002/345'
        with open(bundle, 'r+b') as file:
            file.seek(1000)
            byte = file.read(1)[0]
            file.seek(1000)
            file.write(bytes([byte ^ 1]))
        result = self.verify(self.path / 'export')
        self.assertEqual(result.returncode, 1, result.stdout + result.stderr)
        self.assertIn('fault', result.stderr)

    def test_7_hledger_recomputes_every_account(self):
        if shutil.which('hledger') is None:
            self.skipTest('needs the Debian package hledger')
        office = Office(BINARIES, self.path)
        journal, expected = hledger_accounts.compare(self, office, self.path)
        self.assertEqual(office.stop(), 0)
        self.assertEqual(expected['KJS:outside'], -56672160000)
        for account in ['KJS:paid:tranche 4', 'BLT-DBHCHT:paid:tranche 2', 'BENCANA:paid']:
            self.assertIn(account, expected)
        journal.unlink()


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
