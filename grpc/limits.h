// The bounds of the API (invariant 9), each with its reason. Part of the API: CHANGELOG tells
// changes.
#ifndef GRPC_LIMITS_H_
#define GRPC_LIMITS_H_

#include <cstddef>
#include <cstdint>

namespace bansos {

// One message: a full request of 8,192 registrations with long addresses is below 8 MiB.
inline constexpr int kMaxMessageBytes = 16 * 1024 * 1024;

// What a message may hold, each of which takes some hundred bytes of memory and as few as two of
// the message: messages, texts and unknown fields; 16 of them an item. And numbers in lists, a
// byte of the message and eight of memory each: 128 an item.
inline constexpr size_t kMaxMessageParts = 131'072;
inline constexpr size_t kMaxMessageNumbers = 1'048'576;

// Items of one request; the sequencer's bound, and what keeps a commit short.
inline constexpr size_t kMaxRequestItems = 8192;

// Refusals named when an atomic request fails; more would not fit the trailing metadata.
inline constexpr size_t kMaxListedRefusals = 32;

// gRPC peers accept 8 KiB of metadata by default and the detail travels as base64: what is longer
// is cut, or the caller would see no error at all.
inline constexpr size_t kMaxStatusDetailBytes = 4096;
inline constexpr size_t kMaxStatusMessageBytes = 1024;

// What gRPC may hold for all connections together: a full message for each of the two busier lanes'
// threads, twice, and as much again for answers that slow callers have not taken.
inline constexpr size_t kMaxTransportBytes = size_t{256} * 1024 * 1024;

// Threads of gRPC for its own blocking services (health, reflection); ours use none of them.
inline constexpr int kMaxTransportThreads = 16;

// Calls of one connection at the same time; a client keeps those above until others end. One caller
// that waits a lot leaves room for the others in kMaxWaitingCalls.
inline constexpr int kMaxConnectionCalls = 1024;

// Metadata of one call: the actor and what a proxy adds; gRPC's own default, so that clients agree.
inline constexpr int kMaxMetadataBytes = 8 * 1024;

// A connection that says nothing is closed in the handshake, and after a quarter of an hour without
// a call. Its age has no bound: a subscription lives as long as its subscriber.
inline constexpr int kHandshakeTimeoutMs = 10'000;
inline constexpr int kConnectionIdleMs = 15 * 60 * 1000;

// A peer that vanished without a word is found out within so long, and its streams end.
inline constexpr int kKeepaliveMs = 60'000;
inline constexpr int kKeepaliveTimeoutMs = 20'000;

// Peers may ping as often as this; who does so more often a few times is disconnected.
inline constexpr int kMinPingMs = 10'000;
inline constexpr int kMaxPingStrikes = 3;

// Rows of a page: the default keeps an answer below the 4 MiB that clients accept by default.
inline constexpr uint32_t kDefaultPageRows = 1000;
inline constexpr uint32_t kMaxPageRows = 8192;

// Values that a filter lists of an enumeration: more than any of them has.
inline constexpr size_t kMaxFilterValues = 64;

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

// What a call may ask for and still be short (method_table.h): a message of so many bytes, items
// and people. At some twenty microseconds an item, sealed or looked up, a millisecond or two.
inline constexpr size_t kMaxShortBytes = size_t{64} * 1024;
inline constexpr size_t kMaxShortItems = 64;

// Threads of each lane (lanes.h): more than the reference machine has cores where they block on
// disk and vault, no more scans at a time than cores, and one that signs, because only one can.
inline constexpr int kWriteThreads = 3;
inline constexpr int kReadThreads = 2;
inline constexpr int kScanThreads = 2;
inline constexpr int kBulkThreads = 3;
inline constexpr int kSignThreads = 1;

// Calls of one lane that wait for a thread, and the bytes of those that wait or run: four full
// messages. At a millisecond each a full queue of writes drains in a third of a second. A call
// takes a little more than its message.
inline constexpr size_t kMaxLaneCalls = 1024;
inline constexpr size_t kMaxLaneBytes = size_t{64} * 1024 * 1024;
inline constexpr size_t kCallOverheadBytes = 4096;

// How far beyond the log a caller may wait: more than a year of the largest programme brings. A
// position further on comes from another ledger or is made up, and would hold the call to its
// deadline.
inline constexpr uint64_t kMaxAwaitedEvents = 100'000'000;

// Calls that wait for a position at the same time, the memory of their messages, and subscriptions
// at the same time. One message at its largest takes less than 40 MiB of memory.
inline constexpr size_t kMaxWaitingCalls = 4096;
inline constexpr size_t kMaxWaitingBytes = size_t{64} * 1024 * 1024;
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
