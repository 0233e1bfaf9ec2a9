#include "grpc/request_size.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "bansos/v1/common.pb.h"
#include "google/protobuf/descriptor.h"
#include "grpc/limits.h"

namespace bansos {
namespace {

using google::protobuf::FieldDescriptor;
absl::Status CheckList(const google::protobuf::Message& message, const FieldDescriptor& field) {
  const auto entries = static_cast<size_t>(message.GetReflection()->FieldSize(message, &field));
  const size_t most =
      field.type() == FieldDescriptor::TYPE_ENUM ? kMaxFilterValues : kMaxRequestItems;
  if (entries <= most) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(std::string(field.name()), " has ", entries,
                                                 " entries; at most ", most,
                                                 " are taken. Ask for fewer at a time."));
}

}  // namespace

RequestSize SizeOf(const google::protobuf::Message& request) {
  RequestSize size;
  const auto* reflection = request.GetReflection();
  const auto* type = request.GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor& field = *type->field(i);
    if (field.is_repeated()) {
      size.items += static_cast<size_t>(reflection->FieldSize(request, &field));
    } else if (field.name() == "page_size") {
      size.page_rows = reflection->GetUInt32(request, &field);
    } else if (field.message_type() == v1::WriteOptions::descriptor()) {
      const google::protobuf::Message& options = reflection->GetMessage(request, &field);
      size.dry_run = static_cast<const v1::WriteOptions&>(options).dry_run();
    }
  }
  return size;
}

absl::Status CheckFilterSize(const google::protobuf::Message& query) {
  const auto* type = query.GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor& field = *type->field(i);
    absl::Status fits;
    if (field.is_repeated()) {
      fits = CheckList(query, field);
    } else if (field.message_type() != nullptr && query.GetReflection()->HasField(query, &field)) {
      fits = CheckFilterSize(query.GetReflection()->GetMessage(query, &field));
    }
    if (!fits.ok()) return fits;
  }
  return absl::OkStatus();
}

}  // namespace bansos
