#include "adapters/book/imports.h"

#include <limits>

#include <boost/json.hpp>

#include "adapters/book/live_events.h"
#include "adapters/book/sql/imports.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {

namespace json = boost::json;

// FindImport and ListImports have the same columns.
template <class Row>
Import import_from(Row& row) {
  Import file;
  file.id = ImportId{row.import_id};
  file.name = std::move(row.name);
  file.source = std::move(row.source);
  file.sha256 = std::move(row.sha256);
  file.bytes = row.size_bytes;
  file.rules_hash = std::move(row.rules_hash);
  file.received = row.received_us;
  file.received_by = std::move(row.received_by);
  if (row.job_id) file.job = JobId{*row.job_id};
  if (row.run_id) file.run = RunId{std::move(*row.run_id)};
  file.outcome = std::move(row.outcome);
  file.finished = row.finished_us;
  file.message = std::move(row.message);
  file.encoding = std::move(row.encoding);
  file.counts = {.orders = row.orders,
                 .inserted = row.inserted,
                 .updated = row.updated,
                 .unchanged = row.unchanged,
                 .skipped = row.skipped,
                 .quarantined = row.quarantined,
                 .deferred = row.deferred,
                 .lines_dropped = row.lines_dropped};
  return file;
}

void publish_changed(ports::Tx& tx, ImportId id) {
  publish(tx, "import.changed", json::serialize(json::object{{"id", id.value}}));
}

sql::AddFinding::Params params_of(ImportId id, std::int64_t position,
                                  const ImportFinding& finding) {
  sql::AddFinding::Params row{};
  row.import_id = id.value;
  row.position = position;
  row.kind = word(finding.kind);
  if (finding.number) row.order_number = finding.number->value;
  row.line = finding.place.line;
  row.col = finding.place.column;
  if (finding.sku) row.sku = finding.sku->value;
  row.quantity = finding.quantity;
  row.reason = finding.reason;
  return row;
}

}  // namespace

std::string_view word(ImportSource source) {
  switch (source) {
    case ImportSource::folder: return "folder";
    case ImportSource::upload: return "upload";
  }
  return "?";
}

std::string_view word(ImportOutcome outcome) {
  switch (outcome) {
    case ImportOutcome::waiting: return "waiting";
    case ImportOutcome::ok: return "ok";
    case ImportOutcome::partial: return "partial";
    case ImportOutcome::refused: return "refused";
  }
  return "?";
}

std::string_view word(FindingKind kind) {
  switch (kind) {
    case FindingKind::order_skipped: return "order_skipped";
    case FindingKind::line_dropped: return "line_dropped";
    case FindingKind::quarantined: return "quarantined";
    case FindingKind::deferred: return "deferred";
    case FindingKind::not_taken: return "not_taken";
    case FindingKind::element_ignored: return "element_ignored";
  }
  return "?";
}

ImportId add_import(ports::Tx& tx, AccountId account, const NewImport& file) {
  sql::AddImport::Params params{};
  params.account_id = account.value;
  params.name = file.name;
  params.source = word(file.source);
  params.sha256 = file.sha256;
  params.size_bytes = file.bytes;
  params.received_by = file.received_by;
  params.body_encoding = file.body ? file.body->encoding : "plain";
  if (file.body) params.body = file.body->body;
  params.now_us = tx.now();
  const ImportId id{ports::select_one<sql::AddImport>(tx, params)->import_id};
  publish_changed(tx, id);
  return id;
}

void set_import_job(ports::Tx& tx, ImportId id, JobId job) {
  ports::execute<sql::SetImportJob>(tx, {.import_id = id.value, .job_id = job.value});
}

