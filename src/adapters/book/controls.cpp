#include "adapters/book/controls.h"

#include <boost/json.hpp>

#include "adapters/book/audit.h"
#include "adapters/book/live_events.h"
#include "adapters/book/sql/controls.h"
#include "domain/base/check.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {

namespace json = boost::json;

constexpr std::string_view kPlainSql = "plain SQL";

void write(ports::Tx& tx, std::string_view workflow, Turn to, std::string_view who,
           std::string_view reason) {
  const bool on = to == Turn::on;
  ports::execute<sql::SetControl>(tx, {.workflow_name = workflow,
                                       .enabled = on ? 1 : 0,
                                       .reason = on ? std::string_view{} : reason,
                                       .who = who,
                                       .now_us = tx.now(),
                                       .now = tx.now()});
  const std::string detail = json::serialize(json::object{{"reason", reason}});
  audit(tx, {.who = who,
             .action = on ? "workflow.enable" : "workflow.disable",
             .subject = workflow,
             .detail = detail});
  publish_workflow_changed(tx, workflow);
}

bool is_noted(const sql::ListControls::Row& row) { return row.seen_enabled == row.enabled; }

}  // namespace

bool is_enabled(ports::Tx& tx, std::string_view workflow) {
  const auto row = ports::select_one<sql::FindControl>(tx, {.workflow_name = workflow});
  return row && row->enabled == 1;
}

bool hold_enabled(ports::Tx& tx, std::string_view workflow) {
  const auto row = ports::select_one<sql::HoldControl>(tx, {.workflow_name = workflow});
  return row && row->enabled == 1;
}

void note_run_of(ports::Tx& tx, std::string_view workflow) {
  ports::execute<sql::NoteControlRun>(tx, {.workflow_name = workflow, .now = tx.now()});
}

std::vector<Control> list_controls(ports::Tx& tx) {
  std::vector<Control> controls;
  for (auto& row : ports::select<sql::ListControls>(tx, {})) {
    const bool noted = is_noted(row) || !row.seen_enabled;
    controls.push_back({.workflow = std::move(row.workflow_name),
                        .enabled = row.enabled == 1,
                        .description = std::move(row.description),
                        .reason = row.enabled == 1 ? std::string{} : std::move(row.reason),
                        .changed = noted ? row.changed_us : std::nullopt,
                        .changed_by = noted ? std::move(row.updated_by) : std::string(kPlainSql),
                        .is_seen = is_noted(row)});
  }
  return controls;
}

void add_controls(ports::Tx& tx, std::span<const NewControl> controls) {
  for (const auto& control : controls) {
    ports::execute<sql::AddControl>(tx, {.workflow_name = control.workflow,
                                         .description = control.description,
                                         .now_us = tx.now()});
  }
  ports::execute<sql::KnowControls>(tx, {});
}

bool turn(ports::Tx& tx, std::string_view workflow, Turn to, std::string_view who,
          std::string_view reason) {
  check(to == Turn::on || !reason.empty(), "switching off has a reason");
  if (!ports::select_one<sql::LockControl>(tx, {.workflow_name = workflow})) return false;
  write(tx, workflow, to, who, reason);
  return true;
}

void publish_workflow_changed(ports::Tx& tx, std::string_view workflow) {
  publish(tx, "workflow.changed", json::serialize(json::object{{"name", workflow}}));
}

std::int64_t note_switches_by_sql(ports::Tx& tx) {
  std::int64_t noted = 0;
  for (const auto& seen : ports::select<sql::ListControls>(tx, {})) {
    if (is_noted(seen)) continue;
    const auto row = ports::select_one<sql::LockControl>(tx, {.workflow_name = seen.workflow_name});
    if (!row || row->seen_enabled == row->enabled) continue;
    write(tx, seen.workflow_name, row->enabled == 1 ? Turn::on : Turn::off, kPlainSql, row->reason);
    ++noted;
  }
  return noted;
}

}  // namespace tallyman::book
