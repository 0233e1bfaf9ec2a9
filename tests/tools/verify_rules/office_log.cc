#include "tests/tools/verify_rules/office_log.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "ledger/base/check.h"
#include "ledger/domain/decide.h"
#include "ledger/event/codec.h"
#include "tests/support/commands.h"

namespace bansos::testing {
namespace {

constexpr uint32_t kQuota = 50;
constexpr int64_t kSecondUs = 1'000'000;

template <typename Body>
Body& BodyOf(Command& command) {
  return std::get<Body>(std::get<EventBody>(command.body));
}

Command Act(std::string actor, EventBody body) {
  Command command;
  command.envelope.actor = std::move(actor);
  command.envelope.request_id = "request-1";
  command.body = std::move(body);
  return command;
}

ledger::v1::SealedIdentity IdentityOf(uint64_t person) {
  ledger::v1::SealedIdentity identity;
  identity.set_nik(absl::StrFormat("3374014507%02d%04d", 80 + person % 10, person));
  identity.set_name(absl::StrCat("Warga Contoh ", person));
  identity.set_birth_place("Semarang");
  identity.set_birth_date(19800705);
  identity.set_sex(ledger::v1::SEX_FEMALE);
  identity.set_address("Jalan Contoh 1");
  identity.set_kk(absl::StrFormat("337401050798%04d", person / 2 + 1));
  return identity;
}

uint64_t TokenOf(Vault& vault, TokenKind kind, const std::string& value) {
  const auto tokens = vault.ReserveTokens(kind, {value});
  CHECK_OK(tokens.status());
  return tokens->front();
}

}  // namespace

OfficeLog::OfficeLog(uint64_t people, uint32_t quota, DecreeBy order)
    : quota_(quota), order_(order), now_us_(kTestTimeUs) {
  auto vault = Vault::Open({.directory = vault_directory(),
                            .key_file = key_file(),
                            .create_if_missing = true,
                            .cached_keys = 64});
  CHECK_OK(vault.status());
  vault_ = *std::move(vault);
  Found();
  RegisterPeople(people);
  RegisterInstitution();
  AssignPayees();
  Assess();
  ProposeAndDecide();
  Decree();
  CorrectIdentities();
  for (const uint32_t tranche : {1u, 2u}) {
    DraftAndRelease(tranche);
    SendAll(tranche);
    ReportAll(tranche);
    ReissueAndRemit(tranche);
  }
  HoldAndResolve();
  EndSome();
  vault_.reset();
}

uint64_t OfficeLog::Do(Command command) {
  now_us_ += kSecondUs;
  const Decision decision = bansos::Decide(state_, command, now_us_);
  const auto* refusal = std::get_if<Refusal>(&decision);
  CHECK(refusal == nullptr) << entries_.size() << ": " << TextOf(refusal->code).name << " "
                            << refusal->detail;
  const Event& event = std::get<Event>(decision);
  entries_.push_back(EncodeEvent(event));
  CHECK_OK(Evolve(state_, event));
  return entries_.size() - 1;
}

uint64_t OfficeLog::Do(Command command, Document document) {
  command.envelope.document = std::move(document);
  return Do(std::move(command));
}

std::string OfficeLog::Seal(uint64_t recipient, SealedField field,
                            const google::protobuf::Message& plain) {
  const auto sealed = vault_->Seal(RecipientNumber(recipient), field, 1, plain.SerializeAsString());
  CHECK_OK(sealed.status());
  return *sealed;
}

void OfficeLog::Found() {
  Do(OpenLedger());
  Do(PublishAreas());
  CataloguePublished catalogue{"DT-JATENG", 1, "Pergub 1/2025", 20250101, {}};
  catalogue.indicators = {{1, "desil", IndicatorKind::kNumber, "1-10", "decile", "DTKS", {{1, 10}}},
                          {2, "since", IndicatorKind::kDate, "", "poor since", "DTKS", {}},
                          {3, "name", IndicatorKind::kIdentity, "", "name", "DTKS", {}},
                          {4, "floor", IndicatorKind::kCoded, "", "floor", "DT", {{1, 3}, {8, 9}}}};
  Do(Act("operator", catalogue));
  Do(SetPolicy(1, 30));
  Do(SetPolicy(2, 60));
  Do(OpenProgram(kTestProgram, kQuota));
  Command rules = PublishRuleSet();
  Expression poor;
  poor.op = Operator::kLessOrEqual;
  poor.indicator = "desil";
  poor.numbers = {4};
  Expression since;
  since.op = Operator::kLess;
  since.indicator = "since";
  since.numbers = {20250101};
  auto& criteria = BodyOf<RuleSetPublished>(rules).criteria;
  criteria.insert(criteria.begin(), {"poor", "decile at most 4", poor});
  criteria.push_back({"long", "poor before this year", since});
  Do(rules);
  Do(Appropriate(300 * kTestAmount));
  Do(Appropriate(-100 * kTestAmount, "2"));
  ProgramAmended amended{kTestProgram, quota_, {}};
  for (uint32_t number = 1; number <= kTestTranches; ++number) {
    amended.tranches.push_back({number, kTestAmount, static_cast<Date>(20250001 + number * 300)});
  }
  Do(Act("officer", amended), MakeDocument("SK", "0"));
}

void OfficeLog::RegisterPeople(uint64_t count) {
  for (uint64_t person = 1; person <= count; ++person) {
    Person& added = people_.emplace_back();
    added.identity = IdentityOf(person);
    const auto reserved = vault_->ReserveRecipients({"nik:" + added.identity.nik()});
    CHECK_OK(reserved.status());
    added.number = reserved->front().number.value();
    Command registered = Register(added.number);
    auto& body = BodyOf<RecipientRegistered>(registered);
    body.kk_token = KkToken(TokenOf(*vault_, TokenKind::kKk, added.identity.kk()));
    body.key_commitment = reserved->front().key_commitment;
    body.sealed_identity = Seal(added.number, SealedField::kIdentity, added.identity);
    Do(registered);
    ++added.facts;
  }
}

void OfficeLog::RegisterInstitution() {
  const auto reserved = vault_->ReserveRecipients({"inst:LKS-33/7"});
  CHECK_OK(reserved.status());
  Command registered = Register(reserved->front().number.value());
  auto& body = BodyOf<RecipientRegistered>(registered);
  body.kind = RecipientKind::kInstitution;
  body.kk_token = KkToken(0);
  body.key_commitment = reserved->front().key_commitment;
  ledger::v1::SealedIdentity identity;
  identity.set_registration_number("lks-33/7");
  identity.set_name("Panti Contoh");
  body.sealed_identity = Seal(body.recipient.value(), SealedField::kIdentity, identity);
  Do(registered);
}

void OfficeLog::AssignPayees() {
  for (Person& person : people_) {
    Command assigned = AssignPayee(person.number);
    auto& body = BodyOf<PayeeAssigned>(assigned);
    ledger::v1::SealedPayee payee;
    body.name_differs = person.number % 5 == 2;
    payee.set_holder_name(body.name_differs ? "Tuminah" : person.identity.name());
    if (person.number % 5 == 0) {
      body.channel = Channel::kPostCash;
      body.account_token = AccountToken(0);
    } else {
      payee.set_bank("Bank Jateng");
      payee.set_account_number(absl::StrFormat("2-034-%06d", person.number));
      body.account_token = AccountToken(TokenOf(
          *vault_, TokenKind::kAccount, absl::StrFormat("BANKJATENG/2034%06d", person.number)));
    }
    body.sealed_details = Seal(person.number, SealedField::kPayeeDetails, payee);
    person.payee_position = Do(assigned);
  }
}

void OfficeLog::Assess() {
  for (Person& person : people_) {
    person.decile = static_cast<int64_t>(person.number % 7);
    ledger::v1::SealedAssessment values;
    if (person.decile != 0) {
      values.add_values()->set_indicator("desil");
      values.mutable_values(0)->set_value(person.decile);
    }
    ledger::v1::IndicatorValue& since = *values.add_values();
    since.set_indicator("since");
    since.set_value(20200101);
    Do(Act("surveyor", AssessmentRecorded{RecipientNumber(person.number), "DT-JATENG", 1, 20250105,
                                          Seal(person.number, SealedField::kAssessment, values)}),
       MakeDocument("BAST", "survey"));
    ++person.facts;
  }
}

void OfficeLog::ProposeAndDecide() {
  for (Person& person : people_) {
    Do(Propose(person.number));
    ++person.facts;
  }
  for (Person& person : people_) {
    Command decide = DecideEligible(person.number, person.facts);
    auto& body = BodyOf<EligibilityDecided>(decide);
    const RecipientState* recipient = state_.FindRecipient(RecipientNumber(person.number));
    body.assessment_position = recipient->assessment_position;
    const Truth poor = person.decile == 0   ? Truth::kUnknown
                       : person.decile <= 4 ? Truth::kTrue
                                            : Truth::kFalse;
    body.indicator_truths = {poor, Truth::kTrue};
    Do(decide);
    if (poor == Truth::kTrue) entitled_.push_back(&person);
  }
}

void OfficeLog::Decree() {
  if (order_ != DecreeBy::kNumber) {
    std::ranges::stable_sort(entitled_, {}, &Person::decile);
  }
  if (entitled_.size() > quota_) entitled_.resize(quota_);
  if (order_ == DecreeBy::kRankOfTheBestReversed) std::ranges::reverse(entitled_);
  uint32_t slot = 0;
  for (Person* person : entitled_) Do(bansos::testing::Decree(person->number, ++slot));
}

void OfficeLog::CorrectIdentities() {
  for (Person* person : {entitled_[0], entitled_[1]}) {
    person->identity.set_address("Jalan Contoh 2");
    Do(Act("registrar",
           IdentityCorrected{RecipientNumber(person->number), kTestArea,
                             KkToken(TokenOf(*vault_, TokenKind::kKk, person->identity.kk())),
                             Seal(person->number, SealedField::kIdentity, person->identity)}),
       MakeDocument("KTP", "1"));
  }
}

Command OfficeLog::StepOf(Command step, uint32_t round) const {
  std::visit(
      [&](auto& body) {
        if constexpr (requires { body.round; }) body.round = round;
      },
      std::get<EventBody>(step.body));
  return step;
}

void OfficeLog::DraftAndRelease(uint32_t tranche) {
  const auto count = static_cast<uint32_t>(entitled_.size()) - 1;
  Do(DraftBatch(1, tranche));
  for (const Person* person : entitled_) Do(Instruct(person->number, tranche));
  Do(Withdraw(entitled_.back()->number, tranche));
  Do(SubmitBatch(count, 1, tranche));
  Do(Act("verifier",
         BatchSentBack{{kTestProgram, tranche, 1}, 1, {count, count * kTestAmount, ""}}));
  Do(StepOf(SubmitBatch(count, 1, tranche), 2));
  Do(StepOf(VerifyBatch(count, 1, tranche), 2));
  Do(StepOf(ApproveBatch(count, 1, tranche), 2));
  Do(StepOf(ReleaseBatch(count, 1, tranche), 2));
}

void OfficeLog::EndSome() {
  Do(Die(entitled_[0]->number));
  Do(Die(entitled_[2]->number));
  Do(EndEntitlement(entitled_[0]->number, 1));
  Do(EndEntitlement(entitled_[2]->number, 3, 1, 2));
}

}  // namespace bansos::testing
