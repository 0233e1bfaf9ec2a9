// Opening: key files that must be refused, and rows that somebody damaged by hand.
#include <rocksdb/db.h>
#include <sys/stat.h>

#include <functional>

#include "ledger/vault/key_file.h"
#include "ledger/vault/row_format.h"
#include "tests/vault/vault_fixture.h"

namespace bansos::testing {
namespace {

using ::testing::HasSubstr;

class VaultOpenTest : public VaultTest {
 protected:
  mode_t KeyFileMode() const {
    struct stat info {};
    CHECK(stat(options_.key_file.c_str(), &info) == 0);
    return info.st_mode & 07777;
  }

  // Changes rows of the closed vault with RocksDB alone.
  void Damage(const std::function<void(rocksdb::DB&)>& damage) {
    vault_.reset();
    rocksdb::DB* opened = nullptr;
    CHECK(rocksdb::DB::Open(rocksdb::Options(), options_.directory, &opened).ok());
    const std::unique_ptr<rocksdb::DB> db(opened);
    damage(*db);
  }

  // So that the next opening makes a new one.
  void RemoveVault() {
    vault_.reset();
    std::filesystem::remove_all(options_.directory);
    std::filesystem::remove(options_.directory + ".anchor");
  }

  // Cuts every row of `table` to `size` bytes.
  void Truncate(RowTable table, size_t size) {
    Damage([&](rocksdb::DB& db) {
      const std::unique_ptr<rocksdb::Iterator> rows(db.NewIterator(rocksdb::ReadOptions()));
      int changed = 0;
      for (rows->Seek(TableRowKey(table));
           rows->Valid() && rows->key().starts_with(TableRowKey(table)); rows->Next()) {
        CHECK(size < rows->value().size());
        CHECK(db.Put({}, rows->key(), rocksdb::Slice(rows->value().data(), size)).ok());
        ++changed;
      }
      CHECK(changed > 0);
    });
  }
};

TEST_F(VaultOpenTest, MissingVaultIsMadeOnlyWhenAsked) {
  options_.create_if_missing = false;
  EXPECT_THAT(Reopen(), StatusIs(absl::StatusCode::kNotFound, HasSubstr("no vault")));
  EXPECT_FALSE(std::filesystem::exists(options_.key_file));
  options_.create_if_missing = true;
  ASSERT_OK(Reopen());
  EXPECT_EQ(KeyFileMode(), 0600u);
  EXPECT_FALSE(std::filesystem::exists(options_.key_file + ".unfinished"));
  options_.create_if_missing = false;
  EXPECT_OK(Reopen());
}

TEST_F(VaultOpenTest, TokenThatWasNeverGivenOutIsDamage) {
  ASSERT_OK(Reopen());
  ASSERT_OK(vault_->ReserveTokens(TokenKind::kKk, {"a", "b"}));
  Damage([](rocksdb::DB& db) {
    std::string two;
    AppendU64(two, 2);
    CHECK(db.Put({}, NextNumberRowKey(RowTable::kKkIndex), two).ok());
  });
  ASSERT_OK(Reopen());
  EXPECT_OK(vault_->FindToken(TokenKind::kKk, "a"));
  EXPECT_THAT(vault_->FindToken(TokenKind::kKk, "b"),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("never given out")));
}

// One write further than the anchor, but not from where the anchor stands.
TEST_F(VaultOpenTest, AnchorOfAnotherWayFromTheSameCopyIsRefused) {
  ASSERT_OK(Reopen());
  vault_.reset();
  const std::string anchor = options_.directory + ".anchor";
  const std::string copy = options_.directory + ".copy";
  std::filesystem::copy(options_.directory, copy, std::filesystem::copy_options::recursive);
  const std::string anchor_of_copy = ReadFile(anchor);
  ASSERT_OK(Reopen());
  Reserve(Nik(1));
  vault_.reset();
  const std::string one_further = ReadFile(anchor);

  std::filesystem::remove_all(options_.directory);
  std::filesystem::rename(copy, options_.directory);
  WriteFile(anchor, anchor_of_copy);
  ASSERT_OK(Reopen());
  Reserve(Nik(1));
  Reserve(Nik(2));
  vault_.reset();
  WriteFile(anchor, one_further);
  EXPECT_THAT(Reopen(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("is not the one")));
}

TEST_F(VaultOpenTest, TwoVaultsHaveDifferentKeys) {
  ASSERT_OK(Reopen());
  const std::string first = ReadFile(options_.key_file);
  EXPECT_EQ(first.substr(0, 12), "epoch 1\nkey ");
  EXPECT_EQ(first.size(), 12u + 64 + 1);
  vault_.reset();
  RemoveVault();
  std::filesystem::remove(options_.key_file);
  ASSERT_OK(Reopen());
  EXPECT_NE(ReadFile(options_.key_file), first);
}

TEST_F(VaultOpenTest, KeyFileThatACrashLeftWithoutVaultIsUsed) {
  WriteFile(options_.key_file, "epoch 7\nkey " + std::string(64, 'a') + "\n");
  chmod(options_.key_file.c_str(), 0600);
  ASSERT_OK(Reopen());
  const auto reserved = Reserve(Nik(1));
  EXPECT_EQ(ReadFile(options_.key_file), "epoch 7\nkey " + std::string(64, 'a') + "\n");
  ASSERT_OK(Reopen());
  EXPECT_EQ(Reserve(Nik(1)).key_commitment, reserved.key_commitment);
}

TEST_F(VaultOpenTest, ExistingVaultNeverGetsANewKey) {
  ASSERT_OK(Reopen());
  vault_.reset();
  std::filesystem::remove(options_.key_file);
  EXPECT_THAT(Reopen(), StatusIs(absl::StatusCode::kNotFound, HasSubstr(options_.key_file)));
  EXPECT_FALSE(std::filesystem::exists(options_.key_file));
}

TEST_F(VaultOpenTest, WrongKeyFileIsRefusedByName) {
  ASSERT_OK(Reopen());
  const std::string right = ReadFile(options_.key_file);
  WriteFile(options_.key_file, "epoch 1\nkey " + std::string(64, '0') + "\n");
  EXPECT_THAT(Reopen(), StatusIs(absl::StatusCode::kFailedPrecondition,
                                 HasSubstr("is not the key of vault")));
  std::string other_epoch = right;
  other_epoch[6] = '2';
  WriteFile(options_.key_file, other_epoch);
  EXPECT_THAT(Reopen(), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("epoch 2")));
  WriteFile(options_.key_file, right);
  EXPECT_OK(Reopen());
}

