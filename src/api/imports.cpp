// /api/v1/imports: files of the shop – what came, what became of it, handing one in.

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "adapters/book/audit.h"
#include "adapters/book/controls.h"
#include "adapters/book/imports.h"
#include "api/handlers.h"
#include "api/json.h"
#include "api/problem.h"
#include "api/routes.h"
#include "domain/base/plain_text.h"
#include "domain/base/whole_number.h"
#include "domain/imports/limits.h"
#include "ports/statements.h"
#include "workflows/xml_import.h"

namespace tallyman::api {

namespace {

namespace json = boost::json;

constexpr std::int64_t kPage = 50;
constexpr std::int64_t kLargestPage = 500;
constexpr std::size_t kPreviewed = 500;  // findings shown of a preview

json::object to_json(const book::ImportCounts& counts) {
  return {{"orders", counts.orders},     {"inserted", counts.inserted},
          {"updated", counts.updated},   {"unchanged", counts.unchanged},
          {"skipped", counts.skipped},   {"quarantined", counts.quarantined},
          {"deferred", counts.deferred}, {"lines_dropped", counts.lines_dropped}};
}

json::object to_json(const book::Import& file) {
  return {{"id", file.id.value},
          {"name", file.name},
          {"source", file.source},
          {"size_bytes", file.bytes},
          {"sha256", file.sha256},
          {"received_at", to_text(file.received)},
          {"received_by", file.received_by},
          {"job_id", file.job ? json::value(file.job->value) : json::value(nullptr)},
          {"run_id", file.run ? json::value(file.run->value) : json::value(nullptr)},
          {"outcome", file.outcome},
          {"finished_at", api::to_json(file.finished)},
          {"message", file.message},
          {"encoding", text_or_null(file.encoding)},
          {"counts", to_json(file.counts)}};
}

json::object finding_json(std::string_view kind, const std::optional<std::string>& number,
                          const imports::Place& place, const std::optional<std::string>& sku,
                          const std::optional<std::int64_t>& quantity, std::string_view reason) {
  return {{"kind", kind},
          {"order_number", api::to_json(number)},
          {"line", place.line},
          {"column", place.column},
          {"sku", api::to_json(sku)},
          {"quantity", quantity ? json::value(*quantity) : json::value(nullptr)},
          {"reason", reason}};
}

json::object to_json(const book::ImportFinding& finding) {
  return finding_json(book::word(finding.kind),
                      finding.number ? std::optional(finding.number->value) : std::nullopt,
                      finding.place, finding.sku ? std::optional(finding.sku->value) : std::nullopt,
                      finding.quantity, finding.reason);
}

json::object to_json(const workflows::ImportPreview& preview) {
  json::array findings;
  for (const auto& finding : preview.findings) {
    if (findings.size() == kPreviewed) break;
    findings.push_back(to_json(finding));
  }
  return {{"outcome", book::word(preview.ending.outcome)},
          {"message", preview.ending.message},
          {"encoding", text_or_null(preview.ending.encoding)},
          {"counts", to_json(preview.ending.counts)},
          {"findings", std::move(findings)},
          {"findings_total", static_cast<std::int64_t>(preview.findings.size())}};
}

// A label and never a path: it is shown, and tells files of one name apart from others.
std::string name_in(const http_server::Request& request, const Context& context) {
  const std::string name(
      http_server::find_query(request, "name").value_or(context.imports.file_name));
  const bool is_plain = !name.empty() && name.size() <= imports::kNameBytes && name != "." &&
                        name != ".." && name.find_first_of("/\\\n\t") == std::string::npos &&
                        plain_text(name, imports::kNameBytes) == name;
  if (is_plain) return name;
  throw Refusal{400, "Bad request",
                fmt::format("name is a plain file name of at most {} bytes, without a path.",
                            imports::kNameBytes)};
}

// The server has refused larger ones already; commands of this program come without it.
void check_size(const http_server::Request& request) {
  if (request.body.empty()) throw Refusal{400, "Bad request", "The file is empty."};
  if (request.body.size() > imports::kFileBytes) {
    throw Refusal{413, "Content too large", "The file may have at most 64 MiB."};
  }
}

book::ImportId id_of(const Call& call) {
  const auto id = whole_number(call.path.at("id"));
  if (!id) throw Refusal{404, "Not found", "There is no import with this id."};
  return book::ImportId{*id};
}

book::Import load(const Context& context, ports::Tx& tx, book::ImportId id) {
  auto file = book::find_import(tx, context.account, id);
  if (!file) throw Refusal{404, "Not found", "There is no import with this id."};
  return std::move(*file);
}

std::optional<std::int64_t> cursor_in(const http_server::Request& request) {
  const auto text = http_server::find_query(request, "cursor");
  if (!text) return std::nullopt;
  const auto id = whole_number(*text);
  if (id && *id >= 0) return id;
  throw Refusal{400, "Bad request", "cursor is not one that this program handed out."};
}

http_server::Response list_imports(const Context& context, const Call& call) {
  const auto limit = number_in_query(call.request, "limit", kPage, 1, kLargestPage);
  std::optional<book::ImportId> before;
  if (const auto cursor = cursor_in(call.request)) before = book::ImportId{*cursor};
  auto files = ports::transact(context.database, ports::TxMode::read, [&](ports::Tx& tx) {
    return book::list_imports(tx, context.account, before, limit + 1);
  });
  json::value next = nullptr;
  if (std::ssize(files) > limit) {
    files.pop_back();
    next = std::to_string(files.back().id.value);
  }
  json::array items;
  for (const auto& file : files) items.push_back(to_json(file));
  return json_response(200, json::object{{"items", std::move(items)},
                                         {"next_cursor", std::move(next)},
                                         {"folder", text_or_null(context.imports.folder)},
                                         {"file_name", context.imports.file_name}});
}

http_server::Response get_import(const Context& context, const Call& call) {
  return json_response(
      200, ports::transact(context.database, ports::TxMode::read,
                           [&](ports::Tx& tx) { return to_json(load(context, tx, id_of(call))); }));
}

http_server::Response list_findings(const Context& context, const Call& call) {
  const auto limit = number_in_query(call.request, "limit", kPage, 1, kLargestPage);
  const auto after = cursor_in(call.request).value_or(0);
  std::optional<std::string> kind;
  if (const auto asked = http_server::find_query(call.request, "kind")) kind = *asked;
  auto rows = ports::transact(context.database, ports::TxMode::read, [&](ports::Tx& tx) {
    const auto id = load(context, tx, id_of(call)).id;
    return book::list_findings(tx, id, kind, after, limit + 1);
  });
  json::value next = nullptr;
  if (std::ssize(rows) > limit) {
    rows.pop_back();
    next = std::to_string(rows.back().position);
  }
  json::array items;
  for (const auto& row : rows) {
    items.push_back(
        finding_json(row.kind, row.number, row.place, row.sku, row.quantity, row.reason));
  }
  return json_response(200,
                       json::object{{"items", std::move(items)}, {"next_cursor", std::move(next)}});
}

http_server::Response preview_import(const Context& context, const Call& call) {
  const auto name = name_in(call.request, context);
  check_size(call.request);
  return json_response(200, to_json(context.imports.preview(name, call.request.body)));
}

http_server::Response import_file(const Context& context, const Call& call) {
  const auto name = name_in(call.request, context);
  check_size(call.request);
  const bool is_on = ports::transact(context.database, ports::TxMode::read, [](ports::Tx& tx) {
    return book::is_enabled(tx, workflows::kXmlImport);
  });
  if (!is_on) {
    throw Refusal{409, "Switched off", "xml-import is switched off; nothing was taken in."};
  }
  const auto asked =
      workflows::hand_in(context.database, context.account,
                         {.name = name, .bytes = call.request.body, .who = call.who.who});
  if (context.wake_jobs) context.wake_jobs();
  return json_response(202,
                       json::object{{"import_id", asked.file.value}, {"job_id", asked.job.value}});
}

}  // namespace

std::span<const Route> import_routes() {
  static constexpr std::array kPages = {
      QueryRow{"limit", "integer", "rows of a page, at most 500"},
      QueryRow{"cursor", "string", "next_cursor of the page before"}};
  static constexpr std::array kFindings = {
      QueryRow{"kind", "string", "only findings of this kind"},
      QueryRow{"limit", "integer", "rows of a page, at most 500"},
      QueryRow{"cursor", "string", "next_cursor of the page before"}};
  static constexpr std::array kName = {
      QueryRow{"name", "string", "the file's name, without a path; orders.xml when not given"}};
  static constexpr std::array kRoutes = {
      Route{.method = "GET",
            .pattern = "/api/v1/imports",
            .operation = "listImports",
            .summary = "Files of the shop, newest first",
            .access = Access::viewer,
            .answer = list_imports,
            .answers = "ImportPage",
            .query = kPages},
      Route{.method = "POST",
            .pattern = "/api/v1/imports",
            .operation = "importFile",
            .summary = "Hand a file in: it is kept, and a job takes its orders in",
            .access = Access::operator_,
            .answer = import_file,
            .answers = "ImportAsked",
            .status = 202,
            .query = kName,
            .takes = kXml},
      Route{.method = "POST",
            .pattern = "/api/v1/imports/preview",
            .operation = "previewImport",
            .summary = "What importing this file would do; nothing is written",
            .access = Access::operator_,
            .answer = preview_import,
            .answers = "ImportPreview",
            .query = kName,
            .takes = kXml,
            .repeat = Repeat::done_again},
      Route{.method = "GET",
            .pattern = "/api/v1/imports/{id}",
            .operation = "getImport",
            .summary = "One file",
            .access = Access::viewer,
            .answer = get_import,
            .answers = "Import"},
      Route{.method = "GET",
            .pattern = "/api/v1/imports/{id}/findings",
            .operation = "listImportFindings",
            .summary = "What of a file did not come in, and why, in the file's order",
            .access = Access::viewer,
            .answer = list_findings,
            .answers = "ImportFindingPage",
            .query = kFindings},
  };
  return kRoutes;
}

}  // namespace tallyman::api
