// What only the keys show: values sealed for another place, numbers of another person, truth values
// that do not follow, and a vault that does not belong to the log.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rocksdb/db.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>

#include "bansos/ledger/v1/event.pb.h"
#include "ledger/base/endian.h"
#include "ledger/vault/vault.h"
#include "tests/support/status_matchers.h"
#include "tests/tools/verify_rules/checking.h"
#include "tests/tools/verify_rules/office_log.h"
#include "tools/bansos-verify/keys/keys_check.h"
#include "tools/bansos-verify/keys/number_index.h"
#include "tools/bansos-verify/keys/wrapping_key.h"

namespace bansos::testing {
namespace {

namespace v1 = ledger::v1;
using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr char kNamedKeyRow = 0x02;
constexpr char kPersonKeyRow = 0x04;
constexpr char kLastWriteRow = 0x05;
constexpr char kIdentityRow = 0x11;

std::map<std::string, std::string> FilesOf(const std::string& directory) {
  std::map<std::string, std::string> files;
  for (const auto& file : std::filesystem::directory_iterator(directory)) {
    std::ifstream stream(file.path(), std::ios::binary);
    files[file.path()] = {std::istreambuf_iterator<char>(stream), {}};
  }
  return files;
}

class KeysTest : public ::testing::Test {
 protected:
  KeysTest() : office_(12), entries_(office_.entries()) {}

  std::optional<verify::Fault> Check() {
    const auto check = verify::MakeKeysCheck(office_.vault_directory(), office_.key_file());
    EXPECT_OK(check.status());
    return CheckAll(**check, entries_);
  }

  // Positions of the events of a kind.
  std::vector<size_t> Find(v1::Event::BodyCase kind) const {
    std::vector<size_t> found;
    for (size_t i = 0; i < entries_.size(); ++i) {
      if (At(i).body_case() == kind) found.push_back(i);
    }
    return found;
  }

  v1::Event At(size_t position) const {
    v1::Event event;
    EXPECT_TRUE(event.ParseFromString(entries_[position]));
    return event;
  }

  void Change(size_t position, const std::function<void(v1::Event&)>& change) {
    v1::Event event = At(position);
    change(event);
    entries_[position] = event.SerializeAsString();
  }

  void ExpectFault(size_t position, const std::string& rule) {
    const auto fault = Check();
    ASSERT_TRUE(fault.has_value()) << rule;
    EXPECT_EQ(fault->position, position) << fault->rule << ": " << fault->reason;
    EXPECT_EQ(fault->rule, rule) << fault->reason;
  }

  // The vault's rows in a process of its own, as an attacker with its files would change them.
  void ChangeVault(const std::function<void(rocksdb::DB&)>& change) {
    rocksdb::DB* opened = nullptr;
    ASSERT_TRUE(rocksdb::DB::Open(rocksdb::Options(), office_.vault_directory(), &opened).ok());
    const std::unique_ptr<rocksdb::DB> database(opened);
    change(*database);
  }

  static std::string PersonRow(uint64_t number) {
    return std::string{kPersonKeyRow, 0, 0, 0, 0, 0, 0, 0, static_cast<char>(number)};
  }

