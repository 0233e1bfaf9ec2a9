// Sealed values: the same argument the same bytes, any other argument or byte refused.
#include <set>

#include "tests/vault/vault_fixture.h"

namespace bansos::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr SealedField kField = SealedField::kIdentity;
constexpr char kPlaintext[] = "SITI AMINAH;3374014507800012";

// Format byte, nonce and tag around the padded value (docs/formats/sealing.md).
constexpr size_t kOverheadBytes = 1 + 24 + 16;

class VaultSealingTest : public VaultTest {
 protected:
  VaultSealingTest() {
    CHECK_OK(Reopen());
    one_ = Reserve(Nik(1)).number;
    two_ = Reserve(Nik(2)).number;
  }

  std::string Seal(RecipientNumber number, SealedField field, uint8_t version,
                   std::string_view plaintext) {
    const auto sealed = vault_->Seal(number, field, version, plaintext);
    CHECK_OK(sealed.status());
    return *sealed;
  }

  RecipientNumber one_;
  RecipientNumber two_;
};

TEST_F(VaultSealingTest, OpensToWhatWasSealed) {
  for (const size_t size : {0, 1, 31, 32, 33, 1000, static_cast<int>(kMaxPlaintextBytes)}) {
    std::string plaintext(size, 'x');
    if (size > 2) plaintext[1] = '\0';
    if (size > 2) plaintext.back() = '\x80';  // looks like padding
    const std::string sealed = Seal(one_, kField, 1, plaintext);
    ASSERT_OK_AND_ASSIGN(const std::string opened, vault_->Unseal(one_, kField, 1, sealed));
    EXPECT_EQ(opened, plaintext) << size;
  }
}

TEST_F(VaultSealingTest, EqualArgumentsGiveEqualBytesAcrossReopen) {
  const std::string sealed = Seal(one_, kField, 1, kPlaintext);
  EXPECT_EQ(Seal(one_, kField, 1, kPlaintext), sealed);
  ASSERT_OK(Reopen());
  EXPECT_EQ(Seal(one_, kField, 1, kPlaintext), sealed);
}

TEST_F(VaultSealingTest, OtherPersonFieldVersionOrValueGivesOtherBytes) {
  const std::set<std::string> sealed = {
      Seal(one_, kField, 1, kPlaintext),
      Seal(two_, kField, 1, kPlaintext),
      Seal(one_, SealedField::kFreeText, 1, kPlaintext),
      Seal(one_, kField, 2, kPlaintext),
      Seal(one_, kField, 1, "SITI AMINAH;3374014507800013"),
      *vault_->SealForLedger(kField, 1, kPlaintext),
      *vault_->SealForLedger(kField, 1, kPlaintext, "batch 1"),
      *vault_->SealForLedger(kField, 1, kPlaintext, "batch 2"),
  };
  EXPECT_EQ(sealed.size(), 8u);
  std::set<std::string> nonces;
  for (const std::string& each : sealed) nonces.insert(each.substr(1, 24));
  EXPECT_EQ(nonces.size(), 8u);
}

TEST_F(VaultSealingTest, OpensOnlyAsWhatItIs) {
  const std::string sealed = Seal(one_, kField, 1, kPlaintext);
  const auto data_loss = StatusIs(absl::StatusCode::kDataLoss, Not(HasSubstr("SITI")));
  EXPECT_THAT(vault_->Unseal(two_, kField, 1, sealed), data_loss);
  EXPECT_THAT(vault_->Unseal(one_, SealedField::kAssessment, 1, sealed), data_loss);
  EXPECT_THAT(vault_->Unseal(one_, kField, 2, sealed), data_loss);
  EXPECT_THAT(vault_->UnsealForLedger(kField, 1, sealed), data_loss);
}

TEST_F(VaultSealingTest, EveryChangedBitIsRefused) {
  const std::string sealed = Seal(one_, kField, 1, kPlaintext);
  ASSERT_OK(vault_->Unseal(one_, kField, 1, sealed));
  for (size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    std::string changed = sealed;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_THAT(vault_->Unseal(one_, kField, 1, changed), StatusIs(absl::StatusCode::kDataLoss))
        << "bit " << bit;
  }
}

TEST_F(VaultSealingTest, EveryOtherLengthIsRefused) {
  const std::string sealed = Seal(one_, kField, 1, std::string(40, 'x'));
  for (size_t size = 0; size < sealed.size(); ++size) {
    EXPECT_THAT(vault_->Unseal(one_, kField, 1, sealed.substr(0, size)),
                StatusIs(absl::StatusCode::kDataLoss));
  }
  EXPECT_THAT(vault_->Unseal(one_, kField, 1, sealed + std::string(32, 'x')),
              StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(vault_->Unseal(one_, kField, 1, std::string(1 << 20, '\1')),
              StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(VaultSealingTest, LengthsArePaddedToBuckets) {
  EXPECT_EQ(Seal(one_, kField, 1, "").size(), kOverheadBytes + 32);
  EXPECT_EQ(Seal(one_, kField, 1, std::string(31, 'x')).size(), kOverheadBytes + 32);
  EXPECT_EQ(Seal(one_, kField, 1, std::string(32, 'x')).size(), kOverheadBytes + 64);
  EXPECT_EQ(Seal(one_, kField, 1, std::string(63, 'x')).size(), kOverheadBytes + 64);
}

TEST_F(VaultSealingTest, LedgerValuesAreBoundToTheirContext) {
  ASSERT_OK_AND_ASSIGN(const std::string sealed,
                       vault_->SealForLedger(SealedField::kFreeText, 1, "catatan", "batch 1"));
  ASSERT_OK(Reopen());
  ASSERT_OK_AND_ASSIGN(const std::string opened,
                       vault_->UnsealForLedger(SealedField::kFreeText, 1, sealed, "batch 1"));
  EXPECT_EQ(opened, "catatan");
  EXPECT_THAT(vault_->UnsealForLedger(SealedField::kFreeText, 1, sealed, "batch 2"),
              StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(vault_->UnsealForLedger(SealedField::kFreeText, 1, sealed),
              StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(VaultSealingTest, UnknownRecipientIsNotFoundNotErased) {
  for (const uint64_t number : {uint64_t{0}, uint64_t{3}, UINT64_MAX}) {
    const RecipientNumber unknown(number);
    EXPECT_THAT(vault_->Seal(unknown, kField, 1, "x"), StatusIs(absl::StatusCode::kNotFound));
    EXPECT_THAT(vault_->Unseal(unknown, kField, 1, "x"), StatusIs(absl::StatusCode::kNotFound));
    EXPECT_THAT(vault_->KeyCommitment(unknown), StatusIs(absl::StatusCode::kNotFound));
  }
}

TEST_F(VaultSealingTest, TooLongAPlaintextIsRefused) {
  EXPECT_THAT(vault_->Seal(one_, kField, 1, std::string(kMaxPlaintextBytes + 1, 'x')),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace bansos::testing
