// ImportKind: what one kind of file holds: its columns, how a row becomes an item of a request, and
// the call that records the request. The importer knows files and requests, kinds know meanings.
//
// Not thread-safe; the calls that Take hands out may run on other threads.
#ifndef TOOLS_BANSOSCTL_IMPORT_IMPORT_KIND_H_
#define TOOLS_BANSOSCTL_IMPORT_IMPORT_KIND_H_

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "bansos/v1/common.pb.h"
#include "tools/bansosctl/client/connection.h"
#include "tools/bansosctl/client/request_window.h"
#include "tools/bansosctl/csv/csv_reader.h"
#include "tools/bansosctl/import/row_reading.h"

namespace bansos {

struct ImportColumn {
  Column column;
  std::string meaning;
  std::string accepted;
};

// Just what CsvReader wants of the columns.
std::vector<Column> ColumnsOf(const std::vector<ImportColumn>& columns);

// What became of a request's items.
struct ImportAnswer {
  v1::Outcomes outcomes;
  std::map<std::string, uint64_t> counts = {};  // what this kind tells beside the outcomes
  std::vector<std::string> examples = {};       // of that; the first ones are kept
  std::vector<uint32_t> warned = {};            // indexes of items that the kind warns of
};
using ImportCall = std::function<absl::StatusOr<ImportAnswer>()>;

// What all requests of an import share. The connection outlives the import.
struct ImportContext {
  Connection* connection = nullptr;
  v1::WriteOptions options;
  v1::Basis basis;
};

class ImportKind {
 public:
  virtual ~ImportKind() = default;
  virtual const std::vector<ImportColumn>& columns() const = 0;
  // What the columns alone cannot say: which of several columns must be there.
  virtual absl::Status CheckHeader(const CsvReader& reader) const { return absl::OkStatus(); }
  // What only all rows together show; `rows` reads the file apart from the import, before it.
  // IsUnlikelyFile errors can be overruled.
  virtual absl::Status CheckRows(CsvReader& rows) const { return absl::OkStatus(); }
  // A row that cannot be read at all went by.
  virtual void Skip() {}
  // Adds the present row to the pending request; false when the row is not wanted. A fault noted in
  // `row` rejects it instead.
  virtual bool Add(RowReading& row) = 0;
  virtual int pending() const = 0;
  // The pending request as a call; the next row begins a new one.
  virtual ImportCall Take() = 0;
  virtual size_t requests_in_flight() const { return kRequestsInFlight; }
  // Of a file whose lines are numbered: the number of the row just added or skipped.
  virtual bool numbers_lines() const { return false; }
  virtual uint64_t line() const { return 0; }
  // The copy of the file that the kind has looked through, or else the file itself.
  virtual std::string CopyOr(const std::string& path) const { return path; }
  // What to do when rows were rejected; empty when the rejects file says it all.
  virtual std::string IfRejected() const { return ""; }
  // What is the matter with the rows that it warned of, and what to do.
  virtual std::string IfWarned() const { return ""; }

  // The column of the file that a refusal speaks of, by its field ("identity.nik") or else by its
  // code; empty when none alone is.
  std::string ColumnOf(const v1::Refusal& refusal, const CsvReader& reader) const;
};

// A kind whose requests are the items of one method, and whose answers have outcomes.
template <typename Stub, typename Request, typename Response>
class MethodKind : public ImportKind {
 public:
  int pending() const override { return request_.items_size(); }
  ImportCall Take() override { return TakeWith({}); }

 protected:
  using Method = grpc::Status (Stub::*)(grpc::ClientContext*, const Request&, Response*);
  MethodKind(ImportContext context, Method method) : context_(std::move(context)), method_(method) {
    request_ = SharedParts();  // A kind that adds to each request begins its own.
  }

  // What the answer has beside the outcomes; runs on the thread of the call.
  using Tell = std::function<void(const Response&, ImportAnswer&)>;
  ImportCall TakeWith(Tell tell) {
    auto request = std::make_shared<Request>(std::move(request_));
    request_ = NewRequest();
    return [connection = context_.connection, method = method_, request,
            tell = std::move(tell)]() -> absl::StatusOr<ImportAnswer> {
      absl::StatusOr<Response> response = connection->Call(method, *request);
      if (!response.ok()) return response.status();
      ImportAnswer answer;
      if (tell) tell(*response, answer);
      answer.outcomes = std::move(*response->mutable_outcomes());
      return answer;
    };
  }

  virtual Request NewRequest() const { return SharedParts(); }
  Request SharedParts() const {
    Request request;
    *request.mutable_options() = context_.options;
    *request.mutable_basis() = context_.basis;
    return request;
  }

  // The item just added is taken back when its row has a fault.
  bool KeepItem(const RowReading& row) {
    if (row.ok()) return true;
    request_.mutable_items()->RemoveLast();
    return false;
  }

  const ImportContext context_;
  const Method method_;
  Request request_;
};

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_IMPORT_IMPORT_KIND_H_
