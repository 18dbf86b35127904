// tallyman alerts list | show | ack | snooze | resolve
#include <fmt/format.h>

#include "cli/ask.h"
#include "cli/nouns.h"
#include "cli/table.h"

namespace tallyman::cli {

namespace {

namespace json = boost::json;

std::string path_of(std::int64_t id) { return fmt::format("/api/v1/alerts/{}", id); }

std::string short_time(const json::object& object, std::string_view name) {
  return text_of(object, name).substr(0, 16);
}

std::string table_of(const json::array& items) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& item : items) {
    const auto& alert = item.as_object();
    rows.push_back({text_of(alert, "id"), text_of(alert, "severity"), text_of(alert, "state"),
                    short_time(alert, "opened_at"), text_of(alert, "owner"),
                    text_of(alert, "title")});
  }
  return table({{.title = "ID", .align = Align::right},
                {.title = "SEVERITY"},
                {.title = "STATE"},
                {.title = "OPENED"},
                {.title = "OWNER"},
                {.title = "TITLE"}},
               rows);
}

std::string alert_text(const json::object& alert) {
  std::string text = fmt::format(
      "alert {}  {}  {}\n{}\n{}\nrule        {} of {}\nopened      {}, seen {} times, last {}\n",
      text_of(alert, "id"), text_of(alert, "severity"), text_of(alert, "state"),
      text_of(alert, "title"), text_of(alert, "detail"), text_of(alert, "rule"),
      text_of(alert, "subject"), text_of(alert, "opened_at"), text_of(alert, "seen"),
      text_of(alert, "last_seen_at"));
  const auto line = [&](std::string_view word, std::string_view first, std::string_view second) {
    if (text_of(alert, first) == "-") return;
    text += fmt::format("{:<10}  {}, {}\n", word, text_of(alert, first), text_of(alert, second));
  };
  line("owner", "owner", "acknowledged_at");
  if (text_of(alert, "snoozed_until") != "-") {
    text += "snoozed     until " + text_of(alert, "snoozed_until") + "\n";
  }
  if (text_of(alert, "mailed_at") != "-") {
    text += "mailed      " + text_of(alert, "mailed_at") + "\n";
  }
  line("resolved", "resolved_at", "resolved_by");
  if (text_of(alert, "resolution") != "-") {
    text += "because     " + text_of(alert, "resolution") + "\n";
  }
  return text + "see         " + text_of(alert, "evidence") + "\n";
}

Exit tell(const Asked& asked, Doing& doing, const std::string& done) {
  if (!asked.body) return asked.exit;
  doing.terminal.out(doing.global.json ? asked.text + "\n" : done + "\n");
  return Exit::done;
}

Exit write(Doing& doing, std::int64_t id, std::string_view verb, const json::object& body,
           const std::string& done) {
  return tell(ask(doing, "POST", fmt::format("{}/{}", path_of(id), verb), json::serialize(body)),
              doing, done);
}

}  // namespace

Exit run(const AlertsList& command, Doing& doing) {
  std::string target =
      fmt::format("/api/v1/alerts?state={}&limit={}", command.all ? "all" : "open", command.limit);
  if (!command.cursor.empty()) target += "&cursor=" + encoded(command.cursor);
  const Asked asked = ask(doing, "GET", target);
  if (!asked.body) return asked.exit;
  if (doing.global.json) {
    doing.terminal.out(asked.text + "\n");
    return Exit::done;
  }
  const auto& items = asked.body->at("items").as_array();
  doing.terminal.out(items.empty() ? "Nothing is wrong.\n" : table_of(items));
  if (const std::string next = text_of(*asked.body, "next_cursor"); next != "-") {
    doing.terminal.error("more: --cursor " + next + "\n");
  }
  return Exit::done;
}

Exit run(const AlertsShow& command, Doing& doing) {
  const Asked asked = ask(doing, "GET", path_of(command.id));
  if (!asked.body) return asked.exit;
  doing.terminal.out(doing.global.json ? asked.text + "\n" : alert_text(*asked.body));
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
