// The exception about a payee whose holder's name is far from the registered one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "projections/exception_view.h"
#include "tests/projections/story.h"
#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

using ::bansos::testing::Story;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Position Assign(Story& story, uint64_t recipient, bool differs, bool confirmed = false) {
  return story.Tell(PayeeAssigned{.recipient = RecipientNumber(recipient),
                                  .account_token = AccountToken(recipient),
                                  .sealed_details = "sealed",
                                  .name_confirmed = confirmed,
                                  .name_differs = differs});
}

std::vector<ExceptionRow> NamesOf(const Story& story, ExceptionQuery query = {}) {
  ExceptionView view;
  EXPECT_OK(story.ApplyTo(view));
  query.date = 20250701;
  query.kind = ExceptionKind::kPayeeNameDiffers;
  if (query.limit == 0) query.limit = 100;
  const absl::StatusOr<ExceptionPage> page = view.Page(query);
  EXPECT_OK(page);
  return page.ok() ? page->rows : std::vector<ExceptionRow>();
}

TEST(PayeeNameViewTest, IsOpenUntilALaterPayeeAgreesOrIsConfirmed) {
  Story story;
  story.OpenProgram("KJS");
  for (uint64_t recipient = 1; recipient <= 3; ++recipient) story.Register(recipient);
  Assign(story, 1, false);
  const Position second = Assign(story, 2, true);
  Assign(story, 3, true, true);
  const auto rows = NamesOf(story);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].recipient, RecipientNumber(2));
  EXPECT_THAT(rows[0].positions, ElementsAre(second));
  Story confirmed = story, agreed = story;
  Assign(confirmed, 2, true, true);
  EXPECT_THAT(NamesOf(confirmed), IsEmpty());
  Assign(agreed, 2, false);
  EXPECT_THAT(NamesOf(agreed), IsEmpty());
}

TEST(PayeeNameViewTest, PagesByRecipientAndNamesTheirProgrammes) {
  Story story;
  story.OpenProgram("KJS");
  for (uint64_t recipient = 1; recipient <= 3; ++recipient) {
    story.Register(recipient);
    Assign(story, recipient, true);
  }
  story.Decree("KJS", 2, 1);
  const auto first = NamesOf(story, {.limit = 2});
  ASSERT_EQ(first.size(), 2u);
  EXPECT_THAT(first[1].programs, ElementsAre("KJS"));
  const auto rest = NamesOf(story, {.after = first[1].key, .limit = 2});
  ASSERT_EQ(rest.size(), 1u);
  EXPECT_EQ(rest[0].recipient, RecipientNumber(3));
}

}  // namespace
}  // namespace bansos
