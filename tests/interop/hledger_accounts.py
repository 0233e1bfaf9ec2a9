"""Recomputes the balances of a ledger with hledger and compares every account.

The journal goes to hledger in parts, whose balances are added up here: hledger keeps a journal in
memory, some 10 KB a transaction, and that of a whole year would take 7 GB.
"""

import concurrent.futures
import csv
import io
import json
import os
import subprocess

PART_TRANSACTIONS = 50_000
AT_ONCE = 2  # as many processors as the tests may count on


def parts_of(journal, folder):
    """Cuts a journal between transactions; each part declares what it uses."""
    declarations, lines, transactions, number = [], [], 0, 0

    def write():
        nonlocal lines, transactions, number
        path = folder / f'part-{number}.journal'
        path.write_text(''.join(declarations + lines))
        lines, transactions, number = [], 0, number + 1
        return path

    with open(journal, encoding='utf-8') as file:
        for line in file:
            if line.startswith(('commodity ', 'account ')):
                declarations.append(line)
                continue
            if line[0].isdigit():
                if transactions == PART_TRANSACTIONS:
                    yield write()
                transactions += 1
            lines.append(line)
    yield write()


def run_hledger(path):
    """Balances by account of one part: whole rupiah. Strict: everything used is declared."""
    result = subprocess.run(
        ['hledger', '-f', path, 'balance', '--strict', '--flat', '--empty', '--no-total',
         '--output-format', 'csv'],
        capture_output=True, text=True, env=dict(os.environ, LC_ALL='C.UTF-8'))
    path.unlink()
    if result.returncode != 0:
        raise AssertionError('hledger: ' + result.stderr)
    rows = csv.DictReader(io.StringIO(result.stdout))
    return {row['account']: int(row['balance'].removesuffix(' IDR')) for row in rows}


def balances_of(journal, folder):
    """Every account of the journal, and above it each part of its name, to its balance."""
    totals = {}
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        for part in pool.map(run_hledger, parts_of(journal, folder)):
            for account, balance in part.items():
                names = account.split(':')
                for depth in range(1, len(names) + 1):
                    name = ':'.join(names[:depth])
                    totals[name] = totals.get(name, 0) + balance
    return totals


def pages(office, *arguments):
    result = office.run('--output', 'json', *arguments, check=[0])
    return [json.loads(line) for line in result.stdout.splitlines()]


def rows_of_ledger(office, *options):
    """What the balances service and the trial balance say of every account that has money."""
    accounts = {}  # JSON leaves out what is 0
    for by in ['program', 'tranche', 'batch']:
        for page in pages(office, *options, 'balances', '--by', by):
            for row in page['rows']:
                below = ''.join(f':{name} {row[name]}' for name in ['tranche', 'batch']
                                if row.get(name))
                for bucket, amount in row.get('buckets', {}).items():
                    accounts[f'{row["program"]}:{bucket}{below}'] = int(amount)
    trial = pages(office, *options, 'trial-balance')[0]
    for row in trial['rows']:
        bucket = row.get('bucket', 'BUCKET_OUTSIDE').removeprefix('BUCKET_').lower()
        account, balance = f'{row["program"]}:{bucket}', int(row.get('balance', 0))
        if bucket != 'outside' and accounts.get(account, 0) != balance:
            raise AssertionError(f'{account}: the ledger contradicts itself: {row}')
        accounts[account] = balance
    return {account: amount for account, amount in accounts.items() if amount != 0}


def compare(test, office, folder, *options):
    """Exports the journal and fails `test` unless hledger comes to the ledger's own figures."""
    journal = folder / 'journal'
    office.run(*options, 'export', 'journal', '--out', journal, check=[0])
    expected = rows_of_ledger(office, *options)
    found = balances_of(journal, folder)
    for account in [account for account in found if ':' not in account]:
        test.assertEqual(found.pop(account), 0, account + ': does not balance')
    test.assertEqual({name: balance for name, balance in found.items() if balance != 0}, expected)
    return journal, expected
