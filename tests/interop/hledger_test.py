"""hledger recomputes every balance of a small fiscal year from `bansosctl export journal`.

Real bansosd and bansosctl; the whole log, and the log as it was at an earlier position. And the
comparison can fail: an amount changed in the journal, and it says which account.

usage: hledger_test.py BINARIES SOURCE_DIR
Exits with 77 (skipped) where hledger is not installed.
"""

import json
import pathlib
import re
import shutil
import sys
import tempfile
import unittest

BINARIES = pathlib.Path(sys.argv[1])
SOURCE = pathlib.Path(sys.argv[2])
sys.path.insert(0, str(SOURCE / 'tests/end_to_end'))
sys.path.insert(0, str(pathlib.Path(__file__).parent))
import hledger_accounts  # noqa: E402
from office import Office, set_up, steps_of_the_year  # noqa: E402

SKIPPED = 77
CANDIDATES = 1500
SEED = 7


class HledgerTest(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.TemporaryDirectory()
        cls.path = pathlib.Path(cls.directory.name)
        cls.office = Office(BINARIES, cls.path / 'office')
        registry, bank = cls.path / 'registry', cls.path / 'bank'
        bank.mkdir()
        cls.office.run('generate', 'registry', '--seed', SEED, '--out', registry, '--candidates',
                       CANDIDATES, check=[0])
        set_up(cls.office, SOURCE)
        for arguments, actor in steps_of_the_year(cls.office, registry, bank):
            cls.office.run(*arguments, actor=actor)
            if arguments[:2] == ['batch', 'send']:
                status = json.loads(cls.office.run('--output', 'json', 'status').stdout)
                cls.middle = int(status['true_at']['position'])

    @classmethod
    def tearDownClass(cls):
        cls.office.stop()
        cls.directory.cleanup()

    def test_1_every_account_is_that_of_the_ledger(self):
        journal, expected = hledger_accounts.compare(self, self.office, self.path)
        for account in ['KJS:outside', 'KJS:available', 'KJS:paid', 'KJS:paid:tranche 1',
                        'KJS:remitted:tranche 1:batch 1', 'BLT-DBHCHT:paid:tranche 1']:
            self.assertIn(account, expected)
        text = journal.read_text()
        transactions = len(re.findall(r'^\d{4}-\d\d-\d\d \(\d+\) ', text, re.M))
        self.assertTrue(text.endswith(f'; End of the journal: {transactions} transactions.\n'))

    def test_2_so_it_is_as_of_an_earlier_moment(self):
        folder = self.path / 'earlier'
        folder.mkdir()
        journal, expected = hledger_accounts.compare(self, self.office, folder, '--as-of',
                                                     self.middle)
        self.assertNotEqual(expected, hledger_accounts.rows_of_ledger(self.office))
        self.assertIn(f'before position {self.middle} ', journal.read_text())

    def test_3_an_altered_amount_is_found(self):
        text = (self.path / 'journal').read_text()
        altered, changes = re.subn(r'(KJS:paid:tranche 1:batch 1  )(\d+)( IDR\n.*  -)\2( IDR)',
                                   r'\g<1>7\g<3>7\g<4>', text, count=1)
        self.assertEqual(changes, 1)
        (self.path / 'altered').write_text(altered)
        found = hledger_accounts.balances_of(self.path / 'altered', self.path)
        expected = hledger_accounts.rows_of_ledger(self.office)
        wrong = {name for name, amount in expected.items() if found.get(name) != amount}
        self.assertIn('KJS:paid:tranche 1:batch 1', wrong)
        self.assertNotIn('BLT-DBHCHT:paid', wrong)

    def test_4_standard_output_has_the_same_journal(self):
        printed = self.office.run('export', 'journal', '--format', 'hledger', check=[0]).stdout
        self.assertEqual(printed, (self.path / 'journal').read_text())

    def test_5_wrong_use_is_said(self):
        result = self.office.run('export', 'journal', '--format', 'ledger', check=[2])
        self.assertIn('--format', result.stderr)
        result = self.office.run('export', 'journal', '--out', self.path / 'no/folder/journal',
                                 check=[2])
        self.assertIn('no/folder/journal', result.stderr)


if __name__ == '__main__':
    if shutil.which('hledger') is None:
        print('skipped: needs the Debian package hledger')
        sys.exit(SKIPPED)
    unittest.main(argv=sys.argv[:1])