TEST_F(VaultOpenTest, KeyFileOpenToOthersIsRefused) {
  ASSERT_OK(Reopen());
  for (const mode_t mode : {0640, 0604, 0620, 0601}) {
    chmod(options_.key_file.c_str(), mode);
    EXPECT_THAT(Reopen(), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("chmod 600")))
        << std::oct << mode;
  }
  chmod(options_.key_file.c_str(), 0400);
  EXPECT_OK(Reopen());
}

TEST_F(VaultOpenTest, KeyFileInsideTheVaultIsRefused) {
  options_.key_file = options_.directory + "/keys/../vault.key";
  EXPECT_THAT(Reopen(), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("lies in")));
  options_.key_file = options_.directory + ".key";
  EXPECT_OK(Reopen());
}

TEST_F(VaultOpenTest, KeyFileInADirectoryThatIsYetToBeIsSeen) {
  const std::string absolute = std::filesystem::current_path() / "not-there-yet";
  ASSERT_FALSE(std::filesystem::exists(absolute));
  for (const std::string& directory : {absolute, std::string("not-there-yet")}) {
    for (const std::string& key_file : {absolute + "/key", std::string("./not-there-yet/key")}) {
      EXPECT_THAT(CheckKeyFileOutside(key_file, directory),
                  StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("lies in")))
          << key_file << " in " << directory;
    }
    EXPECT_OK(CheckKeyFileOutside("not-there-yet.key", directory));
  }
}

TEST_F(VaultOpenTest, PipeInPlaceOfTheKeyFileIsRefusedAtOnce) {
  ASSERT_OK(Reopen());
  vault_.reset();
  std::filesystem::remove(options_.key_file);
  ASSERT_EQ(mkfifo(options_.key_file.c_str(), 0600), 0);
  EXPECT_THAT(Reopen(),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("is not a file")));
}

