#include "ledger/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace bansos::internal {

CheckFailure::CheckFailure(const char* file, int line, const char* expression) {
  stream_ << file << ':' << line << ": CHECK failed: " << expression << ' ';
}

CheckFailure::~CheckFailure() {
  std::fprintf(stderr, "%s\n", stream_.str().c_str());
  std::fflush(stderr);
  std::abort();
}

}  // namespace bansos::internal
