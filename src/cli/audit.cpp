// tallyman audit list | verify
#include <fmt/format.h>

#include "cli/ask.h"
#include "cli/nouns.h"
#include "cli/page.h"
#include "cli/when.h"

namespace tallyman::cli {

namespace {
namespace json = boost::json;
}  // namespace

Exit run(const AuditList& command, Doing& doing) {
  const auto target = Target("/api/v1/audit")
                          .limit(command.limit)
                          .with("who", command.who)
                          .with("action", command.action)
                          .with("subject", command.subject)
                          .with("cursor", command.cursor);
  return show_page(
      doing, target.text(),
      {.columns = {{"ID", Align::right}, {"AT"}, {"WHO"}, {"ACTION"}, {"SUBJECT"}, {"DETAIL"}},
       .row = [&](const json::object& row) -> std::vector<std::string> {
         return {text_of(row, "id"),      when(row, "at", doing.warehouse, Fine::seconds),
                 text_of(row, "who"),     text_of(row, "action"),
                 text_of(row, "subject"), text_of(row, "detail")};
       }});
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