TEST_F(VaultOpenTest, WhatIsNotAKeyFileIsRefusedWithoutItsText) {
  const std::string hex(64, 'b');
  for (const std::string& text :
       {std::string(), std::string("epoch 1\n"), "epoch 1\nkey " + hex.substr(1) + "\n",
        "epoch 1\nkey " + hex + "b\n", "epoch 1\nkey " + hex + "\n\n", "epoch x\nkey " + hex,
        "epoch 0\nkey " + hex, "epoch -1\nkey " + hex, "epoch 4294967296\nkey " + hex,
        "key " + hex + "\nepoch 1\n", "epoch 1\nkey " + hex.substr(1) + "z\n",
        std::string(100'000, 'b')}) {
    WriteFile(options_.key_file, text);
    chmod(options_.key_file.c_str(), 0600);
    EXPECT_THAT(Reopen(),
                StatusIs(absl::StatusCode::kInvalidArgument, ::testing::Not(HasSubstr("bbbb"))))
        << text.substr(0, 100);
  }
}

TEST_F(VaultOpenTest, SecondOpenOfOneDirectoryIsRefused) {
  ASSERT_OK(Reopen());
  EXPECT_THAT(Vault::Open(options_),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("another process")));
}

// What it would number and seal is gone with it at the next start.
TEST_F(VaultOpenTest, VaultThatIsMovedWhileItIsOpenNumbersNobody) {
  for (const char* lost : {"", ".anchor"}) {
    SCOPED_TRACE(lost);
    ASSERT_OK(Reopen());
    const Reservation first = Reserve("nik:1");
    const std::string path = options_.directory + lost;
    std::filesystem::rename(path, path + ".away");
    EXPECT_THAT(vault_->ReserveRecipients({absl::StrCat("nik:2", lost)}).status(),
                StatusIs(absl::StatusCode::kUnavailable, HasSubstr("moved, removed or replaced")));
    std::filesystem::rename(path + ".away", path);
    ASSERT_OK(Reopen());
    EXPECT_EQ(Reserve("nik:1").number, first.number);
  }
}

TEST_F(VaultOpenTest, CutRowsOfTheVaultItselfAreDataLoss) {
  for (const RowTable table :
       {RowTable::kVault, RowTable::kNamedKey, RowTable::kNextNumber, RowTable::kLastWrite}) {
    for (const size_t size : {0, 1, 7}) {
      RemoveVault();
      ASSERT_OK(Reopen());
      Truncate(table, size);
      EXPECT_THAT(Reopen(), StatusIs(absl::StatusCode::kDataLoss))
          << static_cast<int>(table) << " " << size;
    }
  }
}

TEST_F(VaultOpenTest, MissingVaultRowIsDataLossNotANewVault) {
  ASSERT_OK(Reopen());
  Damage([](rocksdb::DB& db) { CHECK(db.Delete({}, TableRowKey(RowTable::kVault)).ok()); });
  EXPECT_THAT(Reopen(), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(VaultOpenTest, CutKeyRowsAreDataLoss) {
  for (const size_t size : {0, 1, 5, 76}) {
    RemoveVault();
    ASSERT_OK(Reopen());
    Reserve(Nik(1));
    Truncate(RowTable::kPersonKey, size);
    ASSERT_OK(Reopen());
    EXPECT_THAT(vault_->Seal(RecipientNumber(1), SealedField::kIdentity, 1, "x"),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("recipient 1 ")));
    EXPECT_THAT(vault_->ReserveRecipients({Nik(1)}), StatusIs(absl::StatusCode::kDataLoss));
  }
}

TEST_F(VaultOpenTest, SwappedKeyRowsAreDataLoss) {
  ASSERT_OK(Reopen());
  ASSERT_OK(vault_->ReserveRecipients({Nik(1), Nik(2)}));
  Damage([](rocksdb::DB& db) {
    std::string row;
    CHECK(db.Get({}, PersonKeyRowKey(1), &row).ok());
    CHECK(db.Put({}, PersonKeyRowKey(2), row).ok());
  });
  ASSERT_OK(Reopen());
  EXPECT_OK(vault_->KeyCommitment(RecipientNumber(1)));
  EXPECT_THAT(vault_->KeyCommitment(RecipientNumber(2)), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(VaultOpenTest, RowKindOfALaterReleaseIsDataLossNotErased) {
  ASSERT_OK(Reopen());
  Reserve(Nik(1));
  Damage([](rocksdb::DB& db) {
    CHECK(db.Put({}, PersonKeyRowKey(1), "\2" + std::string(76, 'x')).ok());
  });
  ASSERT_OK(Reopen());
  EXPECT_THAT(vault_->KeyCommitment(RecipientNumber(1)),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("no known kind")));
}

TEST_F(VaultOpenTest, CutIndexRowsAreDataLoss) {
  for (const size_t size : {0, 7, 8, 23}) {
    RemoveVault();
    ASSERT_OK(Reopen());
    Reserve(Nik(1));
    Truncate(RowTable::kRecipientIndex, size);
    ASSERT_OK(Reopen());
    EXPECT_THAT(vault_->FindRecipient(Nik(1)), StatusIs(absl::StatusCode::kDataLoss));
    EXPECT_THAT(vault_->ReserveRecipients({Nik(1)}), StatusIs(absl::StatusCode::kDataLoss));
    EXPECT_OK(vault_->ReserveRecipients({Nik(2)}));
  }
}

TEST_F(VaultOpenTest, IndexRowThatPointsToAnotherPersonIsDataLoss) {
  ASSERT_OK(Reopen());
  ASSERT_OK(vault_->ReserveRecipients({Nik(1), Nik(2)}));
  Damage([](rocksdb::DB& db) {
    const std::unique_ptr<rocksdb::Iterator> rows(db.NewIterator(rocksdb::ReadOptions()));
    rows->Seek(TableRowKey(RowTable::kRecipientIndex));
    const std::string first_key = rows->key().ToString();
    rows->Next();
    CHECK(db.Put({}, first_key, rows->value()).ok());
  });
  ASSERT_OK(Reopen());
  const bool first_damaged = !vault_->FindRecipient(Nik(1)).ok();
  const bool second_damaged = !vault_->FindRecipient(Nik(2)).ok();
  EXPECT_NE(first_damaged, second_damaged);
}

TEST_F(VaultOpenTest, NextNumberThatWentBackIsDataLoss) {
  ASSERT_OK(Reopen());
  ASSERT_OK(vault_->ReserveRecipients({Nik(1), Nik(2)}));
  Damage([](rocksdb::DB& db) {
    CHECK(
        db.Put({}, NextNumberRowKey(RowTable::kRecipientIndex), std::string(7, '\0') + "\2").ok());
  });
  EXPECT_THAT(Reopen(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("next number is 2")));
}

}  // namespace
}  // namespace bansos::testing
