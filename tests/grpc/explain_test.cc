// Explain over real gRPC: the events behind any figure add up to it and are those that a plain look
// at the whole log finds. A failure prints its seed; give it in BANSOS_SEED to see it again.
#include <gmock/gmock.h>

#include <cstdlib>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/text_format.h"
#include "grpc/item_reader.h"
#include "grpc/page_token.h"
#include "ledger/log/merkle.h"
#include "ledger/log/merkle_proof.h"
#include "tests/grpc/random_office.h"

namespace bansos::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr int kPeople = 40;
constexpr int kQuestions = 200;
constexpr int kFigures = 13;

using Changes = std::vector<std::pair<uint64_t, int64_t>>;

// The figure by its name in the messages.
int64_t Field(const v1::BalanceRow& row, v1::BalanceFigure figure) {
  const std::string name = absl::AsciiStrToLower(
      v1::BalanceFigure_Name(figure).substr(std::string("BALANCE_FIGURE_").size()));
  const google::protobuf::Message* message = &row;
  const auto* field = row.GetDescriptor()->FindFieldByName(name);
  if (field == nullptr) {
    message = &row.buckets();
    field = message->GetDescriptor()->FindFieldByName(name);
  }
  const auto* reflection = message->GetReflection();
  return field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_INT64
             ? reflection->GetInt64(*message, field)
             : static_cast<int64_t>(reflection->GetUInt64(*message, field));
}

// A plain look at every event, by DOMAIN 3 alone.
class NaiveLook {
 public:
  NaiveLook(v1::BalanceGroup group, const v1::BalanceRow& row, v1::BalanceFigure figure)
      : group_(group), row_(row), figure_(figure) {}

  Changes At(const std::vector<Event>& events) {
    Changes changes;
    for (uint64_t position = 0; position < events.size(); ++position) {
      const int64_t change =
          std::visit([&](const auto& body) { return ChangeOf(body); }, events[position].body);
      if (change != 0) changes.emplace_back(position, change);
    }
    return changes;
  }

 private:
  template <typename Body>
  int64_t ChangeOf(const Body& body) {
    if constexpr (requires {
                    body.payment.recipient;
                    body.movement.amount;
                  }) {
      return IsOfRow(body.payment, body.movement) ? Moved(body.payment, body.movement) : 0;
    }
    if constexpr (std::is_same_v<Body, BudgetAppropriated>) {
      const bool here = group_ == v1::BALANCE_GROUP_PROGRAM && body.program == row_.program();
      const bool asked =
          figure_ == v1::BALANCE_FIGURE_AVAILABLE || figure_ == v1::BALANCE_FIGURE_APPROPRIATED;
      return here && asked ? body.amount : 0;
    }
    return 0;
  }

  bool IsOfRow(const PaymentKey& payment, const Movement& movement) const {
    if (group_ == v1::BALANCE_GROUP_RECIPIENT) {
      return payment.recipient.value() == row_.recipient();
    }
    return payment.program == row_.program() &&
           (row_.tranche() == 0 || row_.tranche() == payment.tranche) &&
           (row_.batch() == 0 || row_.batch() == movement.batch) &&
           (row_.area().empty() || row_.area() == FormatArea(movement.area));
  }

  int64_t Moved(const PaymentKey& payment, const Movement& movement) {
    const auto bucket = static_cast<Bucket>(figure_);
    const int to_paid = (movement.to == Bucket::kPaid) - (movement.from == Bucket::kPaid);
    const int begun = (movement.from == Bucket::kAvailable) - (movement.to == Bucket::kAvailable);
    switch (figure_) {
      case v1::BALANCE_FIGURE_APPROPRIATED:
        return 0;
      case v1::BALANCE_FIGURE_AVAILABLE:
        return group_ == v1::BALANCE_GROUP_PROGRAM ? -begun * movement.amount : 0;
      case v1::BALANCE_FIGURE_INSTRUCTED:
        return movement.from == Bucket::kAvailable ? movement.amount : 0;
      case v1::BALANCE_FIGURE_WITHDRAWN:
        return movement.to == Bucket::kAvailable ? movement.amount : 0;
      case v1::BALANCE_FIGURE_PAYMENTS:
        return begun;
      case v1::BALANCE_FIGURE_PAYMENTS_PAID:
        return to_paid;
      case v1::BALANCE_FIGURE_RECIPIENTS_PAID: {
        int& paid = paid_[payment.recipient.value()];
        const bool before = paid > 0;
        paid += to_paid;
        return (paid > 0) - before;
      }
      default:
        return ((movement.to == bucket) - (movement.from == bucket)) * movement.amount;
    }
  }

