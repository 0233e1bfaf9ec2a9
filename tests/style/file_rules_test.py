"""Plants each fault that file_rules.py looks for, and sees it found; and a clean tree pass."""

import unittest

import cpp_text
import file_rules
import planting

HEADER = '// What it is.\n#ifndef A_B_H_\n#define A_B_H_\n\n#endif  // A_B_H_\n'
LONG_FILE = ('// A line.\n' * 351)
MARK = 'TO' + 'DO'


def function(lines, head='void F(int a) {'):
    return head + '\n' + '  G();\n' * (lines - 2) + '}\n'


class FileRulesTest(planting.PlantingTest):
    clean = {
        'a/b.h': HEADER,
        'a/b.cc': '#include "a/b.h"\n\nnamespace n {\n' + function(70) + '}\n',
        'a/CMakeLists.txt': 'bansos_library(a SOURCES b.cc)\n',
        'a/table.txt': 'free text\twith tab ' + 'x' * 120,
    }
    exceptions = '# none\n'

    def violations(self, files):
        return file_rules.violations(files, self.exceptions)

    def test_clean_tree_passes(self):
        self.assert_passes({})

    def test_spacing(self):
        self.assert_finds({'a/b.cc': '\tG();\n'}, 'a/b.cc:75: tab')
        self.assert_finds({'a/b.cc': 'int x; \n'}, 'end of the line')
        self.assert_finds({'a/b.cc': 'int x;\r\n'}, 'end of the line')
        self.assert_finds({'a/b.cc': 'int x;'}, 'no newline')
        self.assert_finds({'a/b.cc': '// ' + 'x' * 98 + '\n'}, '101 columns')
        self.assert_finds({'tools/run': '#!/bin/bash\n\tls\n'}, 'tools/run:2: tab')

    def test_address_may_pass_the_columns(self):
        self.assert_passes({'a/b.cc': '// https://example.org/' + 'x' * 98 + '\n'})

    def test_long_file(self):
        self.assert_finds({'a/b.cc': LONG_FILE}, 'the limit is 350')

    def test_exceptions_are_needed_and_have_reasons(self):
        self.exceptions = 'a/b.cc: it is one table\n'
        self.assert_passes({'a/b.cc': LONG_FILE})
        self.assert_finds({}, 'a/b.cc needs no exception')
        self.exceptions = 'a/b.cc:\n'
        self.assert_finds({'a/b.cc': LONG_FILE}, 'a/b.cc: has no reason')

    def test_long_functions(self):
        self.assert_finds({'a/b.cc': function(71)}, 'a/b.cc:75: F has 71 lines')
        self.assert_finds({'a/b.cc': function(71, 'TEST(Log, Tail) {')}, 'TEST(Log, Tail) has 71')
        self.assert_finds({'a/b.cc': function(80, 'C::C(int a) : a_(a), b_{a} {')}, 'C::C has 80')
        self.assert_finds({'a/b.h': 'class C {\n public:\n' + function(80) + '};\n'}, 'F has 80')
        self.assert_finds({'t.py': 'def f():\n' + '    g()\n' * 70}, 't.py:1: f has 71 lines')

    def test_guard_and_head_comment(self):
        self.assert_finds({'b/c.h': HEADER, 'b/CMakeLists.txt': ''}, 'guard must be B_C_H_')
        self.assert_finds({'b/d.h': HEADER[HEADER.index('#'):]}, 'no head comment')

    def test_names_that_say_nothing(self):
        for name in ('KeyManager', 'LogImpl', 'StringUtils', 'HTTPHelper'):
            self.assert_finds({'a/b.cc': f'class {name} final {{}};\n'}, f'the name {name}')
        self.assert_finds({'a/b.cc': 'enum class UtilKind { kA };\n'}, 'the name UtilKind')
        self.assert_finds({'a/string_util.h': HEADER}, 'a/string_util.h:1: the file name')
        self.assert_passes({'a/b.cc': '// class LogImpl\nclass Utility {};\nclass Implied {};\n'})

    def test_marks_need_a_name(self):
        self.assert_finds({'a/b.cc': f'// {MARK}: later\n'}, f'{MARK} without a name')
        self.assert_passes({'a/b.cc': f'// {MARK}(sari): later\n'})

    def test_sources_are_listed_not_globbed(self):
        self.assert_finds({'a/CMakeLists.txt': 'file(GLOB all *.cc)\n'},
                          'a/CMakeLists.txt:2: list the sources')

    def test_every_source_has_a_target(self):
        self.assert_finds({'a/c.cc': ''}, 'a/c.cc:1: no CMakeLists.txt lists this file')
        self.assert_finds({'b/c.h': ''}, 'b: sources without a CMakeLists.txt')


class FunctionsTest(unittest.TestCase):
    """What cpp_text takes for a function."""

    def found(self, text):
        return [(name, length) for name, _, length in cpp_text.functions(text)]

    def test_braces_in_literals_and_comments_do_not_count(self):
        text = 'void F() {\n  // {\n  G("{", \'{\', R"({)", 1\'000);\n}\nvoid H() {}\n'
        self.assertEqual(self.found(text), [('F', 4), ('H', 1)])

    def test_raw_strings_are_not_counted(self):
        text = 'TEST(A, B) {\n  Run(R"(\none {\ntwo\n)");\n}\n'
        self.assertEqual(self.found(text), [('TEST(A, B)', 4)])

    def test_tables_classes_and_macros_are_no_functions(self):
        text = ('#define M(x) \\\n  if (x) {\nconst Row kRows[] = {\n  {F(1), 2},\n};\n'
                'struct S : B<int> {\n  int a{3};\n'
                '  bool operator==(const S&) const { return 1; }\n};\n'
                'const auto kFold = Make([](int x) {\n  return x;\n});\n')
        self.assertEqual(self.found(text), [('operator==', 1)])


if __name__ == '__main__':
    unittest.main()
