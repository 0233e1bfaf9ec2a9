// What the stores (log, vault, views) want of the machine, each with its reason. A start that would
// not get it is refused before anything is opened, not left half done.
#ifndef LEDGER_BASE_STORE_LIMITS_H_
#define LEDGER_BASE_STORE_LIMITS_H_

#include <cstdint>

namespace bansos {

// Files that one store keeps open: of 64 MiB each 32 GiB, several times the ledger of ten years;
// what is beyond is opened again when it is read.
inline constexpr int kMaxStoreFiles = 512;

// Files that the process may open: three stores, and a third of that for what they write and for
// connections.
inline constexpr uint64_t kMinOpenFiles = 2048;

// Bytes that one file may have: RocksDB's list of files grows to 1 GiB before it begins anew.
inline constexpr uint64_t kMinFileBytes = uint64_t{2} << 30;

// Bytes free on each disk of the data directory: a start writes out anew what is in the write-ahead
// logs (128 MiB of the log, 64 MiB of the vault), and the first hours need some too.
inline constexpr uint64_t kMinFreeBytes = uint64_t{256} << 20;

}  // namespace bansos

#endif  // LEDGER_BASE_STORE_LIMITS_H_
