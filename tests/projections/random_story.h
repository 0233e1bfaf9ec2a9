// RandomStory: a story of valid-looking events by chance, the same for the same seed. Few
// recipients, accounts and KKs, so that they meet often.
#ifndef TESTS_PROJECTIONS_RANDOM_STORY_H_
#define TESTS_PROJECTIONS_RANDOM_STORY_H_

#include <cstdint>

#include "tests/projections/story.h"

namespace bansos::testing {

Story RandomStory(uint32_t seed, int steps);

}  // namespace bansos::testing

#endif  // TESTS_PROJECTIONS_RANDOM_STORY_H_
