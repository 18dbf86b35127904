// tallyman sync run --dry-run
#include <fmt/format.h>

#include "cli/ask.h"
#include "cli/nouns.h"
#include "cli/table.h"
#include "cli/when.h"

namespace tallyman::cli {

namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr Micros kPoll = 100ms;

std::string plan_text(const json::object& plan, Doing& doing) {
  std::string text;
  std::vector<std::vector<std::string>> rows;
  for (const auto& change : plan.at("changes").as_array()) {
    const auto& one = change.as_object();
    rows.push_back({text_of(one, "order_number"), text_of(one, "title"), text_of(one, "detail")});
  }
  if (!rows.empty()) text += table({{"ORDER"}, {"WHAT"}, {"DETAIL"}}, rows) + "\n";
  const auto& watermark = plan.at("watermark").as_object();
  text += fmt::format(
      "{} new manual orders, {} orders updated. ShipStation counted {}, {} received: {} applied, "
      "{} unchanged, {} quarantined, {} deferred. {} requests.\nwatermark {} -> {}\n",
      text_of(plan, "manual_orders_imported"), text_of(plan, "status_updates"),
      text_of(plan, "source_total"), text_of(plan, "received"), text_of(plan, "applied"),
      text_of(plan, "unchanged"), text_of(plan, "quarantined"), text_of(plan, "deferred"),
      text_of(plan, "requests"), when(watermark, "before", doing.warehouse, Fine::seconds),
      when(watermark, "after", doing.warehouse, Fine::seconds));
  return text + "Nothing was changed. Do it with: tallyman sync run\n";
}

// A preview that has ended.
Exit tell_plan(const json::object& job, Doing& doing) {
  const auto* plan = job.at("result").if_object();
  const std::string outcome = text_of(job, "outcome");
  if (plan == nullptr || outcome == "failed") {
    doing.terminal.error("tallyman: " + text_of(job, "message") + "\n");
    return Exit::failed;
  }
  doing.terminal.out(doing.global.json ? json::serialize(*plan) + "\n" : plan_text(*plan, doing));
  return outcome == "partial" ? Exit::partly : Exit::done;
}

}  // namespace

Exit preview_sync(const SyncRun& command, Doing& doing) {
  const Asked started = ask(doing, "POST", "/api/v1/sync/previews");
  if (!started.body) return started.exit;
  const std::string id = text_of(*started.body, "job_id");
  if (!command.wait) {
    doing.terminal.out(doing.global.json ? started.text + "\n" : id + "\n");
    return Exit::still_running;
  }
  const auto until = end_of_waiting(command.timeout, doing.clock);
  for (;;) {
    const Asked job = ask(doing, "GET", "/api/v1/jobs/" + id);
    if (!job.body) return job.exit;
    const std::string state = text_of(*job.body, "state");
    if (state == "done" || state == "dead" || state == "cancelled") {
      return tell_plan(*job.body, doing);
    }
    if (const auto trouble = doing.trouble ? doing.trouble() : std::nullopt) {
      doing.terminal.error("tallyman: the order book cannot be used: " + *trouble + "\n");
      return Exit::failed;
    }
    if (is_waited_out(until, id, doing)) return Exit::still_running;
    if (doing.clock.wait(kPoll, doing.stop) == ports::WaitEnd::stopped) {
      doing.terminal.error("tallyman: stopped waiting for job " + id + "\n");
      return Exit::interrupted;
    }
  }
}

}  // namespace tallyman::cli
