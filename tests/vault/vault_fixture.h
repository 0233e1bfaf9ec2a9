// VaultTest: a folder of its own for each test, with a vault in `data/vault` and its key file
// beside `data`.
#ifndef TESTS_VAULT_VAULT_FIXTURE_H_
#define TESTS_VAULT_VAULT_FIXTURE_H_

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"
#include "ledger/vault/vault.h"
#include "tests/support/status_matchers.h"

namespace bansos::testing {

class VaultTest : public ::testing::Test {
 protected:
  VaultTest() {
    std::string folder = (std::filesystem::temp_directory_path() / "vault_test_XXXXXX").string();
    CHECK(mkdtemp(folder.data()) != nullptr);
    folder_ = folder;
    options_.directory = (folder_ / "data" / "vault").string();
    options_.key_file = (folder_ / "vault.key").string();
    options_.create_if_missing = true;
    options_.cached_keys = 1024;
  }
  ~VaultTest() override {
    vault_.reset();
    std::filesystem::remove_all(folder_);
  }

  // Closes the vault, if open, and opens it again.
  absl::Status Reopen() {
    vault_.reset();
    absl::StatusOr<std::unique_ptr<Vault>> opened = Vault::Open(options_);
    if (!opened.ok()) return opened.status();
    vault_ = *std::move(opened);
    return absl::OkStatus();
  }

  // Reserves one identity in the open vault.
  Reservation Reserve(const std::string& identity) {
    const auto reserved = vault_->ReserveRecipients({identity});
    CHECK_OK(reserved.status());
    return reserved->front();
  }

  static std::string Nik(uint64_t serial) {
    return absl::StrCat("nik:", 3374014507800000 + serial);
  }

  static std::vector<std::string> Niks(uint64_t first, uint64_t count) {
    std::vector<std::string> niks;
    for (uint64_t i = 0; i < count; ++i) niks.push_back(Nik(first + i));
    return niks;
  }

  static void WriteFile(const std::filesystem::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
  }
  static std::string ReadFile(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
  }

  std::filesystem::path folder_;
  VaultOptions options_;
  std::unique_ptr<Vault> vault_;
};

}  // namespace bansos::testing

#endif  // TESTS_VAULT_VAULT_FIXTURE_H_
