// A holder's name that is far from the registered one: told at once, an exception until it agrees
// or is confirmed, and nothing of either name in the log.
#include <gmock/gmock.h>

#include "tests/grpc/office_fixture.h"

namespace bansos::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class PayeeNameTest : public OfficeFixture {
 protected:
  static v1::PayeeAssignment Payee(uint64_t recipient, const std::string& holder_name) {
    v1::PayeeAssignment item;
    item.mutable_recipient()->set_number(recipient);
    item.set_channel(ledger::v1::CHANNEL_BANK_ACCOUNT);
    item.set_holder(ledger::v1::HOLDER_SELF);
    item.mutable_details()->set_account_number(AccountOf(static_cast<int>(recipient)));
    item.mutable_details()->set_bank("Bank Jateng");
    item.mutable_details()->set_holder_name(holder_name);
    return item;
  }

  v1::AssignPayeesResponse Assign(const std::vector<v1::PayeeAssignment>& items,
                                  const std::string& letter) {
    v1::AssignPayeesRequest request;
    *request.mutable_basis() = Letter("SPTJM", letter);
    for (const v1::PayeeAssignment& item : items) *request.add_items() = item;
    return Call(&v1::RecipientService::Stub::AssignPayees, request, "account-desk");
  }

  // The recipients of the exceptions.
  std::vector<uint64_t> Open() {
    v1::ListExceptionsRequest request;
    request.mutable_read()->set_min_position(parts().log().Head().size);
    request.add_kinds(v1::EXCEPTION_KIND_PAYEE_NAME_DIFFERS);
    const auto response = Call(&v1::AuditService::Stub::ListExceptions, request);
    EXPECT_EQ(response.counts(0).count(), static_cast<uint64_t>(response.exceptions_size()));
    std::vector<uint64_t> open;
    for (const v1::Exception& exception : response.exceptions()) {
      EXPECT_THAT(exception.positions(), SizeIs(1));
      open.insert(open.end(), exception.recipients().begin(), exception.recipients().end());
    }
    return open;
  }

  void CorrectName(uint64_t recipient, const std::string& name) {
    v1::CorrectIdentitiesRequest correct;
    *correct.mutable_basis() = Letter("SURAT", "C-1");
    v1::IdentityCorrection& item = *correct.add_items();
    item.mutable_recipient()->set_number(recipient);
    item.set_area("33.74");
    item.mutable_identity()->set_name(name);
    item.mutable_identity()->set_kk(KkOf(0));
    ExpectAllAccepted(Call(&v1::RecipientService::Stub::CorrectIdentities, correct).outcomes(), 1);
  }
};

TEST_F(PayeeNameTest, IsAnExceptionUntilItAgreesOrIsConfirmed) {
  OpenOffice();
  const std::vector<uint64_t> people = Register(0, 5);
  v1::PayeeAssignment guardian = Payee(people[2], "Tuminah Lestari");
  guardian.set_holder(ledger::v1::HOLDER_GUARDIAN);
  v1::PayeeAssignment cash = Payee(people[3], "Tuminah Lestari");
  cash.set_channel(ledger::v1::CHANNEL_POST_CASH);
  cash.mutable_details()->clear_account_number();
  const auto first = Assign({Payee(people[0], "Tuminah Lestari"), Payee(people[1], "WARGA CONTOH"),
                             guardian, cash, Payee(people[4], "")},
                            "1");
  ExpectAllAccepted(first.outcomes(), 5);
  EXPECT_THAT(first.names_differ(), ElementsAre(0, 4));
  EXPECT_THAT(Open(), ElementsAre(people[0], people[4]));

  v1::PayeeAssignment confirmed = Payee(people[0], "Tuminah Lestari");
  confirmed.set_name_confirmed(true);
  EXPECT_THAT(Assign({confirmed}, "2").names_differ(), IsEmpty());
  EXPECT_THAT(Open(), ElementsAre(people[4]));
  EXPECT_THAT(Assign({Payee(people[4], "Contoh, Warga")}, "2").names_differ(), IsEmpty());
  EXPECT_THAT(Open(), IsEmpty());
  // Confirmed is a name by its document, not the recipient for ever.
  EXPECT_THAT(Assign({Payee(people[0], "Sukarman")}, "3").names_differ(), ElementsAre(0));
  EXPECT_THAT(Open(), ElementsAre(people[0]));
}

TEST_F(PayeeNameTest, IsComparedWithTheNameThatStands) {
  OpenOffice();
  const std::vector<uint64_t> people = Register(0, 1);
  CorrectName(people[0], "Tuminah Lestari");
  EXPECT_THAT(Assign({Payee(people[0], "TUMINAH LESTARI")}, "1").names_differ(), IsEmpty());
  EXPECT_THAT(Assign({Payee(people[0], "Warga Contoh")}, "2").names_differ(), ElementsAre(0));
}

TEST_F(PayeeNameTest, ARetryAfterTheNameWasCorrectedIsARetry) {
  OpenOffice();
  const std::vector<uint64_t> people = Register(0, 1);
  const auto first = Assign({Payee(people[0], "Warga Contoh")}, "1");
  EXPECT_THAT(first.names_differ(), IsEmpty());
  CorrectName(people[0], "Tuminah Lestari");
  const auto again = Assign({Payee(people[0], "Warga Contoh")}, "1");
  ASSERT_THAT(again.outcomes().accepted(), SizeIs(1));
  EXPECT_TRUE(again.outcomes().accepted(0).already_recorded());
  EXPECT_EQ(again.outcomes().accepted(0).first_position(),
            first.outcomes().accepted(0).first_position());
}

TEST_F(PayeeNameTest, NeitherNameStandsInTheLog) {
  OpenOffice();
  const std::vector<uint64_t> people = Register(0, 1);
  Assign({Payee(people[0], "Tuminah Lestari")}, "1");
  for (uint64_t position = 0; position < parts().log().Head().size; ++position) {
    const auto entry = parts().log().Read(Position(position));
    ASSERT_TRUE(entry.ok());
    EXPECT_THAT(*entry, Not(HasSubstr("Tuminah")));
    EXPECT_THAT(*entry, Not(HasSubstr("Warga")));
  }
}

TEST_F(PayeeNameTest, WhoIsNotRegisteredIsUnknown) {
  OpenOffice();
  const auto response = Assign({Payee(77, "Tuminah Lestari")}, "1");
  ASSERT_THAT(response.outcomes().refusals(), SizeIs(1));
  EXPECT_EQ(response.outcomes().refusals(0).code(), "RECIPIENT_UNKNOWN");
  EXPECT_THAT(response.names_differ(), IsEmpty());
}

}  // namespace
}  // namespace bansos::testing
