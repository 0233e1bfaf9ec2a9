#include "tools/bansosctl/client/scan_bar.h"

#include <utility>

namespace bansos {

ScanBar::ScanBar(std::string label, Clock& clock) : label_(std::move(label)), clock_(clock) {}

ScanBar::~ScanBar() {
  if (bar_.has_value()) bar_->Finish();
}

void ScanBar::Show(const v1::ScanProgress& progress) {
  of_events_ = progress.of_events();
  if (!bar_.has_value()) {
    bar_.emplace(
        ProgressBar::OnStderr({.label = label_, .unit = "events", .total = of_events_}, clock_));
  }
  bar_->Update(progress.events(), progress.events());
}

void ScanBar::ShowWhole() {
  if (bar_.has_value()) bar_->Update(of_events_, of_events_);
}

}  // namespace bansos