void finish_import(ports::Tx& tx, ImportId id, const RunId& run, const ImportEnding& ending,
                   std::span<const ImportFinding> findings) {
  ports::execute<sql::DropFindings>(tx, {.import_id = id.value});
  std::vector<sql::AddFinding::Params> rows;
  rows.reserve(findings.size());
  for (const auto& finding : findings) {
    rows.push_back(params_of(id, std::ssize(rows) + 1, finding));
  }
  ports::execute_each<sql::AddFinding>(tx, rows);
  ports::execute<sql::FinishImport>(tx, {.import_id = id.value,
                                         .run_id = run.value,
                                         .outcome = word(ending.outcome),
                                         .message = ending.message,
                                         .encoding = ending.encoding,
                                         .rules_hash = ending.rules_hash,
                                         .orders = ending.counts.orders,
                                         .inserted = ending.counts.inserted,
                                         .updated = ending.counts.updated,
                                         .unchanged = ending.counts.unchanged,
                                         .skipped = ending.counts.skipped,
                                         .quarantined = ending.counts.quarantined,
                                         .deferred = ending.counts.deferred,
                                         .lines_dropped = ending.counts.lines_dropped,
                                         .now_us = tx.now()});
  publish_changed(tx, id);
}

std::optional<Import> find_import(ports::Tx& tx, AccountId account, ImportId id) {
  auto row =
      ports::select_one<sql::FindImport>(tx, {.account_id = account.value, .import_id = id.value});
  if (!row) return std::nullopt;
  return import_from(*row);
}

std::optional<Import> find_newest_import(ports::Tx& tx, AccountId account, ImportSource source,
                                         std::string_view name) {
  const auto row = ports::select_one<sql::FindNewestImport>(
      tx, {.account_id = account.value, .source = word(source), .name = name});
  if (!row) return std::nullopt;
  return find_import(tx, account, ImportId{row->import_id});
}

std::vector<Import> list_imports(ports::Tx& tx, AccountId account, std::optional<ImportId> before,
                                 std::int64_t limit) {
  std::vector<Import> all;
  const std::int64_t from = before ? before->value : std::numeric_limits<std::int64_t>::max();
  for (auto& row : ports::select<sql::ListImports>(
           tx, {.account_id = account.value, .before_id = from, .limit = limit})) {
    all.push_back(import_from(row));
  }
  return all;
}

std::optional<std::string> load_import_body(ports::Tx& tx, ImportId id) {
  const auto row = ports::select_one<sql::LoadImportBody>(tx, {.import_id = id.value});
  if (!row || !row->body) return std::nullopt;
  return unpack(row->body_encoding, *row->body);
}

std::vector<StoredFinding> list_findings(ports::Tx& tx, ImportId id,
                                         const std::optional<std::string>& kind, std::int64_t after,
                                         std::int64_t limit) {
  sql::ListFindings::Params params{};
  params.import_id = id.value;
  if (kind) params.kind = *kind;
  params.after = after;
  params.limit = limit;
  std::vector<StoredFinding> all;
  for (auto& row : ports::select<sql::ListFindings>(tx, params)) {
    all.push_back({.position = row.position,
                   .kind = std::move(row.kind),
                   .number = std::move(row.order_number),
                   .place = {.line = row.line, .column = row.col},
                   .sku = std::move(row.sku),
                   .quantity = row.quantity,
                   .reason = std::move(row.reason)});
  }
  return all;
}

std::string import_args(ImportId id) {
  return json::serialize(json::object{{"import_id", id.value}});
}

Result<ImportId> import_of(std::string_view args) {
  json::error_code error;
  const auto value = json::parse(args, error);
  const auto* members = error ? nullptr : value.if_object();
  const auto* id = members == nullptr ? nullptr : members->if_contains("import_id");
  if (id == nullptr || !id->is_int64()) return problem("the job names no file");
  return ImportId{id->get_int64()};
}

Forgotten forget_imports(ports::Tx& tx, Instant before) {
  return {.bodies = ports::execute<sql::DropImportBodies>(tx, {.before_us = before}),
          .findings = ports::execute<sql::ForgetFindings>(tx, {.before_us = before})};
}

}  // namespace tallyman::book