  const v1::BalanceGroup group_;
  const v1::BalanceRow row_;
  const v1::BalanceFigure figure_;
  std::map<uint64_t, int> paid_;
};

class ExplainTest : public RandomOfficeFixture {
 protected:
  ExplainTest() {
    const char* fixed = std::getenv("BANSOS_SEED");
    seed_ = fixed != nullptr ? static_cast<uint32_t>(std::strtoul(fixed, nullptr, 10))
                             : std::random_device{}();
    TellYear(seed_, kPeople);
  }

  std::vector<v1::BalanceRow> Rows(v1::BalanceGroup group, const v1::ReadOptions& read = {}) {
    v1::GetBalancesRequest request;
    *request.mutable_read() = read;
    request.set_group_by(group);
    const auto response = Call(&v1::BalanceService::Stub::GetBalances, request);
    EXPECT_EQ(response.next_page_token(), "");
    return {response.rows().begin(), response.rows().end()};
  }

  static v1::ExplainRequest Question(v1::BalanceGroup group, const v1::BalanceRow& row,
                                     v1::BalanceFigure figure) {
    v1::ExplainRequest request;
    request.set_group_by(group);
    request.set_program(row.program());
    request.set_tranche(row.tranche());
    request.set_batch(row.batch());
    request.set_area(row.area());
    request.set_recipient(row.recipient());
    request.set_figure(figure);
    return request;
  }

  // All pages; `last` is the last one.
  Changes Explained(v1::ExplainRequest request, v1::ExplainResponse& last) {
    Changes changes;
    for (;;) {
      last = Call(&v1::AuditService::Stub::Explain, request);
      for (const v1::ExplainedEvent& explained : last.events()) {
        EXPECT_EQ(explained.event().event().SerializeAsString(), explained.event().entry());
        changes.emplace_back(explained.event().position(), explained.change());
      }
      if (last.next_page_token().empty()) return changes;
      request.set_page_token(last.next_page_token());
    }
  }

  grpc::Status Refused(const v1::ExplainRequest& request) {
    v1::ExplainResponse response;
    return Try(&v1::AuditService::Stub::Explain, request, response);
  }

  v1::ExplainRequest ProgramPaid() {
    v1::BalanceRow row;
    row.set_program("KJS");
    return Question(v1::BALANCE_GROUP_PROGRAM, row, v1::BALANCE_FIGURE_PAID);
  }

  uint32_t seed_;
};

TEST_F(ExplainTest, TwoHundredFiguresAreWhatTheLogSays) {
  SCOPED_TRACE(seed_);
  const std::vector<Event> events = Events();
  std::map<v1::BalanceGroup, std::vector<v1::BalanceRow>> rows;
  for (int group = v1::BALANCE_GROUP_PROGRAM; group <= v1::BALANCE_GROUP_RECIPIENT; ++group) {
    rows[static_cast<v1::BalanceGroup>(group)] = Rows(static_cast<v1::BalanceGroup>(group));
  }
  int moved = 0;
  for (int i = 0; i < kQuestions; ++i) {
    const auto group = static_cast<v1::BalanceGroup>(1 + Below(v1::BALANCE_GROUP_RECIPIENT));
    const auto figure = static_cast<v1::BalanceFigure>(1 + Below(kFigures));
    ASSERT_FALSE(rows[group].empty());
    const v1::BalanceRow& row = rows[group][Below(rows[group].size())];
    v1::ExplainRequest request = Question(group, row, figure);
    SCOPED_TRACE(request.ShortDebugString());
    request.set_page_size(1 + Below(30));
    const Changes expected = NaiveLook(group, row, figure).At(events);
    v1::ExplainResponse last;
    EXPECT_EQ(Explained(request, last), expected);
    EXPECT_EQ(last.event_count(), expected.size());
    EXPECT_EQ(last.figure(), Field(row, figure));
    EXPECT_EQ(last.sum(), last.figure());
    EXPECT_EQ(last.true_at().position(), events.size());
    moved += !expected.empty();
  }
  EXPECT_GT(moved, kQuestions / 4);
}

