// The shape of what names a person, an institution or an account: what may enter the vault. The log
// never shows these values, so the domain cannot check them. Faults name the field and never quote
// the value (invariant 8). Pure.
#ifndef GRPC_IDENTITY_SHAPE_H_
#define GRPC_IDENTITY_SHAPE_H_

#include <string>

#include "bansos/v1/person.pb.h"
#include "grpc/item_reader.h"

namespace bansos {

// The vault's name of a person: "nik:3374...". Refuses BAD_NIK.
std::string ReadNik(std::string_view field, const std::string& nik, ItemReader& reader);

// The vault's name of an institution: "inst:REG-12". Refuses BAD_REGISTRATION_NUMBER.
std::string ReadRegistrationNumber(std::string_view field, const std::string& number,
                                   ItemReader& reader);

// The vault's name of a family card: its 16 digits. Refuses BAD_KK.
std::string ReadKk(std::string_view field, const std::string& kk, ItemReader& reader);

// The vault's name of an account: bank and number without spaces and punctuation, so that the same
// account is the same however it is written. Refuses BAD_ACCOUNT.
std::string ReadAccount(const v1::PayeeDetails& details, ItemReader& reader);

}  // namespace bansos

#endif  // GRPC_IDENTITY_SHAPE_H_
