// tallyman config list | set | reset | history: settings kept in the database. `config show` and
// `config check` read the file and the environment alone and need no server.
#include <fmt/format.h>

#include "cli/ask.h"
#include "cli/nouns.h"
#include "cli/page.h"
#include "cli/when.h"

namespace tallyman::cli {

namespace {

namespace json = boost::json;

std::string path_of(const std::string& key) { return "/api/v1/settings/" + encoded(key); }

Exit print(const Asked& asked, Doing& doing) {
  if (!asked.body) return asked.exit;
  return tell(asked, doing,
              fmt::format("{} = {}  ({})", text_of(*asked.body, "key"),
                          text_of(*asked.body, "value"), text_of(*asked.body, "origin")));
}

}  // namespace

Exit run(const ConfigList&, Doing& doing) {
  return show_page(doing, "/api/v1/settings",
                   {.columns = {{"SETTING"}, {"VALUE"}, {"ORIGIN"}, {"CHANGED BY"}},
                    .row = [&](const json::object& setting) -> std::vector<std::string> {
                      if (const auto warning = text_of(setting, "warning"); warning != "-") {
                        doing.terminal.error(fmt::format("tallyman: {}\n", warning));
                      }
                      return {text_of(setting, "key"), text_of(setting, "value"),
                              text_of(setting, "origin"), text_of(setting, "changed_by")};
                    }});
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
  return show_page(doing, path_of(command.key) + "/history",
                   {.columns = {{"AT"}, {"WHO"}, {"BEFORE"}, {"AFTER"}, {"REASON"}},
                    .row = [&](const json::object& change) -> std::vector<std::string> {
                      return {when(change, "at", doing.warehouse), text_of(change, "who"),
                              text_of(change, "old_value"), text_of(change, "new_value"),
                              text_of(change, "reason")};
                    }});
}

}  // namespace tallyman::cli
