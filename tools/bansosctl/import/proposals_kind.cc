#include "bansos/v1/eligibility_service.grpc.pb.h"
#include "tools/bansosctl/import/kinds.h"
#include "tools/bansosctl/import/recipient_ref.h"

namespace bansos {
namespace {

constexpr char kProposalDocumentKind[] = "SURAT";

enum : size_t {
  kProgram = kRefColumnCount,
  kProposer,
  kClass,
  kWorkArea,
  kProposalDocumentNumber,
  kProposalDocumentDate,
  kProposalDocumentKindColumn,
};

class ProposalsKind final
    : public MethodKind<v1::EligibilityService::Stub, v1::ProposeCandidatesRequest,
                        v1::ProposeCandidatesResponse> {
 public:
  explicit ProposalsKind(ImportContext context)
      : MethodKind(std::move(context), &v1::EligibilityService::Stub::ProposeCandidates) {}

  const std::vector<ImportColumn>& columns() const override { return ProposalsColumns(); }
  absl::Status CheckHeader(const CsvReader& reader) const override {
    return CheckRecipientHeader(reader);
  }

  bool Add(RowReading& row) override {
    v1::Proposal& item = *request_.add_items();
    ReadRecipient(row, *item.mutable_recipient());
    item.set_program(row.Text(kProgram));
    item.set_proposer(row.Text(kProposer));
    item.set_candidate_class(row.Text(kClass));
    item.set_work_area(row.Area(kWorkArea, Need::kOptional));
    ReadDocument(row, {kProposalDocumentKindColumn, kProposalDocumentNumber, kProposalDocumentDate},
                 kProposalDocumentKind, "", *item.mutable_basis());
    return KeepItem(row);
  }
};

}  // namespace

const std::vector<ImportColumn>& ProposalsColumns() {
  static const auto* const kColumns = [] {
    auto* columns = new std::vector<ImportColumn>(RecipientColumns());
    columns->push_back({{.name = "program"}, "programme that it is for", "code: KJS"});
    columns->push_back(
        {{.name = "proposer"}, "office that proposes", "code in capitals: DISNAKER"});
    columns->push_back({{.name = "class"},
                        "class of the candidate, never a state of health",
                        "code in capitals: FACTORY"});
    columns->push_back({{.name = "work_area", .required = false},
                        "kabupaten or kota of work",
                        "Kemendagri code: 33.19 or 3319"});
    for (ImportColumn& column : DocumentColumnList(kProposalDocumentKind, true)) {
      columns->push_back(std::move(column));
    }
    return columns;
  }();
  return *kColumns;
}

std::unique_ptr<ImportKind> NewProposalsKind(ImportContext context) {
  return std::make_unique<ProposalsKind>(std::move(context));
}

}  // namespace bansos
