#include "projections/fold.h"

#include "ledger/base/check.h"
#include "ledger/base/status_macros.h"
#include "projections/sha256_stream.h"

namespace bansos {
namespace {

class HashingSink final : public ByteSink {
 public:
  explicit HashingSink(absl::FunctionRef<bool()> keep_going) : keep_going_(keep_going) {}

  absl::Status Append(std::string_view chunk) override {
    RETURN_IF_ERROR(Ask());
    stream_.Append(chunk);
    return absl::OkStatus();
  }
  absl::Status Ask() override {
    if (keep_going_()) return absl::OkStatus();
    return absl::CancelledError("the digest is not wanted any more");
  }
  Hash Finish() { return stream_.Finish(); }

 private:
  const absl::FunctionRef<bool()> keep_going_;
  Sha256Stream stream_;
};

}  // namespace

Hash Fold::Digest() const {
  const absl::StatusOr<Hash> digest = DigestWhile([] { return true; });
  CHECK_OK(digest.status());
  return *digest;
}

absl::StatusOr<Hash> Fold::DigestWhile(absl::FunctionRef<bool()> keep_going) const {
  HashingSink sink(keep_going);
  SnapshotWriter writer(sink);
  Save(writer);
  RETURN_IF_ERROR(writer.Finish());
  return sink.Finish();
}

}  // namespace bansos
