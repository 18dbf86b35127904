// tallyman alerts list | show | ack | snooze | resolve
#include <fmt/format.h>

#include "cli/ask.h"
#include "cli/nouns.h"
#include "cli/page.h"
#include "cli/when.h"

namespace tallyman::cli {

namespace {

namespace json = boost::json;

std::string path_of(std::int64_t id) { return fmt::format("/api/v1/alerts/{}", id); }

std::string alert_text(const json::object& alert, const Zone& warehouse) {
  std::string text = fmt::format(
      "alert {}  {}  {}\n{}\n{}\nrule        {} of {}\nopened      {}, seen {} times, last {}\n",
      text_of(alert, "id"), text_of(alert, "severity"), text_of(alert, "state"),
      text_of(alert, "title"), text_of(alert, "detail"), text_of(alert, "rule"),
      text_of(alert, "subject"), when(alert, "opened_at", warehouse), text_of(alert, "seen"),
      when(alert, "last_seen_at", warehouse));
  const auto line = [&](std::string_view word, std::string_view first, std::string_view second) {
    if (text_of(alert, first) == "-") return;
    text += fmt::format("{:<10}  {}, {}\n", word, when(alert, first, warehouse),
                        when(alert, second, warehouse));
  };
  line("owner", "owner", "acknowledged_at");
  if (text_of(alert, "snoozed_until") != "-") {
    text += "snoozed     until " + when(alert, "snoozed_until", warehouse) + "\n";
  }
  if (text_of(alert, "mailed_at") != "-") {
    text += "mailed      " + when(alert, "mailed_at", warehouse) + "\n";
  }
  line("resolved", "resolved_at", "resolved_by");
  if (text_of(alert, "resolution") != "-") {
    text += "because     " + text_of(alert, "resolution") + "\n";
  }
  return text + "see         " + text_of(alert, "evidence") + "\n";
}

Exit write(Doing& doing, std::int64_t id, std::string_view verb, const json::object& body,
           const std::string& done) {
  return tell(ask(doing, "POST", fmt::format("{}/{}", path_of(id), verb), json::serialize(body)),
              doing, done);
}

}  // namespace

Exit run(const AlertsList& command, Doing& doing) {
  const auto target = Target("/api/v1/alerts")
                          .with("state", command.all ? "all" : "open")
                          .limit(command.limit)
                          .with("cursor", command.cursor);
  return show_page(doing, target.text(),
                   {.columns = {{"ID", Align::right},
                                {.title = "SEVERITY", .paint = Paint::state},
                                {.title = "STATE", .paint = Paint::state},
                                {"OPENED"},
                                {"OWNER"},
                                {"TITLE"}},
                    .row = [&](const json::object& alert) -> std::vector<std::string> {
                      return {text_of(alert, "id"),    text_of(alert, "severity"),
                              text_of(alert, "state"), when(alert, "opened_at", doing.warehouse),
                              text_of(alert, "owner"), text_of(alert, "title")};
                    },
                    .when_empty = "Nothing is wrong."});
}

Exit run(const AlertsShow& command, Doing& doing) {
  const Asked asked = ask(doing, "GET", path_of(command.id));
  if (!asked.body) return asked.exit;
  doing.terminal.out(doing.global.json ? asked.text + "\n"
                                       : alert_text(*asked.body, doing.warehouse));
  return Exit::done;
}

Exit run(const AlertsAck& command, Doing& doing) {
  json::object body;
  if (!command.owner.empty()) body["owner"] = command.owner;
  const Asked asked = ask(doing, "POST", path_of(command.id) + "/ack", json::serialize(body));
  if (!asked.body) return asked.exit;
  return tell(asked, doing,
              fmt::format("{} looks after alert {}.", text_of(*asked.body, "owner"), command.id));
}

Exit run(const AlertsSnooze& command, Doing& doing) {
  return write(doing, command.id, "snooze", {{"hours", command.hours}},
               fmt::format("Alert {} is hidden for {} h, or until its facts change.", command.id,
                           command.hours));
}

Exit run(const AlertsResolve& command, Doing& doing) {
  return write(doing, command.id, "resolve", {{"reason", command.reason}},
               fmt::format("Alert {} is resolved; it returns when its facts change.", command.id));
}

}  // namespace tallyman::cli
