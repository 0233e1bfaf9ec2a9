#include "projections/fold.h"

#include "ledger/base/check.h"
#include "projections/sha256_stream.h"

namespace bansos {
namespace {

class HashingSink final : public ByteSink {
 public:
  absl::Status Append(std::string_view chunk) override {
    stream_.Append(chunk);
    return absl::OkStatus();
  }
  Hash Finish() { return stream_.Finish(); }

 private:
  Sha256Stream stream_;
};

}  // namespace

Hash Fold::Digest() const {
  HashingSink sink;
  SnapshotWriter writer(sink);
  Save(writer);
  CHECK_OK(writer.Finish());
  return sink.Finish();
}

}  // namespace bansos
