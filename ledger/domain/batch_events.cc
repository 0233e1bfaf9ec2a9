#include "ledger/domain/batch_events.h"

#include "absl/strings/str_cat.h"
#include "ledger/domain/key_text.h"
#include "ledger/domain/shape_rules.h"

namespace bansos {
namespace {

using namespace shape;  // NOLINT(google-build-using-namespace): the stones of this file.

template <typename Step>
std::string StepKey(const Step& step) {
  return KeyText(Step::kTraits.name, KeyPart(step.batch), step.round);
}

Check ListShape(const BatchList& list) {
  RETURN_IF_REFUSED(AtMost("count", list.count, kMaxBatchCount));
  return Total("total", list.total);
}

template <typename Step>
Check StepShape(const Step& step) {
  RETURN_IF_REFUSED(Batch(step.batch));
  RETURN_IF_REFUSED(ListShape(step.list));
  return Number("round", step.round, kMaxRound);
}

}  // namespace

std::string BatchDrafted::Key(const std::optional<Document>&) const {
  return KeyText(kTraits.name, KeyPart(batch));
}
Check BatchDrafted::Shape() const { return Batch(batch); }

std::string BatchSubmitted::Key(const std::optional<Document>&) const { return StepKey(*this); }
Check BatchSubmitted::Shape() const { return StepShape(*this); }

std::string BatchVerified::Key(const std::optional<Document>&) const { return StepKey(*this); }
Check BatchVerified::Shape() const { return StepShape(*this); }

std::string BatchApproved::Key(const std::optional<Document>&) const { return StepKey(*this); }
Check BatchApproved::Shape() const { return StepShape(*this); }

std::string BatchSentBack::Key(const std::optional<Document>&) const { return StepKey(*this); }
Check BatchSentBack::Shape() const { return StepShape(*this); }

std::string BatchReleased::Key(const std::optional<Document>&) const { return StepKey(*this); }
Check BatchReleased::Shape() const { return StepShape(*this); }

std::string BatchClosed::Key(const std::optional<Document>&) const { return StepKey(*this); }
Check BatchClosed::Shape() const {
  RETURN_IF_REFUSED(Batch(batch));
  return Number("round", round, kMaxRound);
}

std::string OrderFileWritten::Key(const std::optional<Document>&) const {
  return KeyText(kTraits.name, KeyPart(batch), number);
}
Check OrderFileWritten::Shape() const {
  RETURN_IF_REFUSED(Batch(batch));
  RETURN_IF_REFUSED(Number("number", number, kMaxOrderFiles));
  RETURN_IF_REFUSED(Attempt(attempt));
  RETURN_IF_REFUSED(AtMost("again", again, kMaxOrderFiles));
  RETURN_IF_REFUSED(Bytes32("sha256", sha256));
  RETURN_IF_REFUSED(Number("count", count, kMaxBatchCount));
  return Amount("total", total);
}

}  // namespace bansos
