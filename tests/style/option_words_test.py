"""Plants each fault that option_words.py looks for, and sees it found; and a clean tree pass."""

import unittest

import option_words
import planting


class OptionWordsTest(planting.PlantingTest):
    clean = {
        'tools/bansosd/options.cc': 'app.add_option("--listen", options.listen, "Where.");\n'
                                    'AddChoice<Entries>(app, "--entries", options.entries);\n',
        'grpc/start.cc': 'return Fault("start with --listen ADDRESS, see --help");\n',
        'tools/test': '#!/bin/bash\ncase $1 in\n  --preset | --label) ;;\n  --quick) ;;\nesac\n',
        'README.md': 'Run `tools/test --preset asan`, or `ctest --anything`.\n',
    }

    def violations(self, files):
        return option_words.violations(files)

    def test_clean_tree_passes(self):
        self.assert_passes({})

    def test_message_names_what_nobody_declares(self):
        self.assert_finds({'grpc/clock.cc': 'Fault("or --accept-clock REASON");\n'},
                          'grpc/clock.cc: --accept-clock is no option')

    def test_requiring_it_declares_nothing(self):
        self.assert_finds({'grpc/clock.cc': 'require(options.operator_id, "--operator");\n'
                                            'require("--operator");\n'},
                          '--operator is no option')

    def test_page_names_what_nobody_declares(self):
        self.assert_finds({'docs/AUDITORS.md': 'Give `--fresher`.\n'},
                          'docs/AUDITORS.md: --fresher is no option')


if __name__ == '__main__':
    unittest.main()
