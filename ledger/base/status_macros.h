// RETURN_IF_ERROR and ASSIGN_OR_RETURN: the two ways a function hands an error on.
// (Debian's abseil 20220623 ships no status macros.)
#ifndef LEDGER_BASE_STATUS_MACROS_H_
#define LEDGER_BASE_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define BANSOS_CONCAT_INNER(a, b) a##b
#define BANSOS_CONCAT(a, b) BANSOS_CONCAT_INNER(a, b)

#define RETURN_IF_ERROR(expression)                             \
  do {                                                          \
    if (::absl::Status status_ = (expression); !status_.ok()) { \
      return status_;                                           \
    }                                                           \
  } while (false)

#define ASSIGN_OR_RETURN(declaration, expression) \
  ASSIGN_OR_RETURN_IMPL(BANSOS_CONCAT(statusor_, __LINE__), declaration, expression)

#define ASSIGN_OR_RETURN_IMPL(result, declaration, expression) \
  auto result = (expression);                                  \
  if (!result.ok()) return std::move(result).status();         \
  declaration = *std::move(result)

#endif  // LEDGER_BASE_STATUS_MACROS_H_
