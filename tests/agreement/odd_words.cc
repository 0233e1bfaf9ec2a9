// The lists that Oddities picks from: what is legal, what nearly is, and what looks as if it were.
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/agreement/oddities.h"

namespace bansos::testing {
namespace {

std::string Repeated(const std::string& part, size_t count) {
  std::string text;
  for (size_t i = 0; i < count; ++i) text += part;
  return text;
}

// clang-format off: one value a line would be two hundred lines.

// Characters of Unicode that are blank, hidden, joined or nothing.
const std::vector<std::string>& Characters() {
  static const auto* texts = new std::vector<std::string>{
      "",
      " ",
      "  ",
      "\u00a0",
      "\u1680",
      "\u2003",
      "\u202f",
      "\u205f",
      "\u3000",
      "\u3000 \u00a0",
      "\u00ad",
      "\u034f",
      "\u115f",
      "\u180e",
      "\u200b",
      "\u200c",
      "\u200d",
      "\u2060",
      "\u2061",
      "\u2063",
      "\u2800",
      "\u3164",
      "\ufe0f",
      "\ufff9",
      "\ufffb",
      "\ufffc",
      "\ufffd",
      "\uffff",
      "\ufeff",
      "\u061c",
      "\u200e",
      "\u200f",
      "\u2028",
      "\u2029",
      "\u202a",
      "\u202e",
      "\u2066",
      "\u2069",
      "\u206a",
      "\U000e0001",
      "\U000e0041",
      "\U000f0000",
      "\U0010ffff",
      "\U0001f600",
      "e\u0301",
      "\u0301",
      "a\u0301\u0302\u0303",
      "\u0085",
      "x\u0085y",
      "x\u009fy",
      "\u007f",
  };
  return *texts;
}

// Texts as people write them, at the bounds of length, and what could be a NIK.
const std::vector<std::string>& Writings() {
  static const auto* texts = new std::vector<std::string>{
      "\n",
      "a\nb",
      "a\r",
      "a\tb",
      "\x1b[31m",
      std::string("a\0b", 3),
      std::string(1, '\0'),
      std::string(200, 'x'),
      std::string(201, 'x'),
      Repeated("\u00e9", 100),
      Repeated("\u00e9", 101),
      absl::StrCat(std::string(199, 'x'), "\u00e9"),
      absl::StrCat(std::string(197, 'x'), "\u3042"),
      Repeated("\U0001f600", 50),
      std::string(200, ' '),
      absl::StrCat(std::string(199, ' '), "x"),
      " x",
      "x ",
      "SK/1",
      "900/1.2/SK/2025",
      "../..",
      "/",
      ".",
      "-",
      "\"",
      "'",
      "a,b",
      "a;b",
      "=1+1",
      "@x",
      "3374010101800001",
      "33 74 01 01 01 80 00 01",
      "33.74.01.01.01.80.00.01",
      "33/74/01/01/01/80/00/01",
      "33  74010101800001",
      "jateng/2025.0101.0112.0042",
      "2025.0101.0112.0042",
      "3374014101800001",
      "3374013201800001",
      "3374010113800001",
      "337401010180000",
      "33740101018000011",
      "33 74 01 01 01 80 00 01 2",
      "1.3374010101800001",
      "x3374010101800001x",
      "１２３４５６７８９０１２３４５６",
      "0000000000000000",
      "1111111111111111",
      "12.34.56.01.01.80.00.01-x",
  };
  return *texts;
}

}  // namespace

std::string Oddities::Actor() {
  return Pick<std::string>({"a", "A", "Amir", "amir@dinsos", "@", ".", "-", "_", "0",
                            std::string(64, 'a'), std::string(65, 'a'), "amir-", "a b", "a/b",
                            "amir.3374010101800001", "3374-0101-0180-0001", "337401010180000",
                            "amir,x", "1234567890123456"});
}

std::string Oddities::Date() {
  return Pick<std::string>({"1900-01-01",
                            "2999-12-31",
                            "1899-12-31",
                            "3000-01-01",
                            "9999-12-31",
                            "2024-02-29",
                            "2025-02-29",
                            "2000-02-29",
                            "1900-02-29",
                            "2100-02-29",
                            "2025-06-02",
                            "2025-06-03",
                            "2025-06-01",
                            "2025-04-31",
                            "2025-00-10",
                            "2025-13-01",
                            "2025-01-00",
                            "",
                            "2025-1-1",
                            "20250101",
                            " 2025-01-01",
                            "2025-01-01 ",
                            "2025-01-01T00:00:00",
                            "0000-00-00",
                            "-2025-01-01",
                            "2025-12-31"});
}

std::string Oddities::Code() {
  return Pick<std::string>({"",
                            "A",
                            "a",
                            "Z9",
                            "0",
                            "9",
                            "-",
                            ".",
                            "_",
                            "-A",
                            "A-",
                            "A.B",
                            "A_B",
                            "A/B",
                            "A B",
                            " A",
                            "A ",
                            "É",
                            "KJS",
                            "kjs",
                            "33.AB",
                            std::string(12, 'A'),
                            std::string(13, 'A'),
                            std::string(31, 'A'),
                            std::string(32, 'A'),
                            "3374010101800001",
                            "3374-0101.0180-0001",
                            "337401010180000",
                            "A3374010101800001",
                            "1111111111111111",
                            "A\tB",
                            "A\nB"});
}

std::string Oddities::PlaceCode() {
  return Pick<std::string>({"33.AB",
                            "01.01",
                            "33.00",
                            "00.00",
                            "33.99",
                            "99.99",
                            "33.7",
                            "33.074",
                            "3374",
                            "33.74.01",
                            "33.74.00",
                            "33.74.01.1001",
                            "33.74.01.0000",
                            "33.74.01.100",
                            "33.74.01.1001.1",
                            "33",
                            "33.",
                            ".33",
                            "",
                            " 33.74",
                            "33.74 ",
                            "33,74",
                            "33.7４",
                            "10.01",
                            "33.74.0A",
                            "33.74.01.10O1",
                            "33.01",
                            "33.74",
                            "0",
                            "+3.74",
                            "33.-1"});
}

std::string Oddities::Text() { return Pick(OneIn(2) ? Characters() : Writings()); }

// clang-format on

}  // namespace bansos::testing
