#include "tools/bansos-verify/keys/holder_name.h"

#include <cstdint>
#include <cstdlib>
#include <set>
#include <vector>

#include "absl/strings/str_replace.h"

namespace bansos::verify {
namespace {

constexpr size_t kWordsThatCount = 8;
constexpr size_t kLongWord = 5;

const std::set<std::string>& Titles() {
  static const auto* const kTitles = new std::set<std::string>{
      "H",   "HJ", "HAJI", "HAJAH", "KH",  "DR",   "DRA",  "DRS", "IR",   "PROF", "NS",
      "TN",  "NY", "BPK",  "BAPAK", "IBU", "SDR",  "SDRI", "ALM", "ALMH", "SE",   "SH",
      "ST",  "SP", "SIP",  "SAG",   "SPD", "SPDI", "SSOS", "SST", "SKM",  "SKOM", "SKEP",
      "AMD", "BA", "BSC",  "MM",    "MH",  "MT",   "MSI",  "MPD", "MAG",  "MKES"};
  return *kTitles;
}

bool IsLetter(char c) { return c >= 'A' && c <= 'Z'; }
bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::string Capitals(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

std::string LettersOf(const std::string& text) {
  std::string letters;
  for (const char c : text) {
    if (IsLetter(c)) letters += c;
  }
  return letters;
}

// Parts `text` where `ends(c)`; parts may be empty.
template <typename Ends>
std::vector<std::string> Part(const std::string& text, Ends ends) {
  std::vector<std::string> parts = {""};
  for (const char c : text) {
    if (ends(c)) {
      parts.push_back("");
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

// The words that count, without titles, as they are written.
std::vector<std::string> WrittenWords(const std::string& name) {
  std::vector<std::string> words;
  for (const std::string& piece : Part(Capitals(name), IsSpace)) {
    if (Titles().count(LettersOf(piece)) > 0) continue;
    for (const std::string& part : Part(piece, [](char c) { return !IsLetter(c) && c != '\''; })) {
      const std::string word = LettersOf(part);
      if (word.empty() || Titles().count(word) > 0) continue;
      if (words.size() < kWordsThatCount) words.push_back(word);
    }
  }
  return words;
}

std::string Spell(std::string word) {
  for (const auto& [from, to] : std::vector<std::pair<const char*, const char*>>{{"OE", "U"},
                                                                                 {"DJ", "J"},
                                                                                 {"TJ", "C"},
                                                                                 {"CH", "H"},
                                                                                 {"KH", "H"},
                                                                                 {"DH", "D"},
                                                                                 {"TH", "T"},
                                                                                 {"SJ", "S"},
                                                                                 {"SY", "S"},
                                                                                 {"IY", "I"},
                                                                                 {"UW", "U"},
                                                                                 {"Y", "J"},
                                                                                 {"V", "F"},
                                                                                 {"Q", "K"},
                                                                                 {"Z", "S"}}) {
    word = absl::StrReplaceAll(word, {{from, to}});
  }
  std::string spelt;
  for (const char c : word) {
    if (spelt.empty() || spelt.back() != c) spelt += c;
  }
  const std::set<std::string> muhamad = {"MUH", "MOH", "MOHD", "MHD", "MOHAMAD"};
  return muhamad.count(spelt) > 0 ? "MUHAMAD" : spelt;
}

// `longer` without one of its letters is `shorter`.
bool IsOneLetterMore(const std::string& longer, const std::string& shorter) {
  for (size_t i = 0; i < longer.size(); ++i) {
    if (longer.substr(0, i) + longer.substr(i + 1) == shorter) return true;
  }
  return false;
}

bool AreNear(const std::string& a, const std::string& b) {
  if (a == b) return true;
  if (a.size() < kLongWord || b.size() < kLongWord) return false;
  if (a.size() == b.size() + 1) return IsOneLetterMore(a, b);
  if (b.size() == a.size() + 1) return IsOneLetterMore(b, a);
  if (a.size() != b.size()) return false;
  size_t others = 0;
  for (size_t i = 0; i < a.size(); ++i) others += a[i] != b[i] ? 1 : 0;
  return others == 1;
}

bool IsInitialOf(const std::string& a, const std::string& b) {
  return (a.size() == 1 || b.size() == 1) && a[0] == b[0];
}

// Every set of words of `more` that the words of `fewer` so far can have for their own, as bits.
bool EachHasItsOwn(const std::vector<std::string>& fewer, const std::vector<std::string>& more) {
  std::set<uint32_t> reached = {0};
  for (const std::string& word : fewer) {
    std::set<uint32_t> next;
    for (const uint32_t used : reached) {
      for (size_t i = 0; i < more.size(); ++i) {
        const uint32_t bit = 1u << i;
        const bool fits = AreNear(word, more[i]) || IsInitialOf(word, more[i]);
        if (fits && (used & bit) == 0) next.insert(used | bit);
      }
    }
    reached = next;
  }
  return !reached.empty();
}

}  // namespace

bool IsSameName(const std::string& registered, const std::string& holder) {
  std::vector<std::string> a = WrittenWords(registered);
  std::vector<std::string> b = WrittenWords(holder);
  if (a.empty() || b.empty()) return registered == holder;
  std::string whole_a, whole_b;
  for (std::string& word : a) whole_a += word, word = Spell(word);
  for (std::string& word : b) whole_b += word, word = Spell(word);
  if (Spell(whole_a) == Spell(whole_b)) return true;
  bool a_full_word = false;
  for (const std::string& word : a) {
    for (const std::string& other : b) {
      a_full_word = a_full_word || (word.size() > 1 && other.size() > 1 && AreNear(word, other));
    }
  }
  return a_full_word && (a.size() <= b.size() ? EachHasItsOwn(a, b) : EachHasItsOwn(b, a));
}

}  // namespace bansos::verify
