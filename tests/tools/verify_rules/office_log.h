// OfficeLog: a small year of the office, made by the server's own rules, codec and vault, in a
// directory of its own: every kind of event that this version of the rules allows stands in it at
// least twice where that is possible, so that one can be exchanged for another.
//
// The vault is closed when the story is told. For one test, single-threaded.
#ifndef TESTS_TOOLS_VERIFY_RULES_OFFICE_LOG_H_
#define TESTS_TOOLS_VERIFY_RULES_OFFICE_LOG_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "bansos/ledger/v1/sealed.pb.h"
#include "ledger/domain/event.h"
#include "ledger/domain/state.h"
#include "ledger/vault/vault.h"
#include "tests/log/scratch_directory.h"

namespace bansos::testing {

// In which order the eligible are decreed, until no place is free.
enum class DecreeBy { kNumber, kRank, kRankOfTheBestReversed };

class OfficeLog {
 public:
  // `people` persons (12 at least) and one institution; `quota` places (5 at least).
  explicit OfficeLog(uint64_t people, uint32_t quota = 60, DecreeBy order = DecreeBy::kNumber);

  const std::vector<std::string>& entries() const { return entries_; }
  std::string vault_directory() const { return directory_.path() + "/vault"; }
  std::string key_file() const { return directory_.path() + "/key"; }

 private:
  struct Person {
    uint64_t number = 0;
    ledger::v1::SealedIdentity identity;
    int64_t decile = 0;  // 0: unknown
    uint64_t payee_position = 0;
    uint32_t facts = 0;
  };

  // Returns the position. REQUIRES: the rules accept it.
  uint64_t Do(Command command);
  uint64_t Do(Command command, Document document);
  std::string Seal(uint64_t recipient, SealedField field, const google::protobuf::Message& plain);

  // The year in the order in which it is told.
  void Found();
  void RegisterPeople(uint64_t count);
  void RegisterInstitution();
  void AssignPayees();
  void Assess();
  void ProposeAndDecide();
  void Decree();
  void CorrectIdentities();
  void DraftAndRelease(uint32_t tranche);
  void SendAll(uint32_t tranche);
  void ReportAll(uint32_t tranche);
  void HoldAndResolve();
  void ReissueAndRemit(uint32_t tranche);
  void EndSome();

  Command StepOf(Command step, uint32_t round) const;
  Command Report(uint64_t recipient, uint32_t tranche, ReportKind kind, Date value_date);

  ScratchDirectory directory_;
  std::unique_ptr<Vault> vault_;
  const uint32_t quota_;
  const DecreeBy order_;
  State state_;
  int64_t now_us_;
  std::vector<std::string> entries_;
  std::vector<Person> people_;
  std::vector<Person*> entitled_;
  uint64_t file_ = 0;
  uint64_t line_ = 0;
};

}  // namespace bansos::testing

#endif  // TESTS_TOOLS_VERIFY_RULES_OFFICE_LOG_H_
