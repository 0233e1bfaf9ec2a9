// The profile `public`.
#include "tools/bansos-verify/rules/event_check.h"
#include "tools/bansos-verify/rules/replayer.h"

namespace bansos::verify {
namespace {

class PublicCheck : public EventCheck {
 public:
  std::optional<Fault> Check(uint64_t position, std::string_view entry) override {
    return replayer_.Check(position, entry);
  }

  std::optional<Fault> Finish(uint64_t size) override { return replayer_.Finish(size); }

  std::vector<std::string> Findings() const override { return replayer_.Findings(); }

  std::vector<std::string> Exclusions() const override {
    std::vector<std::string> exclusions = {
        "Sealed values were not opened, so they were not compared with the truth values of the "
        "criteria (profile with-keys does).",
        "Recipient numbers were not compared with NIK, nor account and KK tokens with accounts and "
        "family cards (profile with-keys does).",
        "Key commitments were not compared with the keys (profile with-keys does).",
        "The order of decrees over quota (decile, then decision) was not checked: deciles are "
        "sealed.",
    };
    for (std::string& exclusion : ExclusionsOfEveryProfile()) {
      exclusions.push_back(std::move(exclusion));
    }
    return exclusions;
  }

 private:
  Replayer replayer_;
};

}  // namespace

std::unique_ptr<EventCheck> MakePublicCheck() { return std::make_unique<PublicCheck>(); }

}  // namespace bansos::verify
