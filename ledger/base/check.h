// CHECK: an assertion that stays on in production, for our own mistakes only (never for input).
//
// A failed check prints the expression, the place and the streamed message, then aborts: a ledger
// that has met its own bug must stop rather than write. CHECK_OK does the same for an absl::Status.
#ifndef LEDGER_BASE_CHECK_H_
#define LEDGER_BASE_CHECK_H_

#include <sstream>

#include "absl/status/status.h"

namespace bansos::internal {

// Collects the message of a failed check; its destructor prints and aborts.
class CheckFailure {
 public:
  CheckFailure(const char* file, int line, const char* expression);
  [[noreturn]] ~CheckFailure();
  std::ostream& stream() { return stream_; }

 private:
  std::ostringstream stream_;
};

}  // namespace bansos::internal

#define CHECK(condition) \
  switch (0)             \
  case 0:                \
  default:               \
    if (condition) {     \
    } else /* NOLINT */  \
      ::bansos::internal::CheckFailure(__FILE__, __LINE__, #condition).stream()

#define CHECK_OK(expression)                                                         \
  switch (0)                                                                         \
  case 0:                                                                            \
  default:                                                                           \
    if (const ::absl::Status check_ok_status = (expression); check_ok_status.ok()) { \
    } else /* NOLINT */                                                              \
      ::bansos::internal::CheckFailure(__FILE__, __LINE__, #expression).stream()     \
          << check_ok_status.ToString() << ' '

#endif  // LEDGER_BASE_CHECK_H_
