#include "ledger/base/place.h"

#include <sys/stat.h>

#include <algorithm>
#include <optional>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"

namespace bansos {
namespace {

// As many as Linux follows; more is a circle.
constexpr int kMaxDanglingLinks = 40;

// `path` with the first of its links that lead to nothing yet replaced by what it names.
std::filesystem::path FollowDanglingLink(const std::filesystem::path& path) {
  std::filesystem::path before;
  for (auto part = path.begin(); part != path.end(); ++part) {
    std::filesystem::path at = before / *part;
    std::error_code error;
    if (std::filesystem::is_symlink(at, error) && !std::filesystem::exists(at, error)) {
      at = before / std::filesystem::read_symlink(at, error);
      while (++part != path.end()) at /= *part;
      return at;
    }
    before = std::move(at);
  }
  return path;
}

// A folder or file that is there, and what of a path is not there yet.
struct Reached {
  dev_t device = 0;
  ino_t number = 0;
  std::filesystem::path rest;
  bool operator==(const Reached&) const = default;
};

std::optional<Reached> Reach(std::filesystem::path place) {
  Reached reached;
  struct stat info {};
  while (stat(place.c_str(), &info) != 0) {
    if (!place.has_relative_path()) return std::nullopt;
    reached.rest = reached.rest.empty() ? place.filename() : place.filename() / reached.rest;
    place = place.parent_path();
  }
  reached.device = info.st_dev;
  reached.number = info.st_ino;
  return reached;
}

}  // namespace

absl::StatusOr<std::filesystem::path> PlaceOf(const std::string& path) {
  std::error_code error;
  std::filesystem::path place = std::filesystem::absolute(path, error);
  for (int links = 0; !error && links < kMaxDanglingLinks; ++links) {
    place = std::filesystem::weakly_canonical(place, error);
    if (error) break;
    std::filesystem::path followed = FollowDanglingLink(place);
    if (followed == place) return place;
    place = std::move(followed);
  }
  return absl::InvalidArgumentError(absl::StrCat("no such place: \"", path, "\""));
}

bool LiesIn(const std::filesystem::path& place, const std::filesystem::path& folder) {
  const auto [folder_end, place_at] =
      std::mismatch(folder.begin(), folder.end(), place.begin(), place.end());
  // A trailing slash leaves one empty name at the end.
  return folder_end == folder.end() || folder_end->empty();
}

bool AreSame(const std::filesystem::path& a, const std::filesystem::path& b) {
  if (a == b) return true;
  const std::optional<Reached> reached = Reach(a);
  return reached.has_value() && reached == Reach(b);
}

}  // namespace bansos
