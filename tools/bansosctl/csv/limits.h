// The bounds of the CSV reader, each with its reason. They make memory constant for any file.
#ifndef TOOLS_BANSOSCTL_CSV_LIMITS_H_
#define TOOLS_BANSOSCTL_CSV_LIMITS_H_

#include <cstddef>

namespace bansos {

// Longest row, line ends inside quotes included. The widest real file (46 indicators with an
// address) stays under 2 KiB a row; an entry of the log holds at most 60 KiB.
inline constexpr size_t kCsvRowBytesMax = 64 * 1024;

// Longest quoted field. Beyond it an opening quote was surely never closed.
inline constexpr size_t kCsvQuotedFieldBytesMax = 16 * 1024;

// Most fields in a row: the indicator catalogue has 46, other surveys a few hundred.
inline constexpr size_t kCsvFieldsMax = 512;

// How much is read from the file at a time.
inline constexpr size_t kCsvChunkBytes = 256 * 1024;

// Rows looked at, before the first is handed out, for a column whose numbers lost their last digit.
inline constexpr size_t kCsvSampleRows = 1000;

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_CSV_LIMITS_H_
