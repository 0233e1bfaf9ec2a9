// ScanBar: the progress bar of a scan on the server, from the first that it tells; a scan that
// tells nothing has none. Ends its line when it goes. Not thread-safe.
#ifndef TOOLS_BANSOSCTL_CLIENT_SCAN_BAR_H_
#define TOOLS_BANSOSCTL_CLIENT_SCAN_BAR_H_

#include <optional>
#include <string>

#include "bansos/v1/common.pb.h"
#include "ledger/base/clock.h"
#include "tools/bansosctl/format/progress_bar.h"

namespace bansos {

class ScanBar {
 public:
  ScanBar(std::string label, Clock& clock);
  ~ScanBar();

  void Show(const v1::ScanProgress& progress);
  // That the scan has come to its end.
  void ShowWhole();

 private:
  const std::string label_;
  Clock& clock_;
  std::optional<ProgressBar> bar_;
  uint64_t of_events_ = 0;
};

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_CLIENT_SCAN_BAR_H_
