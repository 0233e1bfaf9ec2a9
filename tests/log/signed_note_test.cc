// Signed notes and the checkpoints in them: bytes that other programs read.
#include "ledger/log/signed_note.h"

#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>
#include <sodium.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "absl/strings/escaping.h"
#include "absl/strings/str_replace.h"
#include "ledger/log/checkpoint.h"
#include "ledger/log/note_key_name.h"
#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

using ::bansos::testing::StatusIs;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;

// The first note of the vectors that has a private key; empty where they are not beside the
// sources.
google::protobuf::Struct VectorWithKey() {
  const char* shared = std::getenv("BANSOS_SHARED");
  const std::filesystem::path root =
      shared != nullptr ? std::filesystem::path(shared)
                        : std::filesystem::path(BANSOS_SOURCE_DIR) / ".." / "shared";
  std::ifstream file(root / "vectors" / "signed-note.json");
  const std::string json{std::istreambuf_iterator<char>(file), {}};
  google::protobuf::Struct vectors;
  if (!google::protobuf::util::JsonStringToMessage(json, &vectors).ok()) return {};
  for (const auto& note : vectors.fields().at("valid").list_value().values()) {
    if (note.struct_value().fields().contains("skey")) return note.struct_value();
  }
  return {};
}

TEST(SignedNoteTest, VectorIsSignedToTheByte) {
  const google::protobuf::Struct vector = VectorWithKey();
  if (vector.fields().empty())
    GTEST_SKIP() << "no signed-note.json beside the sources: not checked";
  const auto text = [&](const char* name) { return vector.fields().at(name).string_value(); };
  const auto signer = NoteSigner::Parse(text("skey"));
  ASSERT_OK(signer);
  EXPECT_EQ(signer->VerifierKey(), text("vkey"));
  EXPECT_EQ(signer->KeyText(), text("skey"));
  EXPECT_EQ(signer->Sign(text("text")), text("text") + "\n" + text("sig_line"));
}

TEST(SignedNoteTest, GeneratedKeyIsReadBackAndItsSignatureVerifies) {
  const auto made = NoteSigner::Generate("bansos.example/2025");
  ASSERT_OK(made);
  const auto read = NoteSigner::Parse(made->KeyText() + "\n");
  ASSERT_OK(read);
  EXPECT_EQ(read->name(), "bansos.example/2025");
  EXPECT_EQ(read->VerifierKey(), made->VerifierKey());
  EXPECT_THAT(made->VerifierKey(), StartsWith("bansos.example/2025+"));

  const std::string note = read->Sign("one\n\ntwo\n");
  EXPECT_EQ(note, made->Sign("one\n\ntwo\n"));
  const std::string before = "one\n\ntwo\n\n\u2014 bansos.example/2025 ";
  ASSERT_THAT(note, StartsWith(before));
  std::string signature, key;
  ASSERT_TRUE(absl::Base64Unescape(note.substr(before.size()), &signature));
  const std::string vkey = made->VerifierKey();
  ASSERT_TRUE(absl::Base64Unescape(vkey.substr(vkey.find('+', vkey.find('+') + 1) + 1), &key));
  const auto bytes = [](const std::string& s) {
    return reinterpret_cast<const uint8_t*>(s.data());
  };
  ASSERT_EQ(signature.size(), 4 + crypto_sign_BYTES);
  EXPECT_EQ(
      crypto_sign_verify_detached(bytes(signature) + 4, bytes("one\n\ntwo\n"), 9, bytes(key) + 1),
      0);
}

TEST(SignedNoteTest, TwoGeneratedKeysDiffer) {
  EXPECT_NE(NoteSigner::Generate("a")->VerifierKey(), NoteSigner::Generate("a")->VerifierKey());
}

