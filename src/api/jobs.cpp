// /api/v1/jobs and /api/v1/nodes: what is to be done, what is being done, and by whom.
#include <array>

#include <fmt/format.h>

#include "adapters/book/mail.h"
#include "api/handlers.h"
#include "api/json.h"
#include "api/problem.h"
#include "domain/base/whole_number.h"
#include "ports/statements.h"
#include "views/jobs.h"
#include "workflows/alert_check.h"
#include "workflows/asking.h"

namespace tallyman::api {

namespace {

namespace json = boost::json;

constexpr std::int64_t kPage = 50;
constexpr std::int64_t kLargestPage = 200;
constexpr std::int64_t kLogPage = 500;
constexpr std::int64_t kLargestId = 9'007'199'254'740'991;  // exact in every reader of JSON

JobId id_in_path(const Call& call) {
  const auto id = whole_number(call.path.at("job_id"));
  if (!id || *id < 1 || *id > kLargestId) {
    throw Refusal{404, "Not found", "There is no job with this id."};
  }
  return JobId{*id};
}

[[noreturn]] void no_such_job(JobId id) {
  throw Refusal{404, "Not found",
                fmt::format("There is no job {}. Jobs that are done are kept for a day, dead ones "
                            "for 30 days.",
                            id.value)};
}

json::value duration_of(const book::Job& job) {
  if (!job.started || !job.finished) return nullptr;
  return std::chrono::duration_cast<std::chrono::milliseconds>(*job.finished - *job.started)
      .count();
}

// What a handler wrote, as JSON; what is none is shown as null rather than breaking the list.
json::value parsed(const std::string& text) {
  json::error_code error;
  auto value = json::parse(text, error);
  return error ? json::value(nullptr) : value;
}

json::object to_json(const views::JobRow& row) {
  const auto& job = row.job;
  json::array needs;
  for (const JobId need : row.needs) needs.push_back(need.value);
  return {
      {"job_id", job.id.value},
      {"kind", job.kind},
      {"state", work::word(job.state)},
      {"priority", static_cast<std::int64_t>(job.priority)},
      {"asked_by", job.asked_by},
      {"why", job.why},
      {"enqueued_at", to_text(job.enqueued)},
      {"run_at", to_text(job.run_at)},
      {"started_at", api::to_json(job.started)},
      {"finished_at", api::to_json(job.finished)},
      {"duration_ms", duration_of(job)},
      {"attempt", job.attempt},
      {"max_attempts", job.max_attempts},
      {"node", api::to_json(job.node)},
      {"run_id", job.run ? json::value(job.run->value) : json::value(nullptr)},
      {"phase", job.phase},
      {"progress", {{"done", job.progress_done}, {"total", job.progress_total}}},
      {"outcome", api::to_json(job.outcome)},
      {"message", job.message},
      {"cancel_requested", job.cancel_requested.has_value()},
      {"needs", std::move(needs)},
      {"redrive_of", job.redrive_of ? json::value(job.redrive_of->value) : json::value(nullptr)}};
}

json::object to_json(const book::JobAttempt& attempt) {
  return {{"attempt", attempt.number},
          {"run_id", attempt.run.value},
          {"node", attempt.node},
          {"started_at", to_text(attempt.started)},
          {"ended_at", api::to_json(attempt.ended)},
          {"outcome", attempt.outcome},
          {"message", attempt.message}};
}

std::optional<JobId> cursor_in(const http_server::Request& request) {
  const auto text = http_server::find_query(request, "cursor");
  if (!text) return std::nullopt;
  const auto id = whole_number(*text);
  if (!id || *id < 1) {
    throw Refusal{400, "Bad request", "cursor is not one that this program handed out."};
  }
  return JobId{*id};
}

book::JobFilter filter_in(const http_server::Request& request) {
  book::JobFilter filter;
  if (const auto state = http_server::find_query(request, "state")) {
    filter.state = work::job_state_from(*state);
    if (!filter.state) {
      throw Refusal{400, "Bad request",
                    "state is one of waiting, available, running, done, cancelled, dead."};
    }
  }
  if (const auto kind = http_server::find_query(request, "kind")) filter.kind = std::string(*kind);
  const auto housekeeping = http_server::find_query(request, "housekeeping");
  if (housekeeping && *housekeeping != "shown") {
    throw Refusal{400, "Bad request", "housekeeping is 'shown', or left out."};
  }
  if (!housekeeping && !filter.kind) filter.without_done = std::string(workflows::kAlertCheck);
  return filter;
}

template <class Work>
auto read(const Context& context, Work work) {
  return ports::transact(context.database, ports::TxMode::read, std::move(work));
}

// The answer to a write about a job; wakes the worker of this program.
http_server::Response accepted(const Context& context, JobId id) {
  if (context.wake_jobs) context.wake_jobs();
  const auto row = read(context, [&](ports::Tx& tx) { return views::job_row(tx, id); });
  if (!row) no_such_job(id);
  return json_response(202, to_json(*row));
}

// A mail's text and address are for those who may send one.
bool may_read_args(const Identity& who, const book::Job& job) {
  return job.kind != book::kSendMail || people::may(who.role, people::Role::operator_);
}

}  // namespace

http_server::Response list_jobs(const Context& context, const Call& call) {
  const auto limit = number_in_query(call.request, "limit", kPage, 1, kLargestPage);
  const auto filter = filter_in(call.request);
  const auto before = cursor_in(call.request);
  const auto page =
      read(context, [&](ports::Tx& tx) { return views::job_page(tx, filter, before, limit); });
  json::array items;
  for (const auto& row : page.rows) items.push_back(to_json(row));
  json::object counts;
  for (const auto& [state, count] : page.counts) counts[work::word(state)] = count;
  return json_response(
      200, json::object{{"items", std::move(items)},
                        {"next_cursor", page.next ? json::value(std::to_string(page.next->value))
                                                  : json::value(nullptr)},
                        {"counts", std::move(counts)}});
}

http_server::Response get_job(const Context& context, const Call& call) {
  const JobId id = id_in_path(call);
  const auto detail = read(context, [&](ports::Tx& tx) { return views::job_detail(tx, id); });
  if (!detail) no_such_job(id);
  auto body = to_json(detail->row);
  const auto args = parsed(detail->row.job.args);
  const bool is_shown = args.is_object() && may_read_args(call.who, detail->row.job);
  body["args"] = is_shown ? args : json::value(json::object{});
  const auto result = parsed(detail->row.job.result.value_or("null"));
  body["result"] = result.is_object() ? result : json::value(nullptr);
  json::array attempts;
  for (const auto& attempt : detail->attempts) attempts.push_back(to_json(attempt));
  body["attempts"] = std::move(attempts);
  return json_response(200, body);
}

http_server::Response get_job_log(const Context& context, const Call& call) {
  const JobId id = id_in_path(call);
  const auto after = number_in_query(call.request, "after", 0, 0, kLargestId);
  const auto lines =
      read(context, [&](ports::Tx& tx) { return views::job_log(tx, id, after, kLogPage); });
  if (!lines) no_such_job(id);
  json::array items;
  for (const auto& line : *lines) {
    items.push_back(json::object{
        {"id", line.id}, {"at", to_text(line.at)}, {"level", line.level}, {"text", line.text}});
  }
  json::value next = nullptr;
  if (!lines->empty()) next = lines->back().id;
  return json_response(200,
                       json::object{{"items", std::move(items)}, {"next_after", std::move(next)}});
}

http_server::Response cancel_job(const Context& context, const Call& call) {
  const JobId id = id_in_path(call);
  const auto job = ports::transact(context.database, ports::TxMode::write, [&](ports::Tx& tx) {
    return book::cancel_job(tx, id, call.who.who);
  });
  if (!job) no_such_job(id);
  if (job->state == work::JobState::done || job->state == work::JobState::dead) {
    throw Refusal{409, "The job is over",
                  fmt::format("Job {} is {} already; nothing was changed.", id.value,
                              work::word(job->state))};
  }
  return accepted(context, id);
}

http_server::Response retry_job(const Context& context, const Call& call) {
  const JobId id = id_in_path(call);
  std::optional<book::Job> old;
  std::optional<book::Enqueued> added;
  ports::transact(context.database, ports::TxMode::write, [&](ports::Tx& tx) {
    old = book::find_job(tx, id);
    added = book::redrive_job(tx, id, call.who.who);
    // Refused as a whole: what was written in this transaction is undone.
    if (!added) return;
    if (const auto off = workflows::why_off(tx, old->kind)) {
      throw Refusal{409, "Switched off", *off};
    }
  });
  if (!old) no_such_job(id);
  if (!added) {
    throw Refusal{409, "The job cannot be asked for again",
                  fmt::format("Job {} is {}: only a dead or cancelled job can be asked for again. "
                              "Nothing was changed.",
                              id.value, work::word(old->state))};
  }
  return accepted(context, added->job);
}

http_server::Response list_nodes(const Context& context, const Call&) {
  json::array items;
  for (const auto& row : read(context, [](ports::Tx& tx) { return views::node_list(tx); })) {
    items.push_back(json::object{{"node_id", row.node.id},
                                 {"holder", row.node.holder},
                                 {"version", row.node.version},
                                 {"started_at", to_text(row.node.started)},
                                 {"heartbeat_at", to_text(row.node.heartbeat)},
                                 {"state", row.state},
                                 {"running", row.node.running}});
  }
  return json_response(200, json::object{{"items", std::move(items)}, {"next_cursor", nullptr}});
}

std::span<const Route> job_routes() {
  static constexpr std::array kListQuery = {
      QueryRow{"state", "string",
               "only this state: waiting, available, running, done, cancelled, dead"},
      QueryRow{"kind", "string", "only this kind, for example shipstation-sync"},
      QueryRow{
          "housekeeping", "string",
          "shown: also the checks for alerts that are done, one a minute; a kind shows them too"},
      QueryRow{"limit", "integer", "rows of a page, at most 200"},
      QueryRow{"cursor", "string", "next_cursor of the page before"}};
  static constexpr std::array kLogQuery = {
      QueryRow{"after", "integer", "only lines after this id: next_after of the answer before"}};
  static constexpr std::array kRoutes = {
      Route{.method = "GET",
            .pattern = "/api/v1/jobs",
            .operation = "listJobs",
            .summary = "Jobs, newest first",
            .access = Access::viewer,
            .answer = list_jobs,
            .answers = "JobPage",
            .query = kListQuery},
      Route{.method = "GET",
            .pattern = "/api/v1/jobs/{job_id}",
            .operation = "getJob",
            .summary = "One job with its attempts",
            .access = Access::viewer,
            .answer = get_job,
            .answers = "JobDetail"},
      Route{.method = "GET",
            .pattern = "/api/v1/jobs/{job_id}/log",
            .operation = "getJobLog",
            .summary = "The lines of all its attempts",
            .access = Access::viewer,
            .answer = get_job_log,
            .answers = "JobLog",
            .query = kLogQuery},
      Route{.method = "POST",
            .pattern = "/api/v1/jobs/{job_id}/cancel",
            .operation = "cancelJob",
            .summary = "Cancel it: at once when it has not begun, else at its next stop",
            .access = Access::operator_,
            .answer = cancel_job,
            .answers = "Job",
            .status = 202},
      Route{.method = "POST",
            .pattern = "/api/v1/jobs/{job_id}/retry",
            .operation = "retryJob",
            .summary = "Ask for a dead or cancelled job again: as a new job",
            .access = Access::operator_,
            .answer = retry_job,
            .answers = "Job",
            .status = 202},
      Route{.method = "GET",
            .pattern = "/api/v1/nodes",
            .operation = "listNodes",
            .summary = "The programs that do the work",
            .access = Access::viewer,
            .answer = list_nodes,
            .answers = "NodePage"},
  };
  return kRoutes;
}

}  // namespace tallyman::api
