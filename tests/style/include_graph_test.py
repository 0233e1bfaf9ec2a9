"""Plants each fault that include_graph.py looks for, and sees it found; and a clean tree pass."""

import unittest

import include_graph
import planting

ARROWS = include_graph.read_arrows("""
ledger/proto:
ledger/base:            # nothing of ours
ledger/domain: ledger/base
ledger/log: ledger/base
tools/ctl: ledger/domain/date.h
tests: *
""")

CLEAN = {
    'ledger/base/check.h': '#include <string>\n#include "absl/status/status.h"\n',
    'ledger/domain/date.h': '#include "ledger/base/check.h"\n',
    'ledger/domain/state.h': '#include "ledger/domain/date.h"\n',
    'ledger/log/log.h': '#include "ledger/base/check.h"\n',
    'ledger/proto/bansos/v1/event.proto': '',
    'tools/ctl/main.cc': '#include "ledger/domain/date.h"\n',
    'tests/log/log_test.cc': '#include "ledger/log/log.h"\n#include "ledger/domain/state.h"\n',
    'ledger/base/CMakeLists.txt': 'bansos_library(base SOURCES check.cc)\n',
    'ledger/domain/CMakeLists.txt': 'bansos_library(domain SOURCES date.cc DEPS base absl::time)\n',
    'ledger/log/CMakeLists.txt': 'bansos_library(log SOURCES log.cc DEPS base)\n',
    'tools/ctl/CMakeLists.txt': 'bansos_program(ctl SOURCES main.cc DEPS domain)\n',
    'ledger/CMakeLists.txt':
        'bansos_proto_library(event_proto\n  ROOT ${CMAKE_CURRENT_SOURCE_DIR}/proto)\n',
}


class IncludeGraphTest(planting.PlantingTest):
    clean = CLEAN

    def violations(self, files):
        return include_graph.violations(files, ARROWS)

    def test_clean_tree_passes(self):
        self.assert_passes({})

    def test_forbidden_arrow_is_found_at_its_line(self):
        self.assert_finds({'ledger/log/log.h': '#include "ledger/domain/state.h"\n'},
                          'ledger/log/log.h:2: forbidden arrow: ledger/log includes '
                          'ledger/domain/state.h')

    def test_production_code_never_includes_tests(self):
        self.assert_finds({'tests/support/fake.h': '',
                           'ledger/log/log.h': '#include "tests/support/fake.h"\n'},
                          'forbidden arrow: ledger/log includes tests/support/fake.h')

    def test_header_of_a_folder_allows_that_header_only(self):
        self.assert_finds({'tools/ctl/main.cc': '#include "ledger/domain/state.h"\n'},
                          'tools/ctl/main.cc:2: forbidden arrow')

    def test_generated_header_belongs_to_the_folder_of_its_proto(self):
        self.assert_finds({'ledger/log/log.h': '#include "bansos/v1/event.pb.h"\n'},
                          'forbidden arrow: ledger/log includes bansos/v1/event.pb.h')

    def test_forbidden_proto_import_is_found(self):
        self.assert_finds({'ledger/proto/bansos/v1/event.proto': 'import "api/v1/a.proto";\n',
                           'tests/proto/api/v1/a.proto': 'import "bansos/v1/event.proto";\n'},
                          'forbidden arrow: ledger/proto includes api/v1/a.proto',
                          'two-way edge: ledger/proto <-> tests/proto')

    def test_two_way_edge_is_found_with_both_places(self):
        self.assert_finds({'ledger/base/check.h': '#include "ledger/domain/date.h"\n'},
                          'two-way edge: ledger/base <-> ledger/domain, '
                          'back at ledger/domain/date.h:1')

    def test_two_way_edge_inside_one_room_is_found(self):
        self.assert_finds({'tools/ctl/csv/row.h': '#include "tools/ctl/format/text.h"\n',
                           'tools/ctl/format/text.h': '#include "tools/ctl/csv/row.h"\n'},
                          'two-way edge: tools/ctl/csv <-> tools/ctl/format')

    def test_longer_cycle_is_found(self):
        self.assert_finds({'tests/a/a.h': '#include "tests/b/b.h"\n',
                           'tests/b/b.h': '#include "tests/c/c.h"\n',
                           'tests/c/c.h': '#include "tests/a/a.h"\n'},
                          'cycle: tests/a -> tests/b -> tests/c -> tests/a')

    def test_forbidden_link_is_found(self):
        self.assert_finds({'ledger/log/CMakeLists.txt':
                           'target_link_libraries(log PUBLIC domain)\n'},
                          'ledger/log/CMakeLists.txt:2: forbidden arrow: ledger/log links '
                          'ledger/domain')

    def test_forbidden_link_through_a_variable_is_found(self):
        self.assert_finds({'ledger/base/CMakeLists.txt':
                           'set(MORE log event_proto)\nbansos_library(b DEPS ${MORE})\n'},
                          'ledger/base links ledger/log', 'ledger/base links ledger/proto')

    def test_folder_without_a_line_is_found(self):
        self.assert_finds({'extra/x.cc': '#include "ledger/base/check.h"\n'},
                          'folder extra has no line')

    def test_include_that_is_not_root_relative_is_found(self):
        self.assert_finds({'ledger/domain/state.h': '#include "date.h"\n'},
                          '"date.h": include paths start at the root')

    def test_include_of_no_file_is_found(self):
        self.assert_finds({'ledger/domain/state.h': '#include "ledger/base/gone.h"\n'},
                          '"ledger/base/gone.h" is no tracked file')

    def test_header_that_shadows_a_system_header_is_found(self):
        self.assertTrue(include_graph.shadowing_headers({'sys/types.h': '', 'stdio.h': ''}))


if __name__ == '__main__':
    unittest.main()
