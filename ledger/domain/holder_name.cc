#include "ledger/domain/holder_name.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

namespace bansos {
namespace {

using Words = std::vector<std::string>;

constexpr size_t kLettersToDiffer = 5;

constexpr std::string_view kTitles[] = {
    "ALM",   "ALMH", "AMD",  "BA",  "BAPAK", "BPK",  "BSC",  "DR",   "DRA",  "DRS", "H",
    "HAJAH", "HAJI", "HJ",   "IBU", "IR",    "KH",   "MAG",  "MH",   "MKES", "MM",  "MPD",
    "MSI",   "MT",   "NS",   "NY",  "PROF",  "SAG",  "SDR",  "SDRI", "SE",   "SH",  "SIP",
    "SKEP",  "SKM",  "SKOM", "SP",  "SPD",   "SPDI", "SSOS", "SST",  "ST",   "TN"};

// One after the other, each throughout the word.
constexpr std::pair<std::string_view, std::string_view> kSpellings[] = {
    {"OE", "U"}, {"DJ", "J"}, {"TJ", "C"}, {"CH", "H"}, {"KH", "H"},
    {"DH", "D"}, {"TH", "T"}, {"SJ", "S"}, {"SY", "S"}, {"IY", "I"},
    {"UW", "U"}, {"Y", "J"},  {"V", "F"},  {"Q", "K"},  {"Z", "S"}};

constexpr std::string_view kMuhamad[] = {"MUH", "MOH", "MOHD", "MHD", "MOHAMAD"};

bool IsTitle(std::string_view word) {
  return std::find(std::begin(kTitles), std::end(kTitles), word) != std::end(kTitles);
}

std::string InOneSpelling(std::string word) {
  for (const auto& [old_way, way] : kSpellings) {
    word = absl::StrReplaceAll(word, {{absl::string_view(old_way.data(), old_way.size()),
                                       absl::string_view(way.data(), way.size())}});
  }
  word.erase(std::unique(word.begin(), word.end()), word.end());
  const bool muhamad =
      std::find(std::begin(kMuhamad), std::end(kMuhamad), word) != std::end(kMuhamad);
  return muhamad ? "MUHAMAD" : word;
}

// Adds the words of what stands between two spaces. "S.E." is one title; "H.AHMAD" two words.
void AddPiece(std::string_view piece, Words& words) {
  std::string letters;
  Words parts(1);
  for (const char c : piece) {
    if (absl::ascii_isupper(c)) {
      letters += c;
      parts.back() += c;
    } else if (c != '\'' && !parts.back().empty()) {
      parts.emplace_back();
    }
  }
  if (IsTitle(letters)) return;
  for (std::string& part : parts) {
    if (!part.empty() && !IsTitle(part)) words.push_back(std::move(part));
  }
}

Words WordsOf(std::string_view name) {
  Words words;
  std::string piece;
  for (const char c : name) {
    if (!absl::ascii_isspace(c)) {
      piece += absl::ascii_toupper(c);
      continue;
    }
    AddPiece(piece, words);
    piece.clear();
  }
  AddPiece(piece, words);
  if (words.size() > kMaxNameWords) words.resize(kMaxNameWords);
  return words;
}

// REQUIRES: the words are not the same.
bool DifferByOneLetter(const std::string& a, const std::string& b) {
  if (a.size() < b.size()) return DifferByOneLetter(b, a);
  if (a.size() - b.size() > 1) return false;
  const auto [in_a, in_b] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  const auto rest_b = a.size() == b.size() ? in_b + 1 : in_b;
  return std::equal(in_a + 1, a.end(), rest_b, b.end());
}

bool Near(const std::string& a, const std::string& b) {
  if (a == b) return true;
  return std::min(a.size(), b.size()) >= kLettersToDiffer && DifferByOneLetter(a, b);
}

bool MayBeTheSame(const std::string& a, const std::string& b) {
  return Near(a, b) || (std::min(a.size(), b.size()) == 1 && a.front() == b.front());
}

// Gives each of `fewer` a word of `more`, moving earlier ones along (augmenting paths).
class Pairing {
 public:
  Pairing(const Words& fewer, const Words& more) : fewer_(fewer), more_(more) {
    taken_by_.fill(kNobody);
  }

  bool PairsAll() {
    for (size_t word = 0; word < fewer_.size(); ++word) {
      tried_.fill(false);
      if (!Place(word)) return false;
    }
    return true;
  }

 private:
  static constexpr size_t kNobody = kMaxNameWords;

  bool Place(size_t word) {
    for (size_t i = 0; i < more_.size(); ++i) {
      if (tried_[i] || !MayBeTheSame(fewer_[word], more_[i])) continue;
      tried_[i] = true;
      if (taken_by_[i] != kNobody && !Place(taken_by_[i])) continue;
      taken_by_[i] = word;
      return true;
    }
    return false;
  }

  const Words& fewer_;
  const Words& more_;
  std::array<size_t, kMaxNameWords> taken_by_;
  std::array<bool, kMaxNameWords> tried_;
};

bool ShareAWord(const Words& a, const Words& b) {
  return std::any_of(a.begin(), a.end(), [&](const std::string& word) {
    return word.size() > 1 && std::any_of(b.begin(), b.end(), [&](const std::string& other) {
             return other.size() > 1 && Near(word, other);
           });
  });
}

Words InOneSpelling(Words words) {
  for (std::string& word : words) word = InOneSpelling(std::move(word));
  return words;
}

}  // namespace

bool NamesAgree(std::string_view registered, std::string_view holder) {
  Words a = WordsOf(registered), b = WordsOf(holder);
  if (a.empty() || b.empty()) return registered == holder;
  if (InOneSpelling(absl::StrJoin(a, "")) == InOneSpelling(absl::StrJoin(b, ""))) return true;
  a = InOneSpelling(std::move(a));
  b = InOneSpelling(std::move(b));
  if (a.size() > b.size()) std::swap(a, b);
  return ShareAWord(a, b) && Pairing(a, b).PairsAll();
}

}  // namespace bansos
