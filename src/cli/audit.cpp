// tallyman audit list | verify
#include <fmt/format.h>

#include "cli/ask.h"
#include "cli/nouns.h"
#include "cli/table.h"

namespace tallyman::cli {

namespace {

namespace json = boost::json;

std::string target_of(const AuditList& command) {
  std::string target = fmt::format("/api/v1/audit?limit={}", command.limit);
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) target += fmt::format("&{}={}", name, encoded(value));
  };
  add("who", command.who);
  add("action", command.action);
  add("subject", command.subject);
  add("cursor", command.cursor);
  return target;
}

}  // namespace

Exit run(const AuditList& command, Doing& doing) {
  const auto asked = ask(doing, "GET", target_of(command));
  if (!asked.body) return asked.exit;
  if (doing.global.json) {
    doing.terminal.out(asked.text + "\n");
    return Exit::done;
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto& item : asked.body->at("items").as_array()) {
    const auto& row = item.as_object();
    rows.push_back({text_of(row, "id"), text_of(row, "at").substr(0, 19), text_of(row, "who"),
                    text_of(row, "action"), text_of(row, "subject"), text_of(row, "detail")});
  }
  doing.terminal.out(
      table({{"ID", Align::right}, {"AT"}, {"WHO"}, {"ACTION"}, {"SUBJECT"}, {"DETAIL"}}, rows));
  if (const auto next = text_of(*asked.body, "next_cursor"); next != "-") {
    doing.terminal.error("more: --cursor " + next + "\n");
  }
  return Exit::done;
}

Exit run(const AuditVerify&, Doing& doing) {
  const auto asked = ask(doing, "GET", "/api/v1/audit?limit=1");
  if (!asked.body) return asked.exit;
  const auto& chain = asked.body->at("chain").as_object();
  const bool whole = chain.at("verified").as_bool();
  if (doing.global.json) {
    doing.terminal.out(json::serialize(chain) + "\n");
  } else if (whole) {
    doing.terminal.out(fmt::format("The audit log is whole: {} rows.\nhead {}\n",
                                   text_of(chain, "checked"), text_of(chain, "head")));
  } else {
    doing.terminal.error(
        fmt::format("tallyman: the audit log was tampered with: row {} is missing, changed or out "
                    "of place; the {} rows before it are as they were written\n",
                    text_of(chain, "broken_at"), text_of(chain, "checked")));
  }
  return whole ? Exit::done : Exit::differences;
}

}  // namespace tallyman::cli
