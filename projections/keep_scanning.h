// KeepScanning: what a scan of the log asks now and then, told how many events it has looked at;
// false ends the scan with CANCELLED.
#ifndef PROJECTIONS_KEEP_SCANNING_H_
#define PROJECTIONS_KEEP_SCANNING_H_

#include <cstdint>

#include "absl/functional/function_ref.h"

namespace bansos {

using KeepScanning = absl::FunctionRef<bool(uint64_t scanned)>;

}  // namespace bansos

#endif  // PROJECTIONS_KEEP_SCANNING_H_
