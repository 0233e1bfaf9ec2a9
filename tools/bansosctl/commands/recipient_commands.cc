#include <unistd.h>

#include <iostream>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "bansos/v1/recipient_service.grpc.pb.h"
#include "ledger/base/status_macros.h"
#include "ledger/domain/nik.h"
#include "tools/bansosctl/commands/commands.h"
#include "tools/bansosctl/commands/names.h"

namespace bansos {
namespace {

struct RecipientArguments {
  uint64_t number = 0;
  bool nik_stdin = false;
  bool identity = false;
};

// A NIK on the command line would stand in the shell's history and in the list of processes.
absl::StatusOr<std::string> ReadNik(Session& session) {
  if (::isatty(STDIN_FILENO) == 1) session.err() << "NIK: " << std::flush;
  std::string line;
  std::getline(std::cin, line);
  const std::string nik(absl::StripAsciiWhitespace(line));
  if (const std::optional<NikFault> fault = CheckNik(nik)) {
    return absl::InvalidArgumentError(
        absl::StrCat("the NIK on standard input: ", std::string(Explain(*fault))));
  }
  return nik;
}

void PrintEntitlements(Session& session, const v1::Recipient& recipient) {
  Table table({{"programme"},
               {"slot", Align::kRight},
               {"holder", Align::kRight},
               {"from tranche", Align::kRight},
               {"state"},
               {"ended on"},
               {"decree at", Align::kRight}});
  for (const v1::Entitlement& entitlement : recipient.entitlements()) {
    table.AddRow(
        {entitlement.program(), session.Count(entitlement.slot()),
         std::to_string(entitlement.holder()), std::to_string(entitlement.first_tranche()),
         entitlement.running() ? "running" : NameOf(entitlement.end_reason(), "END_REASON_"),
         entitlement.ended_on(), std::to_string(entitlement.decree_position())});
  }
  session.out() << '\n';
  session.Print(table);
}

void PrintPayments(Session& session, const v1::Recipient& recipient) {
  Table table({{"payment"},
               {"batch", Align::kRight},
               {"state"},
               {"amount", Align::kRight},
               {"attempt", Align::kRight},
               {"value date"},
               {"reason"},
               {"reference"}});
  for (const v1::Payment& payment : recipient.payments()) {
    table.AddRow(
        {FormatPaymentKey(payment.payment()), std::to_string(payment.batch()),
         NameOf(payment.state(), "PAYMENT_STATE_"), session.Rupiah(payment.amount()),
         std::to_string(payment.attempt()), payment.value_date(),
         payment.return_reason() == 0 ? "" : NameOf(payment.return_reason(), "RETURN_REASON_"),
         payment.reference()});
  }
  session.out() << '\n';
  session.Print(table);
}

void PrintRecipient(Session& session, const v1::Recipient& recipient) {
  Table table({{"recipient"}, {std::to_string(recipient.number())}});
  table.AddRow({"kind", NameOf(recipient.kind(), "RECIPIENT_KIND_")});
  table.AddRow({"area", recipient.area()});
  table.AddRow({"registered at position", std::to_string(recipient.registered_position())});
  table.AddRow({"family card number of the vault", std::to_string(recipient.kk_token())});
  table.AddRow({"died on", recipient.died_on().empty() ? "-" : recipient.died_on()});
  if (recipient.has_payee()) {
    table.AddRow({"paid by", NameOf(recipient.payee().channel(), "CHANNEL_")});
    table.AddRow({"to", NameOf(recipient.payee().holder(), "HOLDER_")});
    table.AddRow(
        {"account number of the vault", std::to_string(recipient.payee().account_token())});
  }
  if (recipient.has_identity()) {
    table.AddRow({"name", recipient.identity().name()});
    table.AddRow({"born", absl::StrCat(recipient.identity().birth_place(), ", ",
                                       recipient.identity().birth_date())});
    table.AddRow({"address", recipient.identity().address()});
    table.AddRow({"account", absl::StrCat(recipient.payee().details().bank(), " ",
                                          recipient.payee().details().account_number())});
  }
  session.Print(table);
  PrintEntitlements(session, recipient);
  PrintPayments(session, recipient);
}

absl::Status ShowCommand(Session& session, const RecipientArguments& arguments) {
  if ((arguments.number != 0) == arguments.nik_stdin) {
    return absl::InvalidArgumentError(
        "state either a recipient number or --nik-stdin (never a NIK on the command line)");
  }
  v1::GetRecipientRequest request;
  if (arguments.nik_stdin) {
    ASSIGN_OR_RETURN(const std::string nik, ReadNik(session));
    request.mutable_recipient()->set_nik(nik);
  } else {
    request.mutable_recipient()->set_number(arguments.number);
  }
  request.set_include_identity(arguments.identity);
  ASSIGN_OR_RETURN(const v1::GetRecipientResponse response,
                   session.connection().Call(&v1::RecipientService::Stub::GetRecipient, request));
  if (session.json()) {
    session.PrintJson(response);
  } else {
    PrintRecipient(session, response.recipient());
  }
  return absl::OkStatus();
}

}  // namespace

void AddRecipientCommands(CommandNode root) {
  auto show = std::make_shared<RecipientArguments>();
  root.Group("recipient", "People and institutions.")
      .Command("show", "Shows a recipient's entitlements and payments.",
               "Example: bansosctl recipient show 4711\n"
               "Example: bansosctl recipient show --nik-stdin < nik.txt",
               [show](Session& s) { return ShowCommand(s, *show); })
      .Number("NUMBER", show->number, "Recipient number.")
      .Flag("--nik-stdin", show->nik_stdin, "Reads the NIK from standard input instead.")
      .Flag("--identity", show->identity, "Also who it is and the account, unsealed.");
}

}  // namespace bansos