TEST(SignedNoteTest, MalformedKeyTextsAreRejected) {
  const auto made = NoteSigner::Generate("ledger");
  ASSERT_OK(made);
  const std::string good = made->KeyText();
  const auto without_end = [&](size_t n) { return good.substr(0, good.size() - n); };
  const std::string id = good.substr(std::string("PRIVATE+KEY+ledger+").size(), 8);
  const std::string base64 = good.substr(good.rfind('+', good.find(id) + 8) + 1);
  const std::string prefix = "PRIVATE+KEY+ledger+" + id + "+";
  const std::string other_name = absl::StrReplaceAll(good, {{"+ledger+", "+ledgex+"}});
  std::string bytes;
  ASSERT_TRUE(absl::Base64Unescape(base64, &bytes));
  std::string other_type = bytes;
  other_type[0] = 2;
  const std::string cases[] = {
      "",
      "PRIVATE+KEY+",
      good.substr(1),
      made->VerifierKey(),
      "PRIVATE+KEY+ledger",
      "PRIVATE+KEY+ledger+" + id,
      prefix,
      other_name,
      std::string("PRIVATE+KEY+ledger+") + (id == "00000000" ? "00000001" : "00000000") + "+" +
          base64,
      "PRIVATE+KEY+" + absl::StrReplaceAll(good.substr(12), {{"ledger", "led ger"}}),
      without_end(1),
      without_end(4),
      good + "AAAA",
      good + "\n\n",
      good + " ",
      prefix + "!" + base64.substr(1),
      prefix + absl::Base64Escape(other_type),
      prefix + absl::Base64Escape(bytes.substr(0, 32)),
      prefix + absl::Base64Escape(bytes + "x"),
  };
  for (const std::string& text : cases) {
    const auto parsed = NoteSigner::Parse(text);
    EXPECT_THAT(parsed, StatusIs(kInvalid)) << text;
    // The message never shows the key.
    EXPECT_THAT(std::string(parsed.status().message()), Not(HasSubstr(base64.substr(4, 20))));
  }
}

TEST(SignedNoteTest, NamesOfKeys) {
  for (const char* good : {"bansos-ledger", "bansos.jatengprov.example/2025", "désa", "\u65e5"}) {
    EXPECT_OK(CheckNoteKeyName(good)) << good;
  }
  for (const std::string& bad :
       {std::string(), std::string("a+b"), std::string("a b"), std::string("a\nb"),
        std::string("a\u00a0b"), std::string("a\u3000b"), std::string("a\u2028"),
        std::string("a\x7f"), std::string("\xff"), std::string("\xc3"), std::string("\xc0\xaf"),
        std::string("\xed\xa0\x80"), std::string(1, '\0'), std::string(256, 'a')}) {
    EXPECT_THAT(CheckNoteKeyName(bad), StatusIs(kInvalid)) << absl::CHexEscape(bad);
    EXPECT_THAT(NoteSigner::Generate(bad), StatusIs(kInvalid));
  }
}

TEST(CheckpointTest, HasThreeLinesAndIsReadBack) {
  const auto signer = NoteSigner::Generate("bansos-ledger");
  ASSERT_OK(signer);
  const Checkpoint checkpoint = SignCheckpoint(*signer, 1234, Sha256("root"));
  const std::string root(AsBytes(checkpoint.root));
  EXPECT_THAT(checkpoint.note, StartsWith("bansos-ledger\n1234\n" + absl::Base64Escape(root) +
                                          "\n\n\u2014 bansos-ledger "));
  const auto stated = ParseCheckpoint(checkpoint.note);
  ASSERT_OK(stated);
  EXPECT_EQ(stated->origin, "bansos-ledger");
  EXPECT_EQ(stated->size, 1234);
  EXPECT_EQ(stated->root, checkpoint.root);
  EXPECT_EQ(stated->key_id, signer->key_id());
}

TEST(CheckpointTest, OtherFormsAreDamage) {
  const auto signer = NoteSigner::Generate("o");
  ASSERT_OK(signer);
  const std::string note = SignCheckpoint(*signer, 12, Sha256("root")).note;
  const auto changed = [&](const char* from, const char* to) {
    return absl::StrReplaceAll(note, {{from, to}});
  };
  for (const std::string& text :
       {std::string(), note.substr(0, 20), note + "x", note + "\n", note.substr(0, note.size() - 1),
        changed("\n12\n", "\n012\n"), changed("\n12\n", "\n-1\n"), changed("\n12\n", "\n\n"),
        changed("\n12\n", "\n18446744073709551616\n"), changed("=\n\n", "\n\n"),
        changed("=\n\n", "=\nmore\n\n")}) {
    EXPECT_THAT(ParseCheckpoint(text), StatusIs(absl::StatusCode::kDataLoss)) << text;
  }
}

}  // namespace
}  // namespace bansos
