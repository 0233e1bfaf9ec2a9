#include "ledger/vault/number_table.h"

#include <rocksdb/write_batch.h>

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"
#include "ledger/base/status_macros.h"
#include "ledger/vault/limits.h"
#include "ledger/vault/vault_store.h"

namespace bansos {
namespace {

constexpr std::string_view kIndexContext = "bnsindex";
constexpr uint64_t kHmacSubkey = 1;
constexpr uint64_t kTagSubkey = 2;

constexpr size_t kIndexValueBytes = 8 + kIndexTagBytes;

const uint8_t* TextBytes(std::string_view text) {
  return reinterpret_cast<const uint8_t*>(text.data());
}

absl::Status CheckValue(std::string_view value) {
  if (value.empty() || value.size() > kMaxIdentityBytes) {
    return absl::InvalidArgumentError(absl::StrCat("identity or token value of ", value.size(),
                                                   " bytes; it must have 1 to ",
                                                   kMaxIdentityBytes));
  }
  return absl::OkStatus();
}

absl::Status DamagedRow(RowTable index, absl::string_view what) {
  return absl::DataLossError(
      absl::StrCat("vault: row of index ", static_cast<int>(index), " is damaged: ", what));
}

std::string NumberBytes(uint64_t number) {
  std::string bytes;
  AppendU64(bytes, number);
  return bytes;
}

}  // namespace

absl::StatusOr<std::unique_ptr<NumberTable>> NumberTable::Load(VaultStore& store, RowTable index,
                                                               const SecretKey& key) {
  ASSIGN_OR_RETURN(const std::optional<std::string> next, store.Get(NextNumberRowKey(index)));
  if (!next.has_value() || next->size() != 8 || LoadBigEndian<uint64_t>(*next) == 0) {
    return DamagedRow(index, "there is no next number");
  }
  return std::unique_ptr<NumberTable>(
      new NumberTable(store, index, key, LoadBigEndian<uint64_t>(*next)));
}

NumberTable::NumberTable(VaultStore& store, RowTable index, const SecretKey& key, uint64_t next)
    : store_(store), index_(index), tag_key_(key.Subkey(kTagSubkey, kIndexContext)), next_(next) {
  const SecretKey hmac_key = key.Subkey(kHmacSubkey, kIndexContext);
  const auto domain = static_cast<uint8_t>(index);
  crypto_auth_hmacsha256_init(&hmac_start_, hmac_key.data(), SecretKey::kBytes);
  crypto_auth_hmacsha256_update(&hmac_start_, &domain, 1);
}

NumberTable::~NumberTable() { sodium_memzero(&hmac_start_, sizeof(hmac_start_)); }

void NumberTable::StageFirst(RowTable index, rocksdb::WriteBatch& batch) {
  batch.Put(NextNumberRowKey(index), NumberBytes(1));
}

std::string NumberTable::RowKey(std::string_view value) const {
  crypto_auth_hmacsha256_state state = hmac_start_;
  crypto_auth_hmacsha256_update(&state, TextBytes(value), value.size());
  uint8_t hmac[crypto_auth_hmacsha256_BYTES];
  crypto_auth_hmacsha256_final(&state, hmac);
  std::string row_key = TableRowKey(index_);
  row_key.append(reinterpret_cast<const char*>(hmac), sizeof(hmac));
  return row_key;
}

std::string NumberTable::RowValue(std::string_view row_key, uint64_t number) const {
  CHECK(number > 0);
  std::string value;
  value.reserve(kIndexValueBytes);
  AppendU64(value, number);
  std::string message(row_key);
  message.append(value);
  uint8_t tag[kIndexTagBytes];
  CHECK(crypto_generichash(tag, sizeof(tag), TextBytes(message), message.size(), tag_key_.data(),
                           SecretKey::kBytes) == 0);
  value.append(reinterpret_cast<const char*>(tag), sizeof(tag));
  CHECK(value.size() == kIndexValueBytes);
  return value;
}

absl::StatusOr<uint64_t> NumberTable::ParseRow(std::string_view row_key,
                                               std::string_view value) const {
  if (value.size() != kIndexValueBytes) return DamagedRow(index_, "wrong length");
  const auto number = LoadBigEndian<uint64_t>(value);
  const std::string expected = RowValue(row_key, number);
  if (sodium_memcmp(expected.data(), value.data(), kIndexValueBytes) != 0) {
    return DamagedRow(index_, "its number does not authenticate");
  }
  if (number == 0 || number >= next()) {
    return DamagedRow(index_, absl::StrCat("number ", number, " was never given out"));
  }
  return number;
}

absl::StatusOr<std::vector<uint64_t>> NumberTable::Numbers(
    absl::Span<const std::string> row_keys) const {
  ASSIGN_OR_RETURN(const std::vector<std::optional<std::string>> rows, store_.GetAll(row_keys));
  CHECK(rows.size() == row_keys.size());
  std::vector<uint64_t> numbers(rows.size(), 0);
  for (size_t i = 0; i < rows.size(); ++i) {
    if (!rows[i].has_value()) continue;
    ASSIGN_OR_RETURN(numbers[i], ParseRow(row_keys[i], *rows[i]));
  }
  return numbers;
}

absl::StatusOr<std::optional<uint64_t>> NumberTable::Find(std::string_view value) const {
  RETURN_IF_ERROR(CheckValue(value));
  const std::string row_key = RowKey(value);
  ASSIGN_OR_RETURN(const std::optional<std::string> row, store_.Get(row_key));
  if (!row.has_value()) return std::nullopt;
  ASSIGN_OR_RETURN(const uint64_t number, ParseRow(row_key, *row));
  return number;
}

absl::StatusOr<std::vector<NumberedValue>> NumberTable::Reserve(
    absl::Span<const std::string> values, const StageNew& stage_new) {
  if (values.size() > kMaxReservationsPerCall) {
    return absl::InvalidArgumentError(absl::StrCat(values.size(), " values in one call, at most ",
                                                   kMaxReservationsPerCall, " are allowed"));
  }
  std::vector<std::string> row_keys;
  row_keys.reserve(values.size());
  for (const std::string& value : values) {
    RETURN_IF_ERROR(CheckValue(value));
    row_keys.push_back(RowKey(value));
  }

  const uint64_t writes_before = writes_.load();
  ASSIGN_OR_RETURN(std::vector<uint64_t> known, Numbers(row_keys));
  if (std::find(known.begin(), known.end(), 0u) == known.end()) {
    std::vector<NumberedValue> all_known;
    all_known.reserve(known.size());
    for (const uint64_t number : known) all_known.push_back({number, false});
    return all_known;
  }

  const std::lock_guard lock(mutex_);
  // Another caller's rows became visible since: look again, now that nobody else can add any.
  if (writes_.load() != writes_before) {
    ASSIGN_OR_RETURN(known, Numbers(row_keys));
  }
  return AssignMissing(row_keys, known, stage_new);
}

absl::StatusOr<std::vector<NumberedValue>> NumberTable::AssignMissing(
    absl::Span<const std::string> row_keys, absl::Span<const uint64_t> known,
    const StageNew& stage_new) {
  CHECK(known.size() == row_keys.size());
  rocksdb::WriteBatch batch;
  absl::flat_hash_map<std::string_view, uint64_t> assigned;
  std::vector<NumberedValue> numbers;
  numbers.reserve(row_keys.size());
  uint64_t number = next();
  for (size_t i = 0; i < row_keys.size(); ++i) {
    if (known[i] != 0) {
      numbers.push_back({known[i], false});
      continue;
    }
    const auto [at, created] = assigned.try_emplace(row_keys[i], number);
    numbers.push_back({at->second, created});
    if (!created) continue;
    if (stage_new) stage_new(number, batch);
    ++number;
  }
  CHECK(numbers.size() == row_keys.size() && number == next() + assigned.size());
  if (assigned.empty()) return numbers;
  // In key order: each memtable insert then starts near the one before it.
  std::vector<std::pair<std::string_view, uint64_t>> rows(assigned.begin(), assigned.end());
  std::sort(rows.begin(), rows.end());
  for (const auto& [row_key, new_number] : rows) {
    batch.Put(row_key, RowValue(row_key, new_number));
  }
  RETURN_IF_ERROR(WriteNext(number, batch));
  return numbers;
}

absl::Status NumberTable::WriteNext(uint64_t next, rocksdb::WriteBatch& batch) {
  CHECK(next > next_.load()) << "a number would be given out twice";
  batch.Put(NextNumberRowKey(index_), NumberBytes(next));
  next_.store(next);  // before the write: invariant 1
  RETURN_IF_ERROR(store_.Write(batch));
  writes_.fetch_add(1);
  return absl::OkStatus();
}

}  // namespace bansos
