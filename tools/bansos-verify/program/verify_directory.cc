#include <filesystem>
#include <memory>

#include "tools/bansos-verify/finding/finding.h"
#include "tools/bansos-verify/keys/keys_check.h"
#include "tools/bansos-verify/note/checkpoint.h"
#include "tools/bansos-verify/note/signed_note.h"
#include "tools/bansos-verify/program/log_check.h"
#include "tools/bansos-verify/program/verify.h"
#include "tools/bansos-verify/rules/event_check.h"
#include "tools/bansos-verify/source/data_directory.h"
#include "tools/bansos-verify/source/files.h"
#include "tools/bansos-verify/source/tiles_directory.h"

namespace bansos::verify {
namespace {

namespace fs = std::filesystem;

constexpr char kVaultDirectory[] = "vault";

absl::StatusOr<std::unique_ptr<LogSource>> OpenSource(const Options& options,
                                                      const std::optional<VerifierKey>& key) {
  std::error_code ignored;
  const fs::path directory = options.path;
  if (!fs::is_directory(directory, ignored)) {
    return absl::InvalidArgumentError(absl::StrCat(options.path, " is no directory"));
  }
  const bool has_checkpoint = fs::exists(directory / kCheckpointFile, ignored);
  const bool has_log = fs::exists(directory / kLogDirectory, ignored) ||
                       fs::exists(directory / kAnchorFile, ignored);
  if (has_checkpoint && has_log) {
    return absl::InvalidArgumentError(
        absl::StrCat(options.path,
                     " has a file 'checkpoint' (an export) and 'log' or 'anchor' (a data "
                     "directory): give a directory that holds one of them"));
  }
  if (has_log) return DataDirectory::Open(options.path, key, options.entries);
  if (!has_checkpoint) {
    return absl::InvalidArgumentError(
        absl::StrCat(options.path,
                     " is no exported directory (it has no file 'checkpoint') and no data "
                     "directory (it has no 'log' and no 'anchor')"));
  }
  if (!key) TRY(FindKey(options.vkey).status());
  return TilesDirectory::Open(options.path, *key);
}

absl::StatusOr<std::optional<VerifierKey>> FindKeyIfGiven(const Options& options) {
  if (options.vkey.empty()) return std::nullopt;
  return FindKey(options.vkey);
}

absl::Status CheckOriginOf(const LogSource& source, const Options& options,
                           const std::optional<VerifierKey>& key, Report& report) {
  if (source.origin().empty()) {
    if (!options.origin.empty())
      report.not_checked.push_back("The origin was not checked: no checkpoint states one.");
    return absl::OkStatus();
  }
  if (!key && options.origin.empty()) return absl::OkStatus();
  const std::string key_name = key ? key->name() : "";
  // Only a should in C2SP, and a key of a foreign log may be named as it likes.
  if (options.entries == Entries::kOpaque && options.origin.empty() &&
      source.origin() != key_name) {
    report.not_checked.push_back(
        "The origin was not checked: it is not the name of the key, and no --origin says what it "
        "should be.");
    return absl::OkStatus();
  }
  return CheckOrigin(options, key_name, source.origin(), "the checkpoint");
}

// The root that the older checkpoint states, which must be of this log and not larger.
absl::StatusOr<std::vector<StatedRoot>> ReadSince(const LogSource& source, const Options& options,
                                                  const std::optional<VerifierKey>& key) {
  if (options.since.empty()) return std::vector<StatedRoot>();
  if (!key) TRY(FindKey(options.vkey).status());
  const std::string place = absl::StrCat("the older checkpoint ", options.since);
  TRY_ASSIGN(const std::string bytes, ReadNamedFile(options.since, kMaxNoteBytes));
  TRY_ASSIGN(const Checkpoint old, ReadCheckpoint(bytes, key, place));
  if (!source.origin().empty() && old.origin != source.origin()) {
    return FaultIn(place, "it is of the origin '", old.origin, "', the log of '", source.origin(),
                   "'");
  }
  if (old.size > source.size()) {
    return FaultAt(source.size(), "the log ends here, but ", place, " was signed over ", old.size,
                   " entries: the log was rolled back");
  }
  return std::vector<StatedRoot>{{old.size, old.root, place}};
}

absl::StatusOr<std::unique_ptr<EventCheck>> MakeEventCheck(const Options& options) {
  if (options.entries == Entries::kOpaque) return nullptr;
  if (options.profile == Profile::kPublic) return MakePublicCheck();
  const std::string vault =
      options.vault.empty() ? absl::StrCat(options.path, "/", kVaultDirectory) : options.vault;
  if (options.key_file.empty()) {
    return absl::InvalidArgumentError("the profile with-keys needs --key-file");
  }
  auto check = MakeKeysCheck(vault, options.key_file);
  if (IsFault(check.status())) return FaultIn(vault, std::string(check.status().message()));
  return check;
}

void Describe(const LogSource& source, const EventCheck* events, const Options& options,
              Report& report) {
  report.checked = source.Checked();
  if (!options.since.empty()) {
    report.checked.push_back("that the log continues " + options.since);
  }
  const auto exclude = [&report](const std::vector<std::string>& what) {
    report.not_checked.insert(report.not_checked.end(), what.begin(), what.end());
  };
  exclude(source.NotChecked());
  if (events != nullptr) {
    report.checked.push_back("every event against the rules, and both bucket equations");
    report.checked.push_back("the lines and totals that result files state, against their events");
    report.findings = events->Findings();
    exclude(events->Exclusions());
  } else {
    exclude({"What the entries say was not checked: they were taken as opaque bytes."});
  }
  std::error_code ignored;
  if (events != nullptr && options.profile == Profile::kWithKeys) {
    report.checked.push_back("every sealed value, key commitment and number against the vault");
  } else if (fs::exists(fs::path(options.path) / kVaultDirectory, ignored)) {
    exclude({"The vault (vault/) was not read."});
  }
  if (options.since.empty()) {
    exclude(
        {"Whether history was rewritten and signed again was not checked: only an older checkpoint "
         "that you kept can show that (--since)."});
  }
}

}  // namespace

absl::Status VerifyDirectory(const Options& options, ProgressLine& progress, Report& report) {
  TRY_ASSIGN(const std::optional<VerifierKey> key, FindKeyIfGiven(options));
  if (key) report.key = key->Label();
  TRY_ASSIGN(const std::unique_ptr<LogSource> source, OpenSource(options, key));
  // Only now, when the directory is locked, is its vault opened.
  TRY_ASSIGN(const std::unique_ptr<EventCheck> events, MakeEventCheck(options));
  report.kind = source->Kind();
  report.size = source->size();
  report.origin = source->origin();
  report.profile = options.entries == Entries::kOpaque     ? "entries opaque"
                   : options.profile == Profile::kWithKeys ? "with-keys"
                                                           : "public";
  TRY(CheckOriginOf(*source, options, key, report));
  LogCheckRequest request;
  TRY_ASSIGN(request.stated_roots, ReadSince(*source, options, key));
  request.events = events.get();
  request.on_progress = [&progress, size = source->size()](uint64_t entries) {
    progress.Update(entries, size);
  };
  TRY_ASSIGN(report.root, CheckLog(*source, request));
  Describe(*source, events.get(), options, report);
  return absl::OkStatus();
}

}  // namespace bansos::verify
