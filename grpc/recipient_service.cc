#include "grpc/recipient_service.h"

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "grpc/event_reader.h"
#include "grpc/identity_items.h"
#include "grpc/recipient_answer.h"
#include "grpc/registered_identity.h"
#include "ledger/base/status_macros.h"

namespace bansos {
namespace {

// The registered recipient of each correction, with the identity as it was registered.
absl::StatusOr<std::vector<std::optional<CorrectedRecipient>>> FindCorrected(
    const ServiceParts& parts, const RecipientLookup& lookup, const Sealing& sealing,
    const v1::CorrectIdentitiesRequest& request) {
  RETURN_IF_ERROR(CheckItemCount(request.items_size()));
  std::vector<RecipientNumber> numbers;
  for (const v1::IdentityCorrection& item : request.items()) {
    ItemReader reader;
    numbers.push_back(lookup.Resolve("recipient", item.recipient(), reader));
    RETURN_IF_ERROR(reader.failure());
  }
  std::vector<std::optional<CorrectedRecipient>> corrected(numbers.size());
  std::vector<Position> registered_at(numbers.size());
  RETURN_IF_ERROR(parts.reads.Read([&](const Views& views) {
    for (size_t i = 0; i < numbers.size(); ++i) {
      const RecipientState* recipient = views.state.FindRecipient(numbers[i]);
      if (recipient == nullptr || !recipient->registered) continue;
      corrected[i] = CorrectedRecipient{.number = numbers[i], .kind = recipient->kind};
      registered_at[i] = recipient->registered_at;
    }
  }));
  for (size_t i = 0; i < corrected.size(); ++i) {
    if (!corrected[i].has_value()) continue;
    ASSIGN_OR_RETURN(const RecipientRegistered event,
                     ReadBodyAt<RecipientRegistered>(parts.log, registered_at[i]));
    ASSIGN_OR_RETURN(corrected[i]->registered,
                     sealing.UnsealIdentity(numbers[i], event.sealed_identity));
  }
  return corrected;
}

// Of the recipient of each payee.
absl::StatusOr<std::vector<std::optional<RegisteredName>>> FindNames(
    const ServiceParts& parts, const RecipientLookup& lookup, const Sealing& sealing,
    const v1::AssignPayeesRequest& request) {
  RETURN_IF_ERROR(CheckItemCount(request.items_size()));
  std::vector<RecipientNumber> numbers;
  for (const v1::PayeeAssignment& item : request.items()) {
    ItemReader reader;
    numbers.push_back(lookup.Resolve("recipient", item.recipient(), reader));
    RETURN_IF_ERROR(reader.failure());
  }
  return ReadRegisteredNames(parts.reads, parts.log, sealing, numbers);
}

// Which items have a name that differs and that no document confirms.
std::vector<bool> DifferingNames(const std::vector<PreparedItem>& items) {
  std::vector<bool> differ(items.size(), false);
  for (size_t i = 0; i < items.size(); ++i) {
    const auto* command = std::get_if<Command>(&items[i]);
    if (command == nullptr) continue;
    const auto& payee = std::get<PayeeAssigned>(std::get<EventBody>(command->body));
    differ[i] = payee.name_differs && !payee.name_confirmed;
  }
  return differ;
}

v1::AssignPayeesResponse ToResponse(const Recording& recording, const std::vector<bool>& differ) {
  v1::AssignPayeesResponse response;
  *response.mutable_outcomes() = ToOutcomes(recording.items, recording.log_size);
  for (size_t i = 0; i < differ.size(); ++i) {
    if (differ[i] && !recording.items[i].fault.has_value()) {
      response.add_names_differ(static_cast<uint32_t>(i));
    }
  }
  return response;
}

}  // namespace

void RecipientService::Register(v1::RegisterRecipientsRequest request, const Caller& caller,
                                Answer<v1::RegisterRecipientsResponse> answer) {
  const absl::StatusOr<RequestHead> head = ReadHead(request.options(), request.basis(), caller);
  if (!head.ok()) return answer(head.status());
  absl::StatusOr<PreparedRegistrations> prepared =
      IdentityItems(parts_.vault).Register(*head, request);
  if (!prepared.ok()) return answer(prepared.status());
  parts_.writes.Record(*head, std::move(prepared->items),
                       [numbers = std::move(prepared->numbers),
                        answer = std::move(answer)](absl::StatusOr<Recording> recording) {
                         if (!recording.ok()) return answer(recording.status());
                         v1::RegisterRecipientsResponse response;
                         *response.mutable_outcomes() =
                             ToOutcomes(recording->items, recording->log_size);
                         for (size_t i = 0; i < numbers.size(); ++i) {
                           const bool refused = recording->items[i].fault.has_value();
                           response.add_recipients(refused ? 0 : numbers[i].value());
                         }
                         answer(std::move(response));
                       });
}

void RecipientService::Correct(v1::CorrectIdentitiesRequest request, const Caller& caller,
                               Answer<v1::CorrectIdentitiesResponse> answer) {
  const absl::StatusOr<RequestHead> head = ReadHead(request.options(), request.basis(), caller);
  if (!head.ok()) return answer(head.status());
  parts_.reads.WhenCurrent(caller, [this, head = *head, request = std::move(request),
                                    answer = std::move(answer)](absl::Status status) {
    if (!status.ok()) return answer(status);
    const auto recipients = FindCorrected(parts_, lookup_, sealing_, request);
    if (!recipients.ok()) return answer(recipients.status());
    absl::StatusOr<std::vector<PreparedItem>> items =
        IdentityItems(parts_.vault).Correct(head, request, *recipients);
    if (!items.ok()) return answer(items.status());
    parts_.writes.Record(head, *std::move(items), WritePath::AnswerOutcomes(answer));
  });
}

void RecipientService::Assign(v1::AssignPayeesRequest request, const Caller& caller,
                              Answer<v1::AssignPayeesResponse> answer) {
  const absl::StatusOr<RequestHead> head = ReadHead(request.options(), request.basis(), caller);
  if (!head.ok()) return answer(head.status());
  parts_.reads.WhenCurrent(caller, [this, head = *head, request = std::move(request),
                                    answer = std::move(answer)](absl::Status status) {
    if (!status.ok()) return answer(status);
    const auto names = FindNames(parts_, lookup_, sealing_, request);
    if (!names.ok()) return answer(names.status());
    absl::StatusOr<std::vector<PreparedItem>> items =
        IdentityItems(parts_.vault).Assign(head, request, *names);
    if (!items.ok()) return answer(items.status());
    std::vector<bool> differ = DifferingNames(*items);
    parts_.writes.Record(head, *std::move(items),
                         [differ = std::move(differ), answer](absl::StatusOr<Recording> recording) {
                           if (!recording.ok()) return answer(recording.status());
                           answer(ToResponse(*recording, differ));
                         });
  });
}

void RecipientService::RecordDeath(v1::RecordDeathsRequest request, const Caller& caller,
                                   Answer<v1::RecordDeathsResponse> answer) {
  parts_.writes.RecordItems(
      request, caller,
      [this](const v1::Death& death, ItemReader& reader) -> EventBody {
        RecipientDied event;
        event.recipient = lookup_.Resolve("recipient", death.recipient(), reader);
        event.died_on = reader.ReadDate("died_on", death.died_on());
        event.source = reader.ReadEnum<DeathSource>("source", death.source());
        if (death.lives() != death.died_on().empty()) {
          reader.Refuse(RefusalCode::kBadDate, "died_on",
                        "state the day of death, or that the person lives; one of the two");
        }
        return event;
      },
      std::move(answer));
}

void RecipientService::Get(v1::GetRecipientRequest request, const Caller& caller,
                           Answer<v1::GetRecipientResponse> answer) {
  parts_.reads.Query<v1::GetRecipientResponse>(
      request.read(), caller,
      [this, request](const Moment& moment) {
        return RecipientAnswer(parts_, lookup_, sealing_, moment, request);
      },
      std::move(answer));
}

void RecipientService::Find(v1::FindRecipientsRequest request, const Caller& caller,
                            Answer<v1::FindRecipientsResponse> answer) {
  if (absl::Status count = CheckItemCount(request.recipients_size()); !count.ok()) {
    return answer(count);
  }
  std::vector<RecipientNumber> numbers;
  for (const v1::RecipientRef& ref : request.recipients()) {
    ItemReader reader;
    numbers.push_back(lookup_.Resolve("recipients", ref, reader));
    if (!reader.failure().ok()) return answer(reader.failure());
  }
  parts_.reads.Ask<v1::FindRecipientsResponse>(
      request.read(), caller,
      [numbers =
           std::move(numbers)](const Views& views) -> absl::StatusOr<v1::FindRecipientsResponse> {
        v1::FindRecipientsResponse response;
        for (const RecipientNumber number : numbers) {
          const RecipientState* recipient = views.state.FindRecipient(number);
          const bool registered = recipient != nullptr && recipient->registered;
          response.add_numbers(registered ? number.value() : 0);
        }
        return response;
      },
      std::move(answer));
}

}  // namespace bansos
