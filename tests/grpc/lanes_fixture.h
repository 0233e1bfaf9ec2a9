// LanesTest: an office whose lanes a test can hold still.
#ifndef TESTS_GRPC_LANES_FIXTURE_H_
#define TESTS_GRPC_LANES_FIXTURE_H_

#include <chrono>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/notification.h"
#include "google/protobuf/descriptor.h"
#include "grpc/limits.h"
#include "grpc/method_table.h"
#include "tests/grpc/office_fixture.h"

namespace bansos::testing {

// Enough for the slowest machine: it passes only when the test fails.
inline constexpr std::chrono::milliseconds kLongest = std::chrono::seconds(120);

inline const google::protobuf::MethodDescriptor& DescriptorOf(const MethodRow& row) {
  return *google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(
      std::string(row.name));
}

class LanesTest : public OfficeFixture {
 protected:
  ~LanesTest() override {
    if (!gate_.HasBeenNotified()) gate_.Notify();
    StopServer();  // While there is a gate.
  }

  // Holds all threads of the lane until Open.
  void Block(Lane lane) {
    constexpr int kThreads[kLaneCount] = {kWriteThreads, kReadThreads, kScanThreads, kBulkThreads,
                                          kSignThreads};
    const int threads = kThreads[static_cast<size_t>(lane)];
    absl::BlockingCounter held(threads);
    for (int i = 0; i < threads; ++i) {
      parts().lanes().of(lane).Run([&] {
        held.DecrementCount();
        gate_.WaitForNotification();
      });
    }
    held.Wait();
  }
  void Open() { gate_.Notify(); }

  // Nothing fits into the lane any more.
  void Fill(Lane lane) {
    while (parts().lanes().of(lane).TryRun(0, [] {})) {
    }
  }

  grpc::Status Ask(const MethodRow& row) {
    const google::protobuf::MethodDescriptor& method = DescriptorOf(row);
    std::string response;
    return CallBytes(absl::StrCat("/", method.service()->full_name(), "/", method.name()), "",
                     response, kLongest);
  }

 private:
  absl::Notification gate_;
};

}  // namespace bansos::testing

#endif  // TESTS_GRPC_LANES_FIXTURE_H_
