// Invariant 8 for the vault's own files: no identity, account or KK stands in them in clear or
// under a hash that anyone could compute, neither in the WAL before a flush nor in tables after it.
#include <rocksdb/db.h>
#include <sodium.h>

#include "ledger/base/hash.h"
#include "tests/support/clear_text_places.h"
#include "tests/vault/vault_fixture.h"

namespace bansos::testing {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;

constexpr uint64_t kPersons = 300;

class VaultPrivacyTest : public VaultTest {
 protected:
  VaultPrivacyTest() {
    for (uint64_t i = 0; i < kPersons; ++i) {
      niks_.push_back(absl::StrCat(3374014507800001 + i));
      kks_.push_back(absl::StrCat(3374010101150001 + i));
      accounts_.push_back(absl::StrCat(3001000001 + i * 7919));
      names_.push_back(absl::StrCat("SITI AMINAH BINTI SLAMET ", 1000 + i));
    }
    CHECK_OK(Reopen());
    FillVault();
  }

  void FillVault() {
    std::vector<std::string> identities;
    for (const std::string& nik : niks_) identities.push_back("nik:" + nik);
    const auto reserved = vault_->ReserveRecipients(identities);
    CHECK_OK(reserved.status());
    CHECK_OK(vault_->ReserveTokens(TokenKind::kAccount, accounts_).status());
    CHECK_OK(vault_->ReserveTokens(TokenKind::kKk, kks_).status());
    for (uint64_t i = 0; i < kPersons; ++i) {
      const std::string plaintext = absl::StrCat(niks_[i], names_[i], kks_[i], accounts_[i]);
      const auto sealed = vault_->Seal((*reserved)[i].number, SealedField::kIdentity, 1, plaintext);
      CHECK_OK(sealed.status());
      sealed_ += *sealed;
    }
  }

  // The secrets themselves, and the hashes of them that anyone can compute.
  std::vector<std::string> Secrets() const {
    std::vector<std::string> secrets;
    for (const auto* values : {&niks_, &kks_, &accounts_, &names_}) {
      for (const std::string& value : *values) {
        secrets.push_back(value);
        for (const std::string& hashed : {value, "nik:" + value}) {
          secrets.emplace_back(AsBytes(Sha256(hashed)));
          std::string blake2b(32, '\0');
          crypto_generichash(reinterpret_cast<uint8_t*>(blake2b.data()), blake2b.size(),
                             reinterpret_cast<const uint8_t*>(hashed.data()), hashed.size(),
                             nullptr, 0);
          secrets.push_back(blake2b);
        }
      }
    }
    return secrets;
  }

  // Puts `row` into the closed vault, as a careless programmer would.
  void Plant(const std::string& key, const std::string& value, bool flush) {
    vault_.reset();
    rocksdb::DB* opened = nullptr;
    CHECK(rocksdb::DB::Open(rocksdb::Options(), options_.directory, &opened).ok());
    const std::unique_ptr<rocksdb::DB> db(opened);
    CHECK(db->Put({}, key, value).ok());
    if (flush) {
      CHECK(db->Flush({}).ok());
    }
  }

  // Moves everything from the WAL into tables.
  void Flush() { Plant("x", "y", true); }

  std::vector<std::string> niks_, kks_, accounts_, names_;
  std::string sealed_;
};

TEST_F(VaultPrivacyTest, NothingInClearBeforeAndAfterTheFlush) {
  const ClearTextSearch search(Secrets());
  EXPECT_THAT(search.Search(sealed_), IsEmpty());
  ASSERT_OK_AND_ASSIGN(const auto in_wal, SearchFolder(search, folder_));
  EXPECT_THAT(in_wal, IsEmpty());
  Flush();
  ASSERT_OK_AND_ASSIGN(const auto in_tables, SearchFolder(search, folder_));
  EXPECT_THAT(in_tables, IsEmpty());
  ASSERT_OK_AND_ASSIGN(const auto decoded, SearchDatabase(search, options_.directory));
  EXPECT_THAT(decoded, IsEmpty());
}

TEST_F(VaultPrivacyTest, SearchSeesWhatIsPlanted) {
  const ClearTextSearch search(Secrets());
  const std::string nik_integer = [&] {
    std::string bytes;
    for (int shift = 0; shift < 64; shift += 8) {
      bytes.push_back(static_cast<char>(std::stoull(niks_[200]) >> shift));
    }
    return bytes;
  }();
  const std::string plain_hash(AsBytes(Sha256("nik:" + niks_[5])));
  int row = 0;
  for (const std::string& leak :
       {niks_[0], nik_integer, accounts_[299], kks_[7], names_[123], plain_hash}) {
    Plant(absl::StrCat("planted", row++), "value " + leak + " end", false);
    ASSERT_OK_AND_ASSIGN(const auto in_wal, SearchFolder(search, folder_));
    EXPECT_THAT(in_wal, Not(IsEmpty())) << row;
    ASSERT_OK_AND_ASSIGN(const auto decoded, SearchDatabase(search, options_.directory));
    EXPECT_EQ(decoded.size(), static_cast<size_t>(row));
  }
  Plant("planted key " + niks_[9], "", true);
  ASSERT_OK_AND_ASSIGN(const auto decoded, SearchDatabase(search, options_.directory));
  EXPECT_EQ(decoded.size(), static_cast<size_t>(row) + 1);
}

}  // namespace
}  // namespace bansos::testing
