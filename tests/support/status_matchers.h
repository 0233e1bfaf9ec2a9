// IsOk, IsOkAndHolds and StatusIs: matchers for absl::Status (Debian's abseil ships none).
#ifndef TESTS_SUPPORT_STATUS_MATCHERS_H_
#define TESTS_SUPPORT_STATUS_MATCHERS_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace bansos::testing {

inline const absl::Status& ToStatus(const absl::Status& status) { return status; }
template <typename T>
const absl::Status& ToStatus(const absl::StatusOr<T>& result) {
  return result.status();
}

MATCHER(IsOk, negation ? "is an error" : "is OK") {
  *result_listener << ToStatus(arg).ToString();
  return ToStatus(arg).ok();
}

MATCHER_P(StatusIs, code, "") {
  *result_listener << ToStatus(arg).ToString();
  return ToStatus(arg).code() == code;
}

MATCHER_P2(StatusIs, code, message_matcher, "") {
  *result_listener << ToStatus(arg).ToString();
  return ToStatus(arg).code() == code &&
         ::testing::ExplainMatchResult(message_matcher, std::string(ToStatus(arg).message()),
                                       result_listener);
}

}  // namespace bansos::testing

#define ASSERT_OK(expression) ASSERT_THAT(expression, ::bansos::testing::IsOk())
#define EXPECT_OK(expression) EXPECT_THAT(expression, ::bansos::testing::IsOk())

// Declares and initialises, or fails the test.
#define ASSERT_OK_AND_ASSIGN(declaration, expression) \
  ASSERT_OK_AND_ASSIGN_IMPL(BANSOS_TEST_CONCAT(result_, __LINE__), declaration, expression)
#define ASSERT_OK_AND_ASSIGN_IMPL(result, declaration, expression) \
  auto result = (expression);                                      \
  ASSERT_OK(result);                                               \
  declaration = *std::move(result)
#define BANSOS_TEST_CONCAT(a, b) BANSOS_TEST_CONCAT_INNER(a, b)
#define BANSOS_TEST_CONCAT_INNER(a, b) a##b

#endif  // TESTS_SUPPORT_STATUS_MATCHERS_H_
