// tallyman token add | list | revoke
#include <fmt/format.h>

#include "cli/ask.h"
#include "cli/nouns.h"
#include "cli/page.h"
#include "cli/when.h"

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
  return show_page(doing, "/api/v1/tokens",
                   {.columns = {{"ID"},
                                {"NAME"},
                                {"ROLE"},
                                {.title = "STATE", .paint = Paint::state},
                                {"EXPIRES"},
                                {"LAST USED"},
                                {"CREATED BY"}},
                    .row = [&](const json::object& token) -> std::vector<std::string> {
                      return {text_of(token, "token_id"),
                              text_of(token, "name"),
                              text_of(token, "role"),
                              token.at("revoked").as_bool() ? "revoked" : "works",
                              when(token, "expires_at", doing.warehouse),
                              when(token, "last_used_at", doing.warehouse),
                              text_of(token, "created_by")};
                    }});
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
