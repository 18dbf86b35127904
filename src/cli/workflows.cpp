// tallyman workflows list | enable | disable
#include <fmt/format.h>

#include "cli/ask.h"
#include "cli/nouns.h"
#include "cli/page.h"
#include "cli/when.h"

namespace tallyman::cli {

namespace {

namespace json = boost::json;

// Seconds with a tenth, as people compare durations.
std::string seconds_text(const json::value& milliseconds) {
  if (!milliseconds.is_int64()) return "-";
  const auto tenths = (milliseconds.get_int64() + 50) / 100;
  return fmt::format("{}.{} s", tenths / 10, tenths % 10);
}

std::string last_text(const json::object& workflow, const Zone& warehouse) {
  const auto& last = workflow.at("last_run");
  if (!last.is_object()) return "never";
  const auto& run = last.get_object();
  return text_of(run, "outcome") + " " + when(run, "started_at", warehouse);
}

std::string state_text(const json::object& workflow) {
  const std::string state = text_of(workflow, "state");
  return state == "not_set_up" ? "not set up" : state;
}

std::string why_text(const json::object& workflow) {
  if (text_of(workflow, "state") != "off") return "";
  return fmt::format("{}: {}", text_of(workflow, "changed_by"), text_of(workflow, "reason"));
}

std::vector<std::string> row_of(const json::object& workflow, const Zone& warehouse) {
  return {text_of(workflow, "name"),
          state_text(workflow),
          text_of(workflow.at("schedule").as_object(), "text"),
          last_text(workflow, warehouse),
          seconds_text(workflow.at("p95_ms")),
          when(workflow, "next_run_at", warehouse),
          text_of(workflow.at("missed").as_object(), "ticks"),
          why_text(workflow)};
}

Exit switched(const std::string& name, std::string_view verb, const std::string& reason,
              Doing& doing) {
  const json::object body = reason.empty() ? json::object{} : json::object{{"reason", reason}};
  const Asked asked =
      ask(doing, "POST", fmt::format("/api/v1/workflows/{}/{}", encoded(name), verb),
          json::serialize(body));
  if (!asked.body) return asked.exit;
  const auto& workflow = *asked.body;
  std::string text = fmt::format("{} is {}", name, state_text(workflow));
  if (text_of(workflow, "state") == "off") text += "\n" + text_of(workflow, "effect_of_off");
  return tell(asked, doing, text);
}

}  // namespace

Exit run(const WorkflowsList&, Doing& doing) {
  return show_page(doing, "/api/v1/workflows",
                   {.columns = {{"WORKFLOW"},
                                {.title = "STATE", .paint = Paint::state},
                                {"SCHEDULE"},
                                {"LAST RUN"},
                                {"P95", Align::right},
                                {"NEXT RUN"},
                                {"MISSED", Align::right},
                                {"WHY OFF"}},
                    .row = [&](const json::object& workflow) {
                      if (const auto warning = text_of(workflow, "warning"); warning != "-") {
                        doing.terminal.error(fmt::format("tallyman: {}\n", warning));
                      }
                      return row_of(workflow, doing.warehouse);
                    }});
}

Exit run(const WorkflowsEnable& command, Doing& doing) {
  return switched(command.name, "enable", command.reason, doing);
}

Exit run(const WorkflowsDisable& command, Doing& doing) {
  return switched(command.name, "disable", command.reason, doing);
}

}  // namespace tallyman::cli
