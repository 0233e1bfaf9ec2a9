"""Plants each fault that limits.py looks for, and sees it found; and a clean tree pass."""

import unittest

import limits
import planting

HEAD = '\n## Facts\n\nConstants of `ledger/domain/limits.h`.\n\n'


class LimitsTest(planting.PlantingTest):
    clean = {
        'docs/LIMITS.md': '# Limits\n' + HEAD
                          + '| what | bound | constant | why |\n|---|---|---|---|\n'
                          '| lines | 10,000 | `kMaxLines` | w |\n'
                          '| bytes | 2,048 | `kMaxBytes` | w |\n'
                          '| all | 20,000 | `kMaxAll` | w |\n',
        'ledger/domain/limits.h': "inline constexpr uint32_t kMaxLines = 10'000;\n"
                                  'inline constexpr size_t kMaxBytes = size_t{2} * 1024;\n'
                                  'inline constexpr uint64_t kMaxAll =\n    2 * kMaxLines;\n',
        'tools/bansos-verify/replay/limits.h': "inline constexpr uint32_t kMaxLines = 10'000;\n"
                                               'inline constexpr size_t kMaxBytes = 2048;\n'
                                               'inline constexpr uint64_t kMaxAll = 20000;\n',
    }

    def violations(self, files):
        return limits.violations(files)

    def test_clean_tree_passes(self):
        self.assert_passes({})

    def test_value_that_differs(self):
        self.clean = dict(self.clean)
        self.clean['docs/LIMITS.md'] = self.clean['docs/LIMITS.md'].replace('2,048', '2,049')
        self.assert_finds({}, 'kMaxBytes is 2048 in ledger/domain/limits.h, not 2049')

    def test_row_without_a_constant(self):
        self.assert_finds({'docs/LIMITS.md': '| x | 1 | `kMaxGone` | w |\n'},
                          'kMaxGone is in none of its headers')

    def test_constant_without_a_row(self):
        line = 'inline constexpr int kMaxMore = 7;\n'
        self.assert_finds({'ledger/domain/limits.h': line},
                          'kMaxMore of ledger/domain/limits.h has no row',
                          'kMaxMore is None, in ledger/domain/limits.h 7')

    def test_header_that_is_none(self):
        self.assert_finds({'docs/LIMITS.md': '\n## More\n\nConstants of `a/b.h`.\n\n'},
                          'a/b.h is no file')

    def test_value_that_cannot_be_read(self):
        self.assert_finds({'ledger/domain/limits.h': 'inline constexpr int kMaxOdd = F(1);\n',
                           'docs/LIMITS.md': '| x | 1 | `kMaxOdd` | w |\n'}, 'kMaxOdd is None')


if __name__ == '__main__':
    unittest.main()