TEST_F(ExplainTest, AsOfAnOlderPositionKnowsNothingLater) {
  SCOPED_TRACE(seed_);
  const std::vector<Event> events = Events();
  for (int i = 0; i < 20; ++i) {
    v1::ReadOptions read;
    // Everything up to the release of tranche 1 is in the first two thirds.
    read.set_as_of_position(events.size() - Below(static_cast<uint32_t>(events.size() / 3)));
    const auto group = i % 2 == 0 ? v1::BALANCE_GROUP_AREA : v1::BALANCE_GROUP_RECIPIENT;
    const std::vector<v1::BalanceRow> rows = Rows(group, read);
    ASSERT_FALSE(rows.empty());
    const v1::BalanceRow& row = rows[Below(rows.size())];
    const auto figure = static_cast<v1::BalanceFigure>(1 + Below(kFigures));
    v1::ExplainRequest request = Question(group, row, figure);
    *request.mutable_read() = read;
    request.set_page_size(7);
    SCOPED_TRACE(request.ShortDebugString());
    Changes expected = NaiveLook(group, row, figure).At(events);
    std::erase_if(expected,
                  [&](const auto& change) { return change.first >= read.as_of_position(); });
    v1::ExplainResponse last;
    EXPECT_EQ(Explained(request, last), expected);
    EXPECT_EQ(last.figure(), Field(row, figure));
    EXPECT_EQ(last.true_at().position(), read.as_of_position());
  }
}

TEST_F(ExplainTest, PagesStayAtThePositionOfTheFirst) {
  v1::ExplainRequest request = ProgramPaid();
  v1::ExplainResponse whole;
  const Changes before = Explained(request, whole);
  ASSERT_GT(before.size(), 6u);
  request.set_page_size(5);
  v1::ExplainResponse page = Call(&v1::AuditService::Stub::Explain, request);
  Changes changes;
  for (const auto& event : page.events()) {
    changes.emplace_back(event.event().position(), event.change());
  }
  TellRound();
  // Also when nothing is kept any more.
  Restart();
  request.set_page_token(page.next_page_token());
  v1::ExplainResponse last;
  for (const auto& change : Explained(request, last)) changes.push_back(change);
  EXPECT_EQ(changes, before);
  EXPECT_EQ(last.true_at().position(), whole.true_at().position());
  EXPECT_EQ(last.figure(), whole.figure());
}

TEST_F(ExplainTest, ProofsLeadToTheRoot) {
  v1::ExplainRequest request = ProgramPaid();
  request.set_include_proofs(true);
  v1::ExplainResponse response;
  const Changes changes = Explained(request, response);
  const auto head = Call(&v1::LogService::Stub::GetHead, v1::GetHeadRequest());
  EXPECT_EQ(response.root(), head.root());
  // At an older position it is the root of then, and other hashes lead to it.
  request.mutable_read()->set_as_of_position(changes.back().first + 1);
  request.set_page_size(3);
  const auto older = Call(&v1::AuditService::Stub::Explain, request);
  EXPECT_NE(older.root(), head.root());
  for (const v1::ExplainResponse* answer : {&std::as_const(response), &older}) {
    ASSERT_GT(answer->events_size(), 0);
    for (const v1::ExplainedEvent& event : answer->events()) {
      std::vector<Hash> proof(event.proof_size());
      for (int i = 0; i < event.proof_size(); ++i) {
        ASSERT_EQ(event.proof(i).size(), proof[i].size());
        std::copy(event.proof(i).begin(), event.proof(i).end(), proof[i].begin());
      }
      const auto root = RootByInclusion(LeafHash(event.event().entry()), event.event().position(),
                                        answer->true_at().position(), proof);
      ASSERT_TRUE(root.has_value());
      EXPECT_EQ(AsBytes(*root), answer->root());
    }
  }
}

