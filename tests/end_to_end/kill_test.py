"""bansosd killed with SIGKILL again and again during imports and transfers, and the same files
given again: the balances are the same, and each recipient's, batch's and programme's chain is
equal to that of a run without a kill, apart from time, request id, positions, numbers, tokens and
references.

usage: kill_test.py BINARIES SOURCE_DIR [SEED]
"""

import csv
import pathlib
import random
import sys
import tempfile
import threading
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from office import Office, generate_messages, set_up, steps_of_the_year

BINARIES = pathlib.Path(sys.argv[1])
SOURCE = pathlib.Path(sys.argv[2])
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else random.SystemRandom().randrange(1 << 32)
CANDIDATES = 15000
KILLS = 12
# What may differ between two runs that record the same facts.
LEFT_OUT = {
    'recorded_time_us', 'request_id', 'back', 'recipient', 'replaces', 'kk_token', 'account_token',
    'assessment_position', 'decision_position', 'decree_position', 'payee_position', 'cites',
    'held_position', 'carried_by', 'file_position', 'reference', 'digest', 'key_commitment',
    'sealed_identity', 'sealed_details', 'sealed_values', 'sealed_bank_reference',
    'sealed_reference'}


class Killer(threading.Thread):
    """Kills the server at random moments, a given number of times, and starts it again."""

    def __init__(self, office, chance):
        super().__init__(daemon=True)
        self.office = office
        self.chance = chance
        self.kills = 0
        self.done = threading.Event()

    def run(self):
        while self.kills < KILLS and not self.done.wait(self.chance.uniform(0.02, 0.3)):
            self.office.kill()
            self.office.start()
            self.kills += 1


def plain(message):
    """The stated content of an event as nested tuples, without what may differ."""
    parts = []
    for field, value in message.ListFields():
        if field.name in LEFT_OUT:
            continue
        if field.message_type is not None:
            several = value if field.label == field.LABEL_REPEATED else [value]
            parts.append((field.name, tuple(plain(part) for part in several)))
        else:
            several = field.label == field.LABEL_REPEATED
            parts.append((field.name, tuple(value) if several else value))
    return tuple(parts)


class KillTest(unittest.TestCase):

    def setUp(self):
        print(f'seed {SEED}', flush=True)
        self.chance = random.Random(SEED)
        self.folder = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.folder.name)

    def tearDown(self):
        self.folder.cleanup()

    def live(self, name, kill):
        """One run over the same files; returns its office, still serving."""
        office = Office(BINARIES, self.path / name)
        bank = self.path / name / 'bank'
        bank.mkdir()
        set_up(office, SOURCE)
        if not kill:
            for step, actor in steps_of_the_year(office, self.registry, bank):
                office.run(*step, actor=actor)
            return office
        killer = Killer(office, self.chance)
        killer.start()
        for step, actor in steps_of_the_year(office, self.registry, bank):
            while office.run(*step, actor=actor, check=None).returncode not in (0, 1):
                pass  # Unreachable for too long: the same command again.
        killer.done.set()
        killer.join()
        self.assertGreaterEqual(killer.kills, 3, 'too few kills to prove anything')
        print(f'{killer.kills} kills', flush=True)
        return office

    def events(self, office):
        """All events of the log, in order."""
        events, at = [], 0
        while True:
            request = log_service.ReadEventsRequest(from_position=at, limit=1000)
            answer = office.call('LogService', 'ReadEvents', request,
                                 log_service.ReadEventsResponse)
            events += [logged.event for logged in answer.events]
            if not answer.HasField('next_position'):
                return events
            at = answer.next_position

    def numbers(self, office):
        """Recipient number -> NIK, of every NIK of the registry that is registered."""
        with open(self.registry / 'payees.csv', newline='') as file:
            niks = sorted({row['nik'] for row in csv.DictReader(file)})
        found = {}
        for start in range(0, len(niks), 5000):
            request = recipient.FindRecipientsRequest()
            for nik in niks[start:start + 5000]:
                request.recipients.add(nik=nik)
            answer = office.call('RecipientService', 'FindRecipients', request,
                                 recipient.FindRecipientsResponse)
            found.update({n: niks[start + i] for i, n in enumerate(answer.numbers) if n})
        return found

    def chains(self, office):
        """Subject -> its events in plain form, recipients named by NIK."""
        nik_of = self.numbers(office)
        chains, subject_at = {}, []
        for event in self.events(office):
            if event.back:
                subject = subject_at[len(subject_at) - event.back]
            else:
                body = getattr(event, event.WhichOneof('body'))
                subject = self.subject(body, nik_of)
            subject_at.append(subject)
            chains.setdefault(subject, []).append(plain(event))
        return chains

    @staticmethod
    def subject(body, nik_of):
        number = getattr(body, 'recipient', 0)
        if not number and hasattr(body, 'payment'):
            number = body.payment.recipient
        if number:
            return ('recipient', nik_of.get(number, 'an institution'))
        if hasattr(body, 'batch'):
            return ('batch', body.batch.program, body.batch.tranche, body.batch.number)
        program = getattr(body, 'program', '')
        return ('program', program) if program else ('ledger',)

    def identity(self, office, nik):
        request = recipient.GetRecipientRequest(include_identity=True)
        request.recipient.nik = nik
        answer = office.call('RecipientService', 'GetRecipient', request,
                             recipient.GetRecipientResponse).recipient
        return answer.identity, answer.payee.details

    def balances(self, office):
        request = balance.GetBalancesRequest(group_by=balance.BALANCE_GROUP_AREA, page_size=1000)
        return office.call('BalanceService', 'GetBalances', request,
                           balance.GetBalancesResponse).rows

    def test_killed_and_repeated_equals_undisturbed(self):
        quiet_folder = self.path / 'quiet'
        self.registry = self.path / 'registry'
        generator = Office(BINARIES, self.path / 'generator')
        generator.run('generate', 'registry', '--seed', 11, '--candidates', CANDIDATES, '--out',
                      self.registry, check=[0])
        generator.kill()
        quiet = self.live('quiet', kill=False)
        killed = self.live('killed', kill=True)
        self.assertTrue(quiet_folder.exists())
        self.assertEqual(list(self.balances(quiet)), list(self.balances(killed)))
        quiet_chains, killed_chains = self.chains(quiet), self.chains(killed)
        self.assertEqual(set(quiet_chains), set(killed_chains))
        paid = 0
        for subject, chain in quiet_chains.items():
            if subject[-1] == 'an institution':
                continue
            self.assertEqual(chain, killed_chains[subject], f'{subject}, seed {SEED}')
            paid += any('transfer_settled' in part for event in chain for part in event)
        self.assertGreater(paid, 1000)
        people = sorted(s[1] for s in quiet_chains if s[0] == 'recipient' and s[1].isdigit())
        for nik in self.chance.sample(people, 200):
            self.assertEqual(self.identity(quiet, nik), self.identity(killed, nik))
        # And the log of the killed server is whole: a clean stop and start finds the same.
        self.assertEqual(killed.stop(), 0)
        killed.start()
        self.assertEqual(self.chains(killed), killed_chains)
        for office in (quiet, killed):
            self.assertEqual(office.stop(), 0)


if __name__ == '__main__':
    with tempfile.TemporaryDirectory() as messages:
        generate_messages(SOURCE, messages)
        from bansos.v1 import balance_service_pb2 as balance
        from bansos.v1 import log_service_pb2 as log_service
        from bansos.v1 import recipient_service_pb2 as recipient
        unittest.main(argv=sys.argv[:1])
