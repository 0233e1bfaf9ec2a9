#include "ledger/base/held_name.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "ledger/base/place.h"
#include "tests/log/scratch_directory.h"
#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

namespace fs = std::filesystem;
using ::bansos::testing::StatusIs;
using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr auto kUnavailable = absl::StatusCode::kUnavailable;

class NamesTest : public ::testing::Test {
 protected:
  void Make(const fs::path& path) { std::ofstream(path) << "x"; }
  fs::path At(const char* name) const { return fs::path(directory_.path()) / name; }

  testing::ScratchDirectory directory_;
};

TEST_F(NamesTest, HeldNameLeadsToItsFileOnly) {
  fs::create_directory(At("data"));
  Make(At("data/anchor"));
  const std::ifstream open(At("data/anchor"));
  ASSERT_OK_AND_ASSIGN(const HeldName name, HeldName::Of(At("data/anchor")));
  EXPECT_OK(name.Check());
  const auto gone = StatusIs(kUnavailable, AllOf(HasSubstr("data/anchor was moved, removed or"),
                                                 HasSubstr("Put the data directory back")));
  fs::rename(At("data"), At("moved"));
  EXPECT_THAT(name.Check(), gone);
  fs::create_directory(At("data"));
  fs::copy_file(At("moved/anchor"), At("data/anchor"));
  EXPECT_THAT(name.Check(), gone);
  fs::remove_all(At("data"));
  fs::create_symlink(At("moved"), At("data"));
  EXPECT_OK(name.Check());
  fs::remove(At("moved/anchor"));
  EXPECT_THAT(name.Check(), gone);
  EXPECT_THAT(HeldName::Of(At("nowhere")), StatusIs(kUnavailable));
}

TEST_F(NamesTest, OnePlaceHasManySpellings) {
  fs::create_directories(At("c/d"));
  fs::create_symlink(At("c"), At("link"));
  fs::create_symlink("k", At("c/dangling"));
  const auto place = [this](const char* name) { return PlaceOf(At(name)).value(); };
  for (const char* name : {"c/./k", "c/d/../k", "link/k", "c/dangling", "link/d/../dangling"}) {
    EXPECT_EQ(place(name), place("c/k")) << name;
    EXPECT_TRUE(LiesIn(place(name), place("link"))) << name;
  }
  EXPECT_FALSE(LiesIn(place("c"), place("c/k")));
  EXPECT_FALSE(LiesIn(place("c/kk"), place("c/k")));
  EXPECT_FALSE(AreSame(place("c/k"), place("c/d")));
  EXPECT_FALSE(AreSame(place("c/k"), place("c/d/k")));
  Make(At("c/k"));
  fs::create_hard_link(At("c/k"), At("hard"));
  EXPECT_TRUE(AreSame(place("c/k"), place("hard")));
  EXPECT_FALSE(AreSame(place("c/k"), place("harder")));
  fs::create_symlink("loop", At("loop"));
  EXPECT_FALSE(PlaceOf(At("loop")).ok());
}

}  // namespace
}  // namespace bansos
