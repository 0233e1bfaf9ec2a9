#include "tests/grpc/disk_office.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <future>
#include <set>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "grpc/start_check.h"
#include "ledger/base/durable_files.h"
#include "ledger/base/status_macros.h"
#include "ledger/event/codec.h"
#include "ledger/event/state_codec.h"
#include "ledger/sequencer/start_up.h"
#include "projections/fold_run.h"
#include "tests/support/commands.h"
#include "tests/support/state_bytes.h"
#include "tests/support/status_matchers.h"

namespace bansos::testing {

DiskOffice::DiskOffice() : clock_(kTestTimeUs) {
  std::filesystem::create_directories(disk_ + "/keys");
}

DiskOffice::~DiskOffice() { Close(); }

absl::Status DiskOffice::Open() {
  RETURN_IF_ERROR(OpenStores());
  ASSIGN_OR_RETURN(State state, LoadState());
  RETURN_IF_ERROR(CheckVaultKnows(*vault_, *log_, state, [] { return true; }));
  workers_ = std::make_unique<WorkerPool>(2, 16, size_t{1} << 20);
  ASSIGN_OR_RETURN(sequencer_, Sequencer::Start({.log = log_.get(),
                                                 .clock = &clock_,
                                                 .workers = workers_.get(),
                                                 .state = std::move(state),
                                                 .on_fatal = [](const absl::Status&) {}}));
  views_ = std::make_unique<ViewSet>();
  auto records = std::make_unique<RecordsView>();
  records_ = records.get();
  views_->Add(std::move(records));
  projector_ = std::make_unique<Projector>(*log_, *snapshots_, *views_, ProjectorOptions());
  projector_->Start();
  return absl::OkStatus();
}

absl::Status DiskOffice::OpenStores() {
  const std::string data = disk_ + "/data";
  RETURN_IF_ERROR(CreateDirectoriesDurably(*files_, data));
  const bool is_new = !std::filesystem::exists(data + "/log");
  if (is_new) RETURN_IF_ERROR(OpenVault(/*create=*/true));
  ASSIGN_OR_RETURN(log_, RocksDbLog::Open({.directory = data + "/log",
                                           .anchor_path = data + "/anchor",
                                           .create_if_missing = true,
                                           .env = env_.get()}));
  if (!is_new) RETURN_IF_ERROR(OpenVault(/*create=*/false));
  ASSIGN_OR_RETURN(snapshots_, SnapshotStore::Open(data + "/views", env_.get()));
  return absl::OkStatus();
}

absl::Status DiskOffice::OpenVault(bool create) {
  ASSIGN_OR_RETURN(vault_, Vault::Open({.directory = disk_ + "/data/vault",
                                        .key_file = disk_ + "/keys/wrapping.key",
                                        .create_if_missing = create,
                                        .env = env_.get()}));
  return absl::OkStatus();
}

absl::StatusOr<State> DiskOffice::LoadState() {
  RecordsView snapshot;
  snapshots_->LoadNewest(snapshot, log_->Head().size, [&](const SnapshotPoint& stored) {
    const absl::StatusOr<SnapshotPoint> logged = PointAt(*log_, stored.size);
    return logged.ok() && logged->last_entry == stored.last_entry;
  });
  return FoldState(*log_, snapshot.state(), nullptr);
}

void DiskOffice::Close() {
  sequencer_.reset();
  projector_.reset();
  workers_.reset();
  views_.reset();
  snapshots_.reset();
  log_.reset();
  vault_.reset();
}

absl::Status DiskOffice::Work(uint64_t people) {
  std::vector<Command> founding = FoundLedger();
  // Only once: whoever says it again is told that the ledger is open.
  if (log_->Head().size == 0) RETURN_IF_ERROR(Record("opening", {founding.front()}));
  founding.erase(founding.begin());
  founding.push_back(DraftBatch());
  RETURN_IF_ERROR(Record("founding", std::move(founding)));
  for (uint64_t person = 1; person <= people; ++person) RETURN_IF_ERROR(BringIn(person));
  return absl::OkStatus();
}

absl::StatusOr<DiskOffice::Numbers> DiskOffice::Reserve(uint64_t person) {
  const auto remember = [&](const std::string& what, const std::string& told) {
    const auto [first, added] = reserved_.emplace(absl::StrCat(what, " of person ", person), told);
    EXPECT_EQ(first->second, told) << first->first;
  };
  Numbers numbers;
  ASSIGN_OR_RETURN(const auto recipients,
                   vault_->ReserveRecipients({absl::StrCat("nik:", person)}));
  numbers.recipient = recipients[0].number.value();
  numbers.key_commitment = recipients[0].key_commitment;
  remember("number", absl::StrCat(numbers.recipient));
  remember("key", numbers.key_commitment);
  ASSIGN_OR_RETURN(const auto kks,
                   vault_->ReserveTokens(TokenKind::kKk, {absl::StrCat("kk ", person)}));
  numbers.kk = kks[0];
  remember("KK token", absl::StrCat(numbers.kk));
  ASSIGN_OR_RETURN(const auto accounts,
                   vault_->ReserveTokens(TokenKind::kAccount, {absl::StrCat("BANK/", person)}));
  numbers.account = accounts[0];
  remember("account token", absl::StrCat(numbers.account));
  return numbers;
}

absl::Status DiskOffice::BringIn(uint64_t person) {
  ASSIGN_OR_RETURN(const Numbers numbers, Reserve(person));
  std::vector<Command> commands = Entitle(numbers.recipient);
  auto& registered = std::get<RecipientRegistered>(std::get<EventBody>(commands[0].body));
  registered.kk_token = KkToken(numbers.kk);
  registered.key_commitment = numbers.key_commitment;
  auto& payee = std::get<PayeeAssigned>(std::get<EventBody>(commands[1].body));
  payee.account_token = AccountToken(numbers.account);
  commands.push_back(Instruct(numbers.recipient));
  return Record(absl::StrCat("person ", person), std::move(commands));
}

absl::Status DiskOffice::Record(const std::string& what, std::vector<Command> commands) {
  std::promise<absl::StatusOr<WriteResult>> promise;
  sequencer_->Submit(WriteRequest{std::move(commands)}, [&](absl::StatusOr<WriteResult> answer) {
    promise.set_value(std::move(answer));
  });
  ASSIGN_OR_RETURN(const WriteResult result, promise.get_future().get());
  for (size_t i = 0; i < result.outcomes.size(); ++i) {
    const CommandOutcome& outcome = result.outcomes[i];
    const std::string command = absl::StrCat(what, ", command ", i);
    if (outcome.refusal.has_value()) {
      ADD_FAILURE() << command << ": " << Message(*outcome.refusal);
      return absl::InternalError("refused");
    }
    const auto [first, added] = recorded_.emplace(command, *outcome.position);
    EXPECT_EQ(first->second, *outcome.position) << command;
    EXPECT_TRUE(added || outcome.already_recorded) << command << " was recorded twice";
  }
  return absl::OkStatus();
}

void DiskOffice::ExpectAcknowledged() {
  const uint64_t size = log_->Head().size;
  for (const auto& [what, position] : recorded_) EXPECT_LT(position.value(), size) << what;
  std::map<std::string, std::set<std::string>> given;
  for (const auto& [what, told] : reserved_) {
    const std::string kind = what.substr(0, what.find(" of person"));
    EXPECT_TRUE(given[kind].insert(told).second) << what << " is another's too";
  }
  if (size == 0) return;  // views of nothing
  absl::Notification reached;
  projector_->CallAtPosition(size, [&] { reached.Notify(); });
  reached.WaitForNotification();
  ASSERT_OK(projector_->status());
  ASSERT_OK_AND_ASSIGN(const State folded, FoldState(*log_, State(), nullptr));
  ASSERT_OK(projector_->Read([&](const ViewSet&, const ProjectionHead&) {
    EXPECT_EQ(testing::StateBytes(records_->state()), testing::StateBytes(folded));
  }));
}

void DiskOffice::ExpectRegistered(uint64_t people) const {
  uint64_t registered = 0;
  ASSERT_OK(log_->ReadForward(
      Position(0), Position(log_->Head().size), [&](Position, std::string_view entry) {
        const absl::StatusOr<Event> event = DecodeEvent(entry);
        if (!event.ok()) return false;
        registered += std::holds_alternative<RecipientRegistered>(event->body);
        return true;
      }));
  EXPECT_EQ(registered, people);
}

}  // namespace bansos::testing
