// DecreeOrder: whether those decreed for a limited quota come before those left behind (rule 3):
// lower decile first, then earlier decision.
//
// A decree is all entries of one document in one programme. It is over quota when at its first
// entry more candidates are eligible than places are free, and after its last one still. Then
// nobody who was eligible all through it (decided before its first entry, and still waiting after
// its last) may rank before one whom it decrees. Eligible is who has an eligible decision of the
// present facts, lives and is not entitled in the programme.
//
// Each event costs a look-up in trees as large as the candidates that wait, whatever the decrees.
// Not thread-safe. No reason holds a decile.
#ifndef TOOLS_BANSOS_VERIFY_KEYS_DECREE_ORDER_H_
#define TOOLS_BANSOS_VERIFY_KEYS_DECREE_ORDER_H_

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>

#include "absl/container/flat_hash_map.h"
#include "bansos/ledger/v1/event.pb.h"
#include "tools/bansos-verify/keys/assessed_values.h"
#include "tools/bansos-verify/replay/state.h"
#include "tools/bansos-verify/rules/event_check.h"

namespace bansos::verify {

class DecreeOrder {
 public:
  // Takes the event at the last position of `state`. REQUIRES: every rule allowed it, and `values`
  // has its assessment.
  void Take(const replay::State& state, const ledger::v1::Event& event,
            const AssessedValues& values);

  // After the last event: the fault kDecreeOrder of the first entry that should not be.
  std::optional<Fault> Finish() const;

 private:
  // Deciles 1 to 10; after them who has none.
  static constexpr size_t kRankClasses = 11;

  struct Rank {
    size_t rank_class = 0;
    uint64_t decision = 0;
    auto operator<=>(const Rank&) const = default;
  };

  // Who waits in a programme: recipients by the position of their decision, in each class.
  struct Waiting {
    std::array<std::map<uint64_t, uint64_t>, kRankClasses> classes;
    size_t count = 0;
  };

  struct Decree {
    uint64_t first = 0;  // position
    bool over_quota = false;
    // The entry that ranks last.
    Rank last_rank;
    uint64_t last_position = 0;
    uint64_t last_recipient = 0;
    // Who was left behind and ranks before it, as far as the entries so far tell.
    std::optional<uint64_t> left_behind;
  };

  // Programme, kind and number of the document.
  using DecreeId = std::tuple<std::string, std::string, std::string>;

  static Rank RankOf(const AssessedValues& values, uint64_t recipient, uint64_t decision);
  // Puts away where the recipient waits and is not eligible any more.
  void Leave(const replay::State& state, uint64_t recipient);
  void Take(const replay::State& state, const ledger::v1::EligibilityDecided& decided,
            const AssessedValues& values);
  void Take(const replay::State& state, const ledger::v1::Document& document,
            const ledger::v1::RecipientDecreed& decreed, const AssessedValues& values);
  static std::optional<uint64_t> FirstBefore(const Waiting& waiting, const Decree& decree);

  std::map<std::string, Waiting> waiting_;  // by programme
  // Where a recipient waits: rank by programme.
  absl::flat_hash_map<uint64_t, std::map<std::string, Rank>> ranks_;
  std::map<DecreeId, Decree> decrees_;
};

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_KEYS_DECREE_ORDER_H_
