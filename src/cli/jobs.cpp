// tallyman jobs list | show | cancel | retry
#include <fmt/format.h>

#include "cli/ask.h"
#include "cli/nouns.h"
#include "cli/page.h"
#include "cli/when.h"

namespace tallyman::cli {

namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr Micros kPoll = 500ms;

std::string path_of(std::int64_t id) { return fmt::format("/api/v1/jobs/{}", id); }

std::string progress_text(const json::object& job) {
  const auto& progress = job.at("progress").as_object();
  const std::string total = text_of(progress, "total");
  if (total == "0") return "-";
  return text_of(progress, "done") + "/" + total;
}

std::string job_text(const json::object& job, const Zone& warehouse) {
  std::string text = fmt::format(
      "job {}  {}  {}\nasked by    {}: {}\nenqueued    {}, not before {}\nattempt     {} of {}\n",
      text_of(job, "job_id"), text_of(job, "kind"), text_of(job, "state"), text_of(job, "asked_by"),
      text_of(job, "why"), when(job, "enqueued_at", warehouse), when(job, "run_at", warehouse),
      text_of(job, "attempt"), text_of(job, "max_attempts"));
  if (const std::string phase = text_of(job, "phase"); !phase.empty()) {
    text += fmt::format("progress    {}  {}\n", phase, progress_text(job));
  }
  if (job.at("cancel_requested").as_bool()) text += "cancelled   asked for\n";
  if (const auto& needs = job.at("needs").as_array(); !needs.empty()) {
    text += "needs       " + json::serialize(needs) + "\n";
  }
  if (const std::string old = text_of(job, "redrive_of"); old != "-") {
    text += "again of    job " + old + "\n";
  }
  if (const std::string message = text_of(job, "message"); !message.empty()) {
    text += "message     " + message + "\n";
  }
  for (const auto& item : job.at("attempts").as_array()) {
    const auto& attempt = item.as_object();
    text += fmt::format("  attempt {}  {}  {}  {}  {}\n", text_of(attempt, "attempt"),
                        when(attempt, "started_at", warehouse), text_of(attempt, "node"),
                        text_of(attempt, "outcome"), text_of(attempt, "message"));
  }
  return text;
}

bool is_over(const json::object& job) {
  const std::string state = text_of(job, "state");
  return state == "done" || state == "cancelled" || state == "dead";
}

// What a job that was followed to its end means for scripts.
Exit exit_of(const json::object& job) {
  const std::string state = text_of(job, "state");
  const std::string outcome = text_of(job, "outcome");
  if (state != "done" || outcome == "failed") return Exit::failed;
  return outcome == "partial" ? Exit::partly : Exit::done;
}

// Prints the lines after `after` and moves it on; false when the server refused.
bool print_lines(std::int64_t id, std::int64_t& after, Doing& doing, Exit& exit) {
  for (;;) {
    const Asked asked = ask(doing, "GET", fmt::format("{}/log?after={}", path_of(id), after));
    if (!asked.body) {
      exit = asked.exit;
      return false;
    }
    for (const auto& item : asked.body->at("items").as_array()) {
      const auto& line = item.as_object();
      doing.terminal.out(fmt::format("{}  {}  {}\n",
                                     when(line, "at", doing.warehouse, Fine::seconds),
                                     text_of(line, "level"), text_of(line, "text")));
    }
    const auto& next = asked.body->at("next_after");
    if (!next.is_int64()) return true;
    after = next.as_int64();
  }
}

Exit follow(std::int64_t id, std::optional<Micros> until, Doing& doing) {
  std::int64_t after = 0;
  for (;;) {
    // The job first: what it said before its end is then there to be read.
    const Asked asked = ask(doing, "GET", path_of(id));
    if (!asked.body) return asked.exit;
    Exit exit = Exit::done;
    if (!doing.global.json && !print_lines(id, after, doing, exit)) return exit;
    if (is_over(*asked.body)) {
      doing.terminal.out(doing.global.json ? asked.text + "\n"
                                           : "\n" + job_text(*asked.body, doing.warehouse));
      return exit_of(*asked.body);
    }
    if (is_waited_out(until, std::to_string(id), doing)) return Exit::still_running;
    if (doing.clock.wait(kPoll, doing.stop) == ports::WaitEnd::stopped) {
      doing.terminal.error(fmt::format("tallyman: stopped watching job {}; it goes on\n", id));
      return Exit::interrupted;
    }
  }
}

Exit tell_job(const Asked& asked, Doing& doing, std::string_view what) {
  if (!asked.body) return asked.exit;
  return tell(asked, doing, fmt::format("job {}  {}", text_of(*asked.body, "job_id"), what));
}

}  // namespace

Exit run(const JobsList& command, Doing& doing) {
  const auto target = Target("/api/v1/jobs")
                          .limit(command.limit)
                          .with("state", command.state)
                          .with("kind", command.kind)
                          .with("cursor", command.cursor);
  return show_page(doing, target.text(),
                   {.columns = {{"JOB", Align::right},
                                {"KIND"},
                                {.title = "STATE", .paint = Paint::state},
                                {"ATTEMPT", Align::right},
                                {"PROGRESS"},
                                {"ASKED BY"},
                                {"ENQUEUED"},
                                {"MESSAGE"}},
                    .row = [&](const json::object& job) -> std::vector<std::string> {
                      return {text_of(job, "job_id"),
                              text_of(job, "kind"),
                              text_of(job, "state"),
                              text_of(job, "attempt"),
                              progress_text(job),
                              text_of(job, "asked_by"),
                              when(job, "enqueued_at", doing.warehouse),
                              text_of(job, "message")};
                    }});
}

Exit run(const JobsShow& command, Doing& doing) {
  if (command.follow) {
    return follow(command.id, end_of_waiting(command.timeout, doing.clock), doing);
  }
  const Asked asked = ask(doing, "GET", path_of(command.id));
  if (!asked.body) return asked.exit;
  if (doing.global.json) {
    doing.terminal.out(asked.text + "\n");
    return Exit::done;
  }
  doing.terminal.out(job_text(*asked.body, doing.warehouse));
  std::int64_t after = 0;
  Exit exit = Exit::done;
  print_lines(command.id, after, doing, exit);
  return exit;
}

Exit run(const JobsCancel& command, Doing& doing) {
  const Asked asked = ask(doing, "POST", path_of(command.id) + "/cancel");
  const bool is_running = asked.body && text_of(*asked.body, "state") == "running";
  return tell_job(asked, doing, is_running ? "was asked to stop" : "cancelled");
}

Exit run(const JobsRetry& command, Doing& doing) {
  const Asked asked = ask(doing, "POST", path_of(command.id) + "/retry");
  return tell_job(asked, doing, fmt::format("does what job {} did not", command.id));
}

}  // namespace tallyman::cli
