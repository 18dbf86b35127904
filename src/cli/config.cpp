// tallyman config list | set | reset | history: settings kept in the database. `config show` and
// `config check` read the file and the environment alone and need no server.
#include <fmt/format.h>

#include "cli/ask.h"
#include "cli/nouns.h"
#include "cli/table.h"

namespace tallyman::cli {

namespace {

namespace json = boost::json;

std::string path_of(const std::string& key) { return "/api/v1/settings/" + encoded(key); }

Exit print(const Asked& asked, Doing& doing) {
  if (!asked.body) return asked.exit;
  doing.terminal.out(doing.global.json ? asked.text + "\n"
                                       : fmt::format("{} = {}  ({})\n", text_of(*asked.body, "key"),
                                                     text_of(*asked.body, "value"),
                                                     text_of(*asked.body, "origin")));
  return Exit::done;
}

}  // namespace

Exit run(const ConfigList&, Doing& doing) {
  const Asked asked = ask(doing, "GET", "/api/v1/settings");
  if (!asked.body) return asked.exit;
  if (doing.global.json) {
    doing.terminal.out(asked.text + "\n");
    return Exit::done;
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto& item : asked.body->at("items").as_array()) {
    const auto& setting = item.as_object();
    rows.push_back({text_of(setting, "key"), text_of(setting, "value"), text_of(setting, "origin"),
                    text_of(setting, "changed_by")});
    if (const auto warning = text_of(setting, "warning"); warning != "-") {
      doing.terminal.error(fmt::format("tallyman: {}\n", warning));
    }
  }
  doing.terminal.out(table({{"SETTING"}, {"VALUE"}, {"ORIGIN"}, {"CHANGED BY"}}, rows));
  return Exit::done;
}

Exit run(const ConfigSet& command, Doing& doing) {
  json::object body{{"value", command.value}};
  if (!command.reason.empty()) body["reason"] = command.reason;
  return print(ask(doing, "PUT", path_of(command.key), json::serialize(body)), doing);
}

Exit run(const ConfigReset& command, Doing& doing) {
  return print(ask(doing, "DELETE", path_of(command.key)), doing);
}

Exit run(const ConfigHistory& command, Doing& doing) {
  const Asked asked = ask(doing, "GET", path_of(command.key) + "/history");
  if (!asked.body) return asked.exit;
  if (doing.global.json) {
    doing.terminal.out(asked.text + "\n");
    return Exit::done;
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto& item : asked.body->at("items").as_array()) {
    const auto& change = item.as_object();
    rows.push_back({text_of(change, "at").substr(0, 16), text_of(change, "who"),
                    text_of(change, "old_value"), text_of(change, "new_value"),
                    text_of(change, "reason")});
  }
  doing.terminal.out(table({{"AT"}, {"WHO"}, {"BEFORE"}, {"AFTER"}, {"REASON"}}, rows));
  return Exit::done;
}

}  // namespace tallyman::cli
