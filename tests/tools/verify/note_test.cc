// Keys, signed notes, checkpoints and receipts: the published vectors, and what must be refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tests/support/status_matchers.h"
#include "tests/tools/verify/naive_tree.h"
#include "tests/tools/verify/shared_vectors.h"
#include "tests/tools/verify/signing_key.h"
#include "tools/bansos-verify/note/base64.h"
#include "tools/bansos-verify/note/checkpoint.h"
#include "tools/bansos-verify/note/signed_note.h"
#include "tools/bansos-verify/note/tlog_proof.h"

namespace bansos::verify {
namespace {

using ::bansos::testing::CheckpointText;
using ::bansos::testing::SigningKey;
using ::bansos::testing::StatusIs;
using ::testing::HasSubstr;

constexpr char kOrigin[] = "ledger.example/2025";

absl::Status Open(const std::string& note, const std::string& vkey) {
  const auto key = VerifierKey::Parse(vkey);
  if (!key.ok()) return key.status();
  const auto parsed = ParseNote(note, "the note");
  if (!parsed.ok()) return parsed.status();
  return CheckSignature(*parsed, *key, "the note");
}

TEST(NoteTest, PublishedVectors) {
  const std::string json = testing::ReadWhole(testing::VectorsDirectory() / "signed-note.json");
  if (json.empty()) GTEST_SKIP() << "no signed-note.json beside the sources: not checked";
  int checked = 0;
  // One case each; the two first parts of the file hold everything that is checked here.
  for (size_t at = json.find("\"id\""); at != json.npos; at = json.find("\"id\"", at + 1)) {
    const std::string one = json.substr(at, json.find('}', at) - at);
    const std::string vkey = testing::TextAt(one, "vkey");
    const std::string text = testing::TextAt(one, "text");
    const std::string line = testing::TextAt(one, "sig_line");
    EXPECT_OK(Open(text + "\n" + line, vkey)) << vkey;
    for (const std::string& bad :
         {text, text + "\n", text + "\n" + line.substr(0, line.size() - 1),
          "\x01" + text + "\n" + line, "\xff" + text + "\n" + line,
          text + "\n\xe2\x80\x94 Bad Name x08go\n", text + "\n" + line + "Unexpected line.\n"}) {
      EXPECT_FALSE(Open(bad, vkey).ok()) << absl::CHexEscape(bad);
    }
    std::string crowd = text + "\n";
    for (int i = 0; i <= kMaxNoteSignatures; ++i) crowd += line;
    EXPECT_FALSE(Open(crowd, vkey).ok());
    ++checked;
  }
  EXPECT_EQ(checked, 3);
  const auto bad_keys = testing::TextsAt(json, "bad_vkeys");
  EXPECT_EQ(bad_keys.size(), 2);
  for (const std::string& vkey : bad_keys) EXPECT_FALSE(VerifierKey::Parse(vkey).ok()) << vkey;
}

TEST(NoteTest, NoBitOfASignedNoteCanChange) {
  const SigningKey key(kOrigin, 'k');
  const std::string note = key.Sign(CheckpointText(kOrigin, 5, std::string(32, 'r')));
  ASSERT_OK(Open(note, key.vkey()));
  for (size_t i = 0; i < note.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = note;
      changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
      EXPECT_FALSE(Open(changed, key.vkey()).ok()) << i << " bit " << bit;
    }
  }
}

TEST(NoteTest, OtherKeysAreIgnoredAndABadSignatureOfOursIsNot) {
  const SigningKey ours(kOrigin, 'k');
  const SigningKey witness("witness.example", 'w');
  const std::string text = CheckpointText(kOrigin, 5, std::string(32, 'r'));
  const std::string unknown_type = absl::StrCat(
      "\xe2\x80\x94 quantum.example ", absl::Base64Escape("idid" + std::string(2420, 's')), "\n");
  EXPECT_OK(
      Open(text + "\n" + witness.SignatureLine(text) + unknown_type + ours.SignatureLine(text),
           ours.vkey()));
  EXPECT_THAT(Open(witness.Sign(text), ours.vkey()),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("no signature of")));
  EXPECT_THAT(Open(text + "\n" + ours.SignatureLine("other\n"), ours.vkey()),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("is wrong")));
}

