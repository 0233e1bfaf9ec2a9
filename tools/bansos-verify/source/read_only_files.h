// ReadOnlyFiles: the file system that RocksDB is given. It refuses everything that would write, so
// that a verified directory stays as it was, byte for byte, whatever RocksDB would like to do.
// Threads: any.
#ifndef TOOLS_BANSOS_VERIFY_SOURCE_READ_ONLY_FILES_H_
#define TOOLS_BANSOS_VERIFY_SOURCE_READ_ONLY_FILES_H_

#include <memory>

#include "rocksdb/env.h"

namespace bansos::verify {

// On the machine's files.
std::unique_ptr<rocksdb::Env> MakeReadOnlyEnv();

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_SOURCE_READ_ONLY_FILES_H_
