"""The base of the self-tests: plant a fault in a clean tree and see the check name it."""

import unittest


class PlantingTest(unittest.TestCase):
    clean = {}  # {path: text} of a tree that passes

    def violations(self, files):
        """The check under test."""
        raise NotImplementedError

    def assert_finds(self, planted, *fragments):
        """Each fragment stands in some violation once the texts are appended to their files."""
        found = self.violations(self.with_planted(planted))
        for fragment in fragments:
            self.assertTrue(any(fragment in violation for violation in found), (fragment, found))

    def assert_passes(self, planted):
        self.assertEqual(self.violations(self.with_planted(planted)), [])

    def with_planted(self, planted):
        files = dict(self.clean)
        for path, text in planted.items():
            files[path] = files.get(path, '') + text
        return files