  OfficeLog office_;
  std::vector<std::string> entries_;
};

TEST_F(KeysTest, TheVaultOfTheLogAgreesAndStaysAsItIs) {
  const auto before = FilesOf(office_.vault_directory());
  const auto fault = Check();
  EXPECT_FALSE(fault.has_value()) << fault->position << ' ' << fault->rule << fault->reason;
  EXPECT_EQ(FilesOf(office_.vault_directory()), before);
}

TEST_F(KeysTest, ASealedValueOfAnotherPersonIsFound) {
  const auto registered = Find(v1::Event::kRecipientRegistered);
  const std::string other = At(registered[1]).recipient_registered().sealed_identity();
  Change(registered[0], [&](v1::Event& event) {
    event.mutable_recipient_registered()->set_sealed_identity(other);
  });
  ExpectFault(registered[0], "kSealedDiffers");
}

TEST_F(KeysTest, ASealedValueInAnotherFieldIsFound) {
  const auto payees = Find(v1::Event::kPayeeAssigned);
  const v1::Event assessment = At(Find(v1::Event::kAssessmentRecorded)[0]);
  ASSERT_EQ(At(payees[0]).payee_assigned().recipient(),
            assessment.assessment_recorded().recipient());
  Change(payees[0], [&](v1::Event& event) {
    event.mutable_payee_assigned()->set_sealed_details(
        assessment.assessment_recorded().sealed_values());
  });
  ExpectFault(payees[0], "kSealedDiffers");
}

TEST_F(KeysTest, AReportedReferenceFromAnotherLineIsFound) {
  const auto held = Find(v1::Event::kReportHeld);
  const std::string other = At(held[1]).report_held().sealed_reference();
  Change(held[0],
         [&](v1::Event& event) { event.mutable_report_held()->set_sealed_reference(other); });
  ExpectFault(held[0], "kSealedDiffers");
}

TEST_F(KeysTest, AValueThatTheCatalogueDoesNotKnowIsFound) {
  Change(Find(v1::Event::kCataloguePublished)[0], [](v1::Event& event) {
    auto& decile = *event.mutable_catalogue_published()->mutable_indicators(0);
    decile.mutable_values(0)->set_last(decile.values(0).last() - 5);
  });
  for (const size_t position : Find(v1::Event::kAssessmentRecorded)) {
    if (At(position).assessment_recorded().recipient() % 7 != 6) continue;
    ExpectFault(position, "kBadValues");
    return;
  }
  FAIL() << "nobody has the sixth decile";
}

TEST_F(KeysTest, ATruthValueThatDoesNotFollowIsFound) {
  // Of who is not poor: eligible all the same, with the outcome that follows from the lie.
  for (const size_t position : Find(v1::Event::kEligibilityDecided)) {
    if (At(position).eligibility_decided().outcome() == v1::OUTCOME_ELIGIBLE) continue;
    Change(position, [](v1::Event& event) {
      event.mutable_eligibility_decided()->set_indicator_truths(0, v1::TRUTH_TRUE);
      event.mutable_eligibility_decided()->set_outcome(v1::OUTCOME_ELIGIBLE);
    });
    EXPECT_FALSE(CheckPublic(entries_).has_value()) << "the lie is consistent";
    return ExpectFault(position, "kTruthDiffers");
  }
  FAIL() << "everybody is poor";
}

TEST_F(KeysTest, AnotherAccountTokenIsFound) {
  const auto payees = Find(v1::Event::kPayeeAssigned);
  Change(payees[0],
         [](v1::Event& event) { event.mutable_payee_assigned()->set_account_token(4711); });
  ExpectFault(payees[0], "kNumberDiffers");
}

TEST_F(KeysTest, AWrongWordAboutTheHoldersNameIsFound) {
  const auto payees = Find(v1::Event::kPayeeAssigned);
  const auto differing = [this](size_t position) {
    return At(position).payee_assigned().name_differs();
  };
  const auto one = std::find_if(payees.begin(), payees.end(), differing);
  ASSERT_NE(one, payees.end()) << "everybody has the registered name";
  ASSERT_FALSE(differing(payees[0]));
  const std::vector<std::string> right = entries_;
  for (const size_t position : {payees[0], *one}) {
    entries_ = right;
    Change(position, [](v1::Event& event) {
      auto& payee = *event.mutable_payee_assigned();
      payee.set_name_differs(!payee.name_differs());
    });
    EXPECT_FALSE(CheckPublic(entries_).has_value()) << "the keys show it";
    ExpectFault(position, "kNameDiffers");
  }
}

TEST_F(KeysTest, TheFamilyCardOfAnotherHouseholdIsFound) {
  const auto registered = Find(v1::Event::kRecipientRegistered);
  const uint64_t other = At(registered[4]).recipient_registered().kk_token();
  ASSERT_NE(At(registered[0]).recipient_registered().kk_token(), other);
  Change(registered[0],
         [&](v1::Event& event) { event.mutable_recipient_registered()->set_kk_token(other); });
  ExpectFault(registered[0], "kNumberDiffers");
}

TEST_F(KeysTest, AnotherCommitmentIsFound) {
  const size_t last = Find(v1::Event::kRecipientRegistered).back();
  Change(last, [](v1::Event& event) {
    event.mutable_recipient_registered()->set_key_commitment(std::string(32, 'x'));
  });
  ExpectFault(last, "kCommitmentDiffers");
}

TEST_F(KeysTest, AMissingKeyRowIsFoundAtTheRegistration) {
  const auto registered = Find(v1::Event::kRecipientRegistered);
  const uint64_t number = At(registered[2]).recipient_registered().recipient();
  ChangeVault([&](rocksdb::DB& rows) {
    ASSERT_TRUE(rows.Delete(rocksdb::WriteOptions(), PersonRow(number)).ok());
  });
  ExpectFault(registered[2], "kKeyMissing");
}

TEST_F(KeysTest, AKeyRowThatDoesNotOpenNeverReadsAsErased) {
  const auto registered = Find(v1::Event::kRecipientRegistered);
  const uint64_t number = At(registered[2]).recipient_registered().recipient();
  ChangeVault([&](rocksdb::DB& rows) {
    ASSERT_TRUE(rows.Put(rocksdb::WriteOptions(), PersonRow(number), "\x02").ok());
  });
  ExpectFault(registered[2], "kKeyDamaged");
}

TEST_F(KeysTest, AMissingIdentityRowIsFoundAtTheRegistration) {
  size_t rows_deleted = 0;
  ChangeVault([&](rocksdb::DB& rows) {
    const std::unique_ptr<rocksdb::Iterator> row(rows.NewIterator(rocksdb::ReadOptions()));
    for (row->Seek(std::string(1, kIdentityRow)); row->Valid(); row->Next()) {
      if (row->key()[0] != kIdentityRow) break;
      ASSERT_TRUE(rows.Delete(rocksdb::WriteOptions(), row->key()).ok());
      ++rows_deleted;
    }
  });
  ASSERT_EQ(rows_deleted, 13u);
  ExpectFault(Find(v1::Event::kRecipientRegistered)[0], "kNumberDiffers");
}

TEST_F(KeysTest, ANumberThatTheVaultGivesToTwoIdentitiesIsFound) {
  const auto registered = Find(v1::Event::kRecipientRegistered);
  const uint64_t number = At(registered[3]).recipient_registered().recipient();
  const auto wrapping = verify::WrappingKey::Read(office_.key_file());
  ASSERT_OK(wrapping.status());
  ChangeVault([&](rocksdb::DB& rows) {
    // As who has the key file could write it.
    const std::string key_row = {kNamedKeyRow, kIdentityRow};
    std::string wrapped;
    ASSERT_TRUE(rows.Get(rocksdb::ReadOptions(), key_row, &wrapped).ok());
    const std::optional<verify::Secret> key = wrapping->Unwrap(key_row, wrapped);
    ASSERT_TRUE(key.has_value());
    const std::string row =
        verify::NumberIndex(verify::IndexTable::kIdentity, *key).RowKey("nik:3374011101800007");
    std::string value;
    AppendU64(value, number);
    const std::string tagged = row + value;
    uint8_t tag[16];
    crypto_generichash(tag, sizeof(tag), reinterpret_cast<const uint8_t*>(tagged.data()),
                       tagged.size(), key->Derive(2, "bnsindex").data(), verify::Secret::kBytes);
    value.append(reinterpret_cast<const char*>(tag), sizeof(tag));
    ASSERT_TRUE(rows.Put(rocksdb::WriteOptions(), row, value).ok());
  });
  ExpectFault(registered[3], "kNumberShared");
}

TEST_F(KeysTest, ADamagedRowThatNoEventNeedsIsFoundAtTheEnd) {
  ChangeVault([&](rocksdb::DB& rows) {
    ASSERT_TRUE(rows.Put(rocksdb::WriteOptions(),
                         std::string(1, kIdentityRow) + std::string(32, 'x'), std::string(24, 'y'))
                    .ok());
  });
  ExpectFault(entries_.size() - 1, "kVaultDamaged");
}

TEST_F(KeysTest, AVaultWithoutItsAnchorIsFoundAtTheEnd) {
  std::filesystem::remove(office_.vault_directory() + ".anchor");
  ExpectFault(entries_.size() - 1, "kVaultDamaged");
}

TEST_F(KeysTest, AnAnchorThatTellsOfMoreOrOfAnotherWriteIsFoundAtTheEnd) {
  const std::string row_key(1, kLastWriteRow);
  std::string row;
  ChangeVault([&](rocksdb::DB& rows) { ASSERT_TRUE(rows.Get({}, row_key, &row).ok()); });
  for (const size_t changed : {7, 8}) {  // the count of the writes, the mark
    std::string other = row;
    --other[changed];
    ChangeVault([&](rocksdb::DB& rows) { ASSERT_TRUE(rows.Put({}, row_key, other).ok()); });
    ExpectFault(entries_.size() - 1, "kVaultDamaged");
  }
  ChangeVault([&](rocksdb::DB& rows) { ASSERT_TRUE(rows.Put({}, row_key, row).ok()); });
  EXPECT_FALSE(Check().has_value());
}

TEST_F(KeysTest, ATornLastWriteOfTheVaultThatNobodyWasToldOfIsNoFault) {
  const std::string anchor = office_.vault_directory() + ".anchor";
  const std::string before = anchor + "-before";
  {
    const auto vault =
        Vault::Open({.directory = office_.vault_directory(), .key_file = office_.key_file()});
    ASSERT_OK(vault);
    std::filesystem::copy_file(anchor, before);
    ASSERT_OK((*vault)->ReserveTokens(TokenKind::kKk, {"a family that nobody registered"}));
  }
  std::filesystem::path torn;
  for (const auto& file : std::filesystem::directory_iterator(office_.vault_directory())) {
    if (file.path().extension() == ".log" && file.file_size() > 0) torn = file.path();
  }
  std::fstream wal(torn, std::ios::binary | std::ios::in | std::ios::out);
  wal.seekp(-1, std::ios::end);
  wal.put('x');
  wal.close();
  ExpectFault(entries_.size() - 1, "kVaultDamaged");  // the anchor tells of it
  std::filesystem::rename(before, anchor);
  EXPECT_FALSE(Check().has_value());
}

TEST_F(KeysTest, AnotherKeyFileIsRefusedByName) {
  const std::string other = office_.key_file() + "-other";
  std::ofstream(other) << "epoch 1\nkey " << std::string(64, 'a') << "\n";
  ASSERT_EQ(chmod(other.c_str(), 0600), 0);
  const auto check = verify::MakeKeysCheck(office_.vault_directory(), other);
  EXPECT_TRUE(absl::IsFailedPrecondition(check.status())) << check.status();
  EXPECT_THAT(std::string(check.status().message()), HasSubstr("is not the key of the vault"));
}

TEST_F(KeysTest, WhatIsNoKeyFileOrNoVaultIsRefused) {
  const std::string no_key = office_.key_file() + "-other";
  std::ofstream(no_key) << "key?\n";
  ASSERT_EQ(chmod(no_key.c_str(), 0600), 0);
  EXPECT_TRUE(
      absl::IsInvalidArgument(verify::MakeKeysCheck(office_.vault_directory(), no_key).status()));
  EXPECT_TRUE(absl::IsNotFound(
      verify::MakeKeysCheck(office_.vault_directory(), no_key + "-missing").status()));
  ASSERT_EQ(chmod(office_.key_file().c_str(), 0644), 0);
  EXPECT_TRUE(absl::IsFailedPrecondition(
      verify::MakeKeysCheck(office_.vault_directory(), office_.key_file()).status()));
  ASSERT_EQ(chmod(office_.key_file().c_str(), 0600), 0);
  const std::string nothing = office_.vault_directory() + "-missing";
  EXPECT_TRUE(absl::IsNotFound(verify::MakeKeysCheck(nothing, office_.key_file()).status()));
  EXPECT_FALSE(std::filesystem::exists(nothing)) << "nothing is created";
}

}  // namespace
}  // namespace bansos::testing
