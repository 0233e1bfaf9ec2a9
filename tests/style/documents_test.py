"""Plants each fault that documents.py looks for, and sees it found; and a clean tree pass."""

import unittest

import documents
import planting

FENCE = '```'


def block(body, kind='sh', mark=''):
    return f'\n{mark}{FENCE}{kind}\n{body}{FENCE}\n'


class DocumentsTest(planting.PlantingTest):
    clean = {
        'README.md': '# Title\nSee [the log](docs/log.md#start) and https://example.org/a.\n'
                     + block('tools/test --label unit\nbuild/release/bin/bansosd --help\n'),
        'docs/log.md': '[back](../README.md) [folder](../tools)\n',
        'tools/test': '#!/bin/bash\n',
        'tools/bansosd/CMakeLists.txt': 'bansos_program(bansosd SOURCES main.cc)\n',
        'tests/run_test.py': 'run("tools/test --help")\n',
    }

    def violations(self, files):
        return documents.violations(files)

    def test_clean_tree_passes(self):
        self.assert_passes({})

    def test_private_path_in_any_file(self):
        for path in ('/ho' 'me/sari/x', '/ro' 'ot/x', '/wo' 'rk/main', '/tm' 'p/b-x'):
            self.assert_finds({'a.cc': f'"{path}"'}, f'a.cc:1: private path {path}')
        self.assert_passes({'a.cc': 'tests/wo' 'rk/x example.org/ho' 'me/y'})

    def test_number_that_could_be_a_nik(self):
        self.assert_finds({'README.md': 'NIK 33740141079000' '17.\n'}, 'could be a NIK')
        self.assert_passes({'README.md': 'NIK 3374014107900000, time 1735689600000001, '
                                         'SHA 99337401410790001712\n'})

    def test_broken_link(self):
        self.assert_finds({'docs/log.md': '[x](README.md)\n'}, 'docs/log.md:2: README.md')

    def test_command_that_does_not_exist(self):
        self.assert_finds({'README.md': block('tools/demo\n')}, 'tools/demo is no tracked script')
        self.assert_finds({'README.md': block('$ build/dev/bin/gone\n', 'console')},
                          'gone is no program')

    def test_block_that_a_test_is_said_to_run(self):
        mark = '<!-- run by tests/run_test.py -->\n'
        self.assert_passes({'README.md': block('tools/test --help\n', mark=mark)})
        self.assert_finds({'README.md': block('$ tools/test\n$ tools/test -x\n', mark=mark)},
                          'tests/run_test.py, said to run this block, does not hold: tools/test -x')
        self.assert_passes({'README.md': block('tools/test -x\n', mark=mark),
                            'tests/run_test.py': 'commands_of("README.md")\n'})
        self.assert_finds({'README.md': block('tools/test\n', mark=mark.replace('run_', 'no_'))},
                          'tests/no_test.py, said to run this block, is no tracked file')
        self.assert_finds({'README.md': mark + 'text\n'}, 'that no fenced block follows')


if __name__ == '__main__':
    unittest.main()
