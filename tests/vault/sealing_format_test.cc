// The stored bytes never change: vectors computed once by an independent program from
// docs/formats/sealing.md, and what the format forbids though it would decrypt.
#include <gtest/gtest.h>
#include <sodium.h>

#include "ledger/base/hex.h"
#include "ledger/vault/sealing.h"
#include "tests/support/status_matchers.h"

namespace bansos::testing {
namespace {

constexpr char kPlaintext[] = "nik:3374014507800012";
constexpr SealedAs kAs{
    .scope = SealScope::kPerson, .number = 42, .field = 1, .version = 1, .context = {}};

SealingKeys FixedKeys() {
  SecretKey key;
  for (size_t i = 0; i < SecretKey::kBytes; ++i) key.mutable_data()[i] = static_cast<uint8_t>(i);
  return SealingKeys::DerivedFrom(key);
}

TEST(SealingFormatTest, SealedBytesAreThoseOfTheDocument) {
  ASSERT_OK_AND_ASSIGN(const std::string sealed, SealValue(FixedKeys(), kAs, kPlaintext));
  EXPECT_EQ(HexEncode(sealed),
            "0176094bd3608981220ef9a38512ea8f8c264fa6867f21037398eef835c117d544a4e452e33c54b09073bc"
            "ca69820ee8cb4c19686d1bf67fcbc763609728e93983d3e8676f734c2d3b");
}

TEST(SealingFormatTest, LedgerBytesAreThoseOfTheDocument) {
  const SealedAs as{
      .scope = SealScope::kLedger, .number = 0, .field = 6, .version = 2, .context = "batch 9"};
  ASSERT_OK_AND_ASSIGN(const std::string sealed, SealValue(FixedKeys(), as, ""));
  EXPECT_EQ(HexEncode(sealed),
            "016dfabdefde1de5d27ee208b6a0212a863a7cdf69856f6f9cbff37c4f50d3daa55675635be9d1ef788b41"
            "7cd877c69241638ba5f81ba26daa8bb03b65f387864c33acd471710319b6");
}

TEST(SealingFormatTest, CommitmentIsThatOfTheDocument) {
  EXPECT_EQ(HexEncode(CommitmentTo(FixedKeys(), 42)),
            "868a591407fdc085d54cffc6178adc3d39ded2d4134491c2dcfa3e5f4cd570f8");
}

TEST(SealingFormatTest, ChosenNonceIsRefusedThoughItDecrypts) {
  const SealingKeys keys = FixedKeys();
  ASSERT_OK_AND_ASSIGN(std::string sealed, SealValue(keys, kAs, kPlaintext));
  auto* bytes = reinterpret_cast<uint8_t*>(sealed.data());
  // The AAD of kAs, as the document has it.
  const std::string aad = *HexDecode("0101000000000000002a010100000000");
  const auto* aad_bytes = reinterpret_cast<const uint8_t*>(aad.data());
  uint8_t padded[32];
  ASSERT_EQ(crypto_aead_xchacha20poly1305_ietf_decrypt(padded, nullptr, nullptr, bytes + 25,
                                                       sealed.size() - 25, aad_bytes, aad.size(),
                                                       bytes + 1, keys.encryption.data()),
            0);
  bytes[1] ^= 1;
  ASSERT_EQ(crypto_aead_xchacha20poly1305_ietf_encrypt(bytes + 25, nullptr, padded, sizeof(padded),
                                                       aad_bytes, aad.size(), nullptr, bytes + 1,
                                                       keys.encryption.data()),
            0);
  EXPECT_THAT(UnsealValue(keys, kAs, sealed), StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace bansos::testing
