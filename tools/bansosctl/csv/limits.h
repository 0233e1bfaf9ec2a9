// The bounds of the CSV reader, each with its reason. They make memory constant for any file.
#ifndef TOOLS_BANSOSCTL_CSV_LIMITS_H_
#define TOOLS_BANSOSCTL_CSV_LIMITS_H_

#include <cstddef>
#include <cstdint>

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

// Largest file. The 38 million people of the province at 100 bytes a row stay under it; a pipe is
// kept on the disk up to it.
inline constexpr uint64_t kCsvFileBytesMax = uint64_t{4} << 30;

// How far down a header is looked for when the first row is none: reports carry a few title lines.
inline constexpr size_t kCsvTitleRowsMax = 20;

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_CSV_LIMITS_H_