TEST_F(ExplainTest, ADifferenceIsToldWithBothNumbers) {
  v1::ExplainRequest request = ProgramPaid();
  const auto whole = Call(&v1::AuditService::Stub::Explain, request);
  const PageTokens pages(parts().vault().page_token_key());
  request.set_page_token(pages.Encode(
      PageScope(request),
      {whole.true_at().position(), PlaceOf({1, static_cast<uint64_t>(whole.figure() + 1)})}));
  const grpc::Status status = Refused(request);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::DATA_LOSS);
  EXPECT_THAT(status.error_message(), AllOf(HasSubstr(absl::StrCat(whole.figure(), ",")),
                                            HasSubstr(absl::StrCat(whole.figure() + 1, "."))));
}

TEST_F(ExplainTest, SaysWhatDoesNotFit) {
  struct Case {
    const char* text;
    grpc::StatusCode code;
    const char* field;
  };
  const Case cases[] = {
      {"program: 'KJS'", grpc::INVALID_ARGUMENT, "figure"},
      {"program: 'KJS' figure: 99", grpc::INVALID_ARGUMENT, "figure"},
      {"program: 'KJS' figure: 4 group_by: 77", grpc::INVALID_ARGUMENT, "group_by"},
      {"figure: BALANCE_FIGURE_PAID", grpc::INVALID_ARGUMENT, "program"},
      {"program: 'KJS' tranche: 1 figure: 4", grpc::INVALID_ARGUMENT, "tranche"},
      {"program: 'KJS' group_by: 2 figure: 4", grpc::INVALID_ARGUMENT, "tranche"},
      {"program: 'KJS' group_by: 2 tranche: 1 batch: 1 figure: 4", grpc::INVALID_ARGUMENT, "batch"},
      {"program: 'KJS' group_by: 3 tranche: 1 figure: 4", grpc::INVALID_ARGUMENT, "batch"},
      {"program: 'KJS' group_by: 4 figure: 4", grpc::INVALID_ARGUMENT, "area"},
      {"program: 'KJS' group_by: 4 area: '3374' figure: 4", grpc::INVALID_ARGUMENT, "area"},
      {"program: 'KJS' group_by: 5 recipient: 1 figure: 4", grpc::INVALID_ARGUMENT, "program"},
      {"group_by: 5 figure: 4", grpc::INVALID_ARGUMENT, "recipient"},
      {"program: 'NONE' figure: 4", grpc::NOT_FOUND, "program"},
      {"program: 'KJS' group_by: 2 tranche: 9 figure: 4", grpc::NOT_FOUND, ""},
      {"program: 'KJS' group_by: 3 tranche: 1 batch: 9 figure: 4", grpc::NOT_FOUND, ""},
      {"program: 'KJS' group_by: 4 area: '33.02' figure: 4", grpc::NOT_FOUND, ""},
      {"group_by: 5 recipient: 99999 figure: 4", grpc::NOT_FOUND, "recipient"},
      {"program: 'KJS' figure: 4 read { as_of_position: 999999 }", grpc::OUT_OF_RANGE, nullptr},
      {"program: 'KJS' figure: 4 page_token: 'AAAA'", grpc::INVALID_ARGUMENT, nullptr},
  };
  for (const Case& wrong : cases) {
    SCOPED_TRACE(wrong.text);
    v1::ExplainRequest request;
    google::protobuf::TextFormat::Parser parser;
    parser.AllowUnknownField(false);
    ASSERT_TRUE(parser.ParseFromString(wrong.text, &request));
    const grpc::Status status = Refused(request);
    EXPECT_EQ(status.error_code(), wrong.code) << status.error_message();
    if (wrong.field == nullptr) continue;
    const std::vector<v1::Refusal> refusals = RefusalsOf(status);
    ASSERT_EQ(refusals.size(), 1u);
    EXPECT_EQ(refusals[0].field(), wrong.field);
  }
}

}  // namespace
}  // namespace bansos::testing
