"""Plants elements without a comment, and sees each found; and a clean file pass."""

import unittest

import planting
import proto_comments

CLEAN = '''syntax = "proto3";

package a.v1;

import "b.proto";

// A message.
message M {
  // A field.
  repeated int32 values = 1 [
    deprecated = true
  ];
  reserved 2, 3;
  // One of two.
  oneof kind {
    // A name.
    string name = 4;
  }
  // An inner one.
  enum E {
    // Nothing.
    E_UNSPECIFIED = 0;
  }
}

// A service.
service S {
  // A call.
  rpc Call(CallRequest)
      returns (CallResponse);
}
'''


class ProtoCommentsTest(planting.PlantingTest):
    clean = {'a.proto': CLEAN}

    def violations(self, files):
        return proto_comments.violations(files)

    def test_clean_file_passes(self):
        self.assert_passes({})

    def test_each_kind_of_element_needs_a_comment(self):
        for comment, name in (('// A message.', 'M'), ('// A field.', 'values'),
                              ('// One of two.', 'kind'), ('// A name.', 'name'),
                              ('// An inner one.', 'E'), ('// Nothing.', 'E_UNSPECIFIED'),
                              ('// A service.', 'S'), ('// A call.', 'Call')):
            text = CLEAN.replace(comment, '')
            self.assertEqual([violation.split(': ')[1] for violation in
                              self.violations({'a.proto': text})],
                             [f'{name} has no comment above it'])

    def test_empty_comment_is_none(self):
        self.assertTrue(self.violations({'a.proto': CLEAN.replace('// A field.', '//')}))


if __name__ == '__main__':
    unittest.main()
