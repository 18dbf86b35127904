// tallyman token add | list | revoke
#include <fmt/format.h>

#include "cli/ask.h"
#include "cli/nouns.h"
#include "cli/table.h"

namespace tallyman::cli {

namespace {
namespace json = boost::json;
}

Exit run(const TokenAdd& command, Doing& doing) {
  json::object body{{"name", command.name}, {"role", command.role}};
  if (!command.expires.empty()) body["expires_at"] = command.expires;
  const auto asked = ask(doing, "POST", "/api/v1/tokens", json::serialize(body));
  if (!asked.body) return asked.exit;
  if (doing.global.json) {
    doing.terminal.out(asked.text + "\n");
    return Exit::done;
  }
  doing.terminal.out(text_of(*asked.body, "token") + "\n");
  doing.terminal.error("This is the only time it is shown. Send it as: Authorization: Bearer …\n");
  return Exit::done;
}

Exit run(const TokenList&, Doing& doing) {
  const auto asked = ask(doing, "GET", "/api/v1/tokens");
  if (!asked.body) return asked.exit;
  if (doing.global.json) {
    doing.terminal.out(asked.text + "\n");
    return Exit::done;
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto& item : asked.body->at("items").as_array()) {
    const auto& token = item.as_object();
    rows.push_back({text_of(token, "token_id"), text_of(token, "name"), text_of(token, "role"),
                    token.at("revoked").as_bool() ? "revoked" : "works",
                    text_of(token, "expires_at").substr(0, 16),
                    text_of(token, "last_used_at").substr(0, 16), text_of(token, "created_by")});
  }
  doing.terminal.out(table(
      {{"ID"}, {"NAME"}, {"ROLE"}, {"STATE"}, {"EXPIRES"}, {"LAST USED"}, {"CREATED BY"}}, rows));
  return Exit::done;
}

Exit run(const TokenRevoke& command, Doing& doing) {
  const auto asked = ask(doing, "DELETE", "/api/v1/tokens/" + encoded(command.id));
  if (!asked.body) return asked.exit;
  if (doing.global.json) {
    doing.terminal.out(json::serialize(json::object{{"token_id", command.id}, {"revoked", true}}) +
                       "\n");
  } else {
    doing.terminal.out(fmt::format("Token {} is refused from now on.\n", command.id));
  }
  return Exit::done;
}

}  // namespace tallyman::cli
