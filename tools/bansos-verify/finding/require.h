// REQUIRE: stops the program on a mistake of its own; never for what it reads.
#ifndef TOOLS_BANSOS_VERIFY_FINDING_REQUIRE_H_
#define TOOLS_BANSOS_VERIFY_FINDING_REQUIRE_H_

#include <cstdio>
#include <cstdlib>

#define REQUIRE(condition)                                                               \
  do {                                                                                   \
    if (!(condition)) {                                                                  \
      std::fprintf(stderr, "%s:%d: %s does not hold\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                                      \
    }                                                                                    \
  } while (false)

#endif  // TOOLS_BANSOS_VERIFY_FINDING_REQUIRE_H_
