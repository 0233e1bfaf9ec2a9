// Whether the disks have room for a start. It is asked before anything is opened: what
// fails half-way says less of what to do. Function without state.
#ifndef GRPC_FREE_SPACE_H_
#define GRPC_FREE_SPACE_H_

#include "absl/status/status.h"
#include "grpc/ledger_folder.h"
#include "rocksdb/file_system.h"

namespace bansos {

// FAILED_PRECONDITION names the folder on whose disk there is less than kMinFreeBytes, and what to
// do. Folders that are not there yet are made on the disk of the nearest one above. The views are
// disposable, but a start makes and writes them: no ledger is served without.
absl::Status CheckFreeSpace(rocksdb::FileSystem& files, const LedgerFolder& folder);

}  // namespace bansos

#endif  // GRPC_FREE_SPACE_H_