TEST(NoteTest, Base64IsStrict) {
  EXPECT_EQ(DecodeBase64("AAEC"), std::string("\0\1\2", 3));
  EXPECT_EQ(DecodeBase64("AAE="), std::string("\0\1", 2));
  EXPECT_EQ(DecodeBase64(""), "");
  for (const char* bad : {"AAF=", "AAE", "AAE=\n", "AA=E", "====", "A===", "AA-_", " AAE"}) {
    EXPECT_EQ(DecodeBase64(bad), std::nullopt) << bad;
  }
  for (int length = 0; length < 70; ++length) {
    const std::string bytes(length, static_cast<char>(250 - length));
    EXPECT_EQ(EncodeBase64(bytes), absl::Base64Escape(bytes));
    EXPECT_EQ(DecodeBase64(EncodeBase64(bytes)), bytes);
  }
}

TEST(NoteTest, CheckpointLinesAreStrict) {
  const SigningKey key(kOrigin, 'k');
  const auto vkey = VerifierKey::Parse(key.vkey());
  ASSERT_OK(vkey);
  const std::string root = absl::Base64Escape(std::string(32, 'r'));
  const auto read = [&](const std::string& text) {
    return ReadCheckpoint(key.Sign(text), *vkey, "checkpoint");
  };
  EXPECT_OK(read(absl::StrCat("o\n5\n", root, "\n")));
  EXPECT_EQ(read(absl::StrCat("o\n5\n", root, "\nmore\nand more\n"))->extensions, 2);
  for (const std::string& bad :
       {absl::StrCat("\n5\n", root, "\n"), absl::StrCat("o\n05\n", root, "\n"),
        absl::StrCat("o\n+5\n", root, "\n"), absl::StrCat("o\n18446744073709551616\n", root, "\n"),
        absl::StrCat("o\n5\n", root, "\n\nmore\n"), absl::StrCat("o\n\n", root, "\n"),
        std::string("o\n5\n"), std::string("o\n5\nAAAA\n")}) {
    EXPECT_FALSE(read(bad).ok()) << bad;
  }
}

std::string Receipt(const SigningKey& key, uint64_t index, const std::vector<std::string>& entries,
                    const std::string& extra) {
  std::string text = absl::StrCat("c2sp.org/tlog-proof@v1\nextra ", absl::Base64Escape(extra),
                                  "\nindex ", index, "\n");
  for (const std::string& hash : testing::NaiveInclusion(index, entries)) {
    absl::StrAppend(&text, absl::Base64Escape(hash), "\n");
  }
  return absl::StrCat(
      text, "\n", key.Sign(CheckpointText(kOrigin, entries.size(), testing::NaiveRoot(entries))));
}

TEST(NoteTest, ReceiptProvesItsEntryAndNoBitOfItCanChange) {
  const SigningKey key(kOrigin, 'k');
  const auto vkey = VerifierKey::Parse(key.vkey());
  ASSERT_OK(vkey);
  const std::vector<std::string> entries = {"a", "bb", "ccc", "dddd", "eeeee"};
  const std::string receipt = Receipt(key, 3, entries, "dddd");
  const auto read = ReadReceipt(receipt, *vkey, "receipt");
  ASSERT_OK(read);
  EXPECT_EQ(read->entry, "dddd");
  EXPECT_EQ(read->position, 3);
  for (size_t i = 0; i < receipt.size(); ++i) {
    std::string changed = receipt;
    changed[i] ^= 1;
    EXPECT_FALSE(ReadReceipt(changed, *vkey, "receipt").ok()) << i;
  }
  EXPECT_FALSE(ReadReceipt(Receipt(key, 3, entries, "other"), *vkey, "receipt").ok());
}

}  // namespace
}  // namespace bansos::verify
