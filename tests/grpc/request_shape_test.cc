// Shapes that only the API can check: dates, areas, page tokens, and what enters the vault.
#include <gmock/gmock.h>

#include <algorithm>

#include "grpc/identity_shape.h"
#include "grpc/item_reader.h"
#include "grpc/page_token.h"
#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

using ::testing::ElementsAre;
using testing::StatusIs;

TEST(ItemReaderTest, ReadsDatesAndAreas) {
  ItemReader reader;
  EXPECT_EQ(reader.ReadDate("d", "2024-02-29"), 20240229);
  EXPECT_EQ(reader.ReadDate("d", ""), 0);
  EXPECT_EQ(reader.ReadArea("a", "33.74"), 3374u);
  EXPECT_EQ(reader.ReadArea("a", ""), 0u);
  EXPECT_TRUE(reader.ok());
  EXPECT_EQ(FormatDate(20240229), "2024-02-29");
  EXPECT_EQ(FormatArea(3374), "33.74");
  EXPECT_EQ(FormatArea(0), "");
}

TEST(ItemReaderTest, RefusesWhatIsNone) {
  for (const char* text : {"2023-02-29", "29-02-2024", "2024/02/29", "2024-2-9", "20240229", "x"}) {
    ItemReader reader;
    reader.ReadDate("died_on", text);
    ASSERT_FALSE(reader.ok()) << text;
    EXPECT_EQ(reader.fault()->code, "BAD_DATE");
    EXPECT_EQ(reader.fault()->field, "died_on");
  }
  for (const char* text : {"3374", "33", "33.7", "33.74.01", "Semarang", "33,74"}) {
    ItemReader reader;
    reader.ReadArea("area", text);
    EXPECT_FALSE(reader.ok()) << text;
  }
}

TEST(ItemReaderTest, KeepsTheFirstFault) {
  ItemReader reader;
  reader.ReadDate("first", "x");
  reader.ReadDate("second", "x");
  EXPECT_EQ(reader.fault()->field, "first");
}

TEST(ItemReaderTest, ItemsOwnBasisComesBeforeTheRequests) {
  v1::Basis request;
  request.set_effective_date("2025-01-01");
  request.mutable_document()->set_number("REQUEST");
  v1::Basis own;
  own.mutable_document()->set_number("OWN");
  ItemReader reader;
  EXPECT_EQ(reader.ReadDocument(&own, request)->number, "OWN");
  EXPECT_EQ(reader.ReadEffectiveDate(&own, request), 20250101);
  EXPECT_EQ(reader.ReadDocument(nullptr, request)->number, "REQUEST");
  EXPECT_FALSE(reader.ReadDocument(nullptr, v1::Basis()).has_value());
}

TEST(IdentityShapeTest, AccountsAreTheSameHoweverWritten) {
  v1::PayeeDetails details;
  details.set_bank("Bank Jateng");
  details.set_account_number("2-034-00012345");
  ItemReader reader;
  const std::string account = ReadAccount(details, reader);
  details.set_bank("BANK JATENG ");
  details.set_account_number("2 034.00012345");
  EXPECT_EQ(ReadAccount(details, reader), account);
  details.set_bank("Bank BRI");
  EXPECT_NE(ReadAccount(details, reader), account);
  EXPECT_TRUE(reader.ok());
}

TEST(IdentityShapeTest, DamagedAccountsAreRefused) {
  for (const char* number : {"", "2,03E+10", "12", "1234567890*"}) {
    v1::PayeeDetails details;
    details.set_bank("Bank Jateng");
    details.set_account_number(number);
    ItemReader reader;
    ReadAccount(details, reader);
    ASSERT_FALSE(reader.ok()) << number;
    EXPECT_EQ(reader.fault()->code, "BAD_ACCOUNT");
  }
}

SecretKey KeyOf(uint8_t fill) {
  SecretKey key;
  std::fill_n(key.mutable_data(), SecretKey::kBytes, fill);
  return key;
}

TEST(PageTokenTest, ComesBackForItsQuestionOnly) {
  const PageTokens pages(KeyOf(1));
  const std::string text =
      pages.Encode("query", {.position = 7, .place = PlaceOf({1, ~uint64_t{0}})});
  const auto token = pages.Decode("query", text);
  ASSERT_TRUE(token.ok());
  EXPECT_EQ(token->position, 7u);
  EXPECT_THAT(*NumbersOf(token->place, 2), ElementsAre(1, ~uint64_t{0}));
  EXPECT_THAT(NumbersOf(token->place, 1), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(pages.Decode("other", text), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(pages.Decode("query", ""), StatusIs(absl::StatusCode::kInvalidArgument));
  for (size_t i = 0; i < text.size(); ++i) {
    std::string damaged = text;
    damaged[i] = damaged[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(pages.Decode("query", damaged).ok()) << i;
  }
}

TEST(PageTokenTest, OfAnotherLedgerIsRefused) {
  const std::string text = PageTokens(KeyOf(1)).Encode("query", {.position = 7, .place = "a"});
  EXPECT_TRUE(PageTokens(KeyOf(1)).Decode("query", text).ok());
  EXPECT_THAT(PageTokens(KeyOf(2)).Decode("query", text),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace bansos
