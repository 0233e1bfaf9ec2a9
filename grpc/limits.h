// The bounds of the API (invariant 9), each with its reason. Part of the API: CHANGELOG tells
// changes.
#ifndef GRPC_LIMITS_H_
#define GRPC_LIMITS_H_

#include <cstddef>
#include <cstdint>

namespace bansos {

// One message: a full request of 8,192 registrations with long addresses is below 8 MiB.
inline constexpr int kMaxMessageBytes = 16 * 1024 * 1024;

// Items of one request; the sequencer's bound, and what keeps a commit short.
inline constexpr size_t kMaxRequestItems = 8192;

// Refusals named when an atomic request fails; more would not fit the trailing metadata.
inline constexpr size_t kMaxListedRefusals = 32;

// gRPC peers accept 8 KiB of metadata by default and the detail travels as base64: what is longer
// is cut, or the caller would see no error at all.
inline constexpr size_t kMaxStatusDetailBytes = 4096;
inline constexpr size_t kMaxStatusMessageBytes = 1024;

// Rows of a page: the default keeps an answer below the 4 MiB that clients accept by default.
inline constexpr uint32_t kDefaultPageRows = 1000;
inline constexpr uint32_t kMaxPageRows = 8192;

// Rows that a page looks at, also those that its filter leaves out, while the projector waits: a
// few milliseconds.
inline constexpr uint32_t kMaxPageLooks = 16'384;

// Bytes of entries in one answer of the log, so that a page with decoded events stays below 4 MiB.
inline constexpr size_t kMaxPageEntryBytes = size_t{1024} * 1024;

// Hash tiles of 8 KiB, and entry bundles, in one answer: 2 MiB. One bundle that is larger (it can
// have 15 MiB) goes alone.
inline constexpr size_t kMaxAnswerTiles = 256;
inline constexpr size_t kMaxAnswerBundles = 256;
inline constexpr size_t kMaxAnswerBundleBytes = size_t{2} * 1024 * 1024;

// Entries that one answer or one turn of a subscription looks at while it filters.
inline constexpr uint64_t kMaxScannedEntries = 65'536;

// Calls that wait for a position at the same time, and subscriptions at the same time.
inline constexpr size_t kMaxWaitingCalls = 4096;
inline constexpr int kMaxSubscriptions = 64;

// Bidirectional streams at the same time, and messages of one stream that are not answered yet.
inline constexpr int kMaxTransferStreams = 64;
inline constexpr size_t kMaxStreamInFlight = 16;

// Texts of identity and payee data in bytes: several times the longest real ones.
inline constexpr size_t kMaxPersonalTextBytes = 512;

// Characters of a bank's reference or of a reported reference; ISO 20022 allows 35.
inline constexpr size_t kMaxBankReferenceBytes = 140;

// Whom one RankCandidates may return.
inline constexpr uint32_t kMaxRankedCandidates = 100'000;

}  // namespace bansos

#endif  // GRPC_LIMITS_H_
