// Whether the name of an account's holder is the registered name of its recipient, as far as names
// on forms, cards and in banks agree with each other at all. Pure, thread-safe.
//
// Words: capitals A-Z only; an apostrophe is left out and whatever else is no letter parts words.
// Titles and degrees (H., Drs., S.E.) are left out. Of what remains the first eight words count,
// each in one spelling (below).
//
// Two words are near when they are the same, or have five letters or more each and differ by one
// letter (another, one more or one less). An initial stands for every word that begins with it.
//
// Names agree when
//   1. their words written together are the same; or
//   2. each word of the name with fewer words is near to a word of the other, or one of the two is
//      the other's initial, each with a word of its own, in whatever order; and two words of more
//      than one letter are near.
// Everything else is far apart. Names without a word agree when they are the same text.
//
// Spelling: OE U, DJ J, TJ C, CH H, KH H, DH D, TH T, SJ and SY S, IY I, UW U, then Y J, V F, Q K,
// Z S, then a doubled letter once; MUH, MOH, MOHD, MHD and MOHAMAD are MUHAMAD.
#ifndef LEDGER_DOMAIN_HOLDER_NAME_H_
#define LEDGER_DOMAIN_HOLDER_NAME_H_

#include <string_view>

namespace bansos {

// Words of a name that count: few people have more, and pairing them stays short.
inline constexpr size_t kMaxNameWords = 8;

bool NamesAgree(std::string_view registered, std::string_view holder);

}  // namespace bansos

#endif  // LEDGER_DOMAIN_HOLDER_NAME_H_
