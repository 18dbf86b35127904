// tallyman user add | list | role | password | disable | enable
#include <fmt/format.h>

#include "cli/ask.h"
#include "cli/nouns.h"
#include "cli/table.h"

namespace tallyman::cli {

namespace {

namespace json = boost::json;

std::optional<std::string> password_from(Doing& doing, const std::string& name) {
  auto password = doing.terminal.secret("password of " + name);
  if (!password) {
    doing.terminal.error(
        "tallyman: no password was given, or the two differ; nothing was changed\n"
        "hint: type it, or send one line to standard input\n");
  }
  return password;
}

Exit tell(Doing& doing, const Asked& asked, const std::string& what) {
  if (!asked.body) return asked.exit;
  doing.terminal.out(doing.global.json ? asked.text + "\n" : what + "\n");
  return Exit::done;
}

Asked change(Doing& doing, const std::string& name, const json::object& what) {
  return ask(doing, "PATCH", "/api/v1/users/" + encoded(name), json::serialize(what));
}

}  // namespace

Exit run(const UserAdd& command, Doing& doing) {
  const auto password = password_from(doing, command.name);
  if (!password) return Exit::usage;
  const json::object body{{"name", command.name}, {"role", command.role}, {"password", *password}};
  const auto asked = ask(doing, "POST", "/api/v1/users", json::serialize(body));
  return tell(doing, asked, fmt::format("{} may sign in as {}.", command.name, command.role));
}

Exit run(const UserList&, Doing& doing) {
  const auto asked = ask(doing, "GET", "/api/v1/users");
  if (!asked.body) return asked.exit;
  if (doing.global.json) {
    doing.terminal.out(asked.text + "\n");
    return Exit::done;
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto& item : asked.body->at("items").as_array()) {
    const auto& user = item.as_object();
    rows.push_back({text_of(user, "name"), text_of(user, "role"),
                    user.at("disabled").as_bool() ? "disabled" : "may sign in",
                    text_of(user, "sessions"), text_of(user, "last_seen_at").substr(0, 16),
                    text_of(user, "created_at").substr(0, 16)});
  }
  doing.terminal.out(
      table({{"NAME"}, {"ROLE"}, {"STATE"}, {"SESSIONS", Align::right}, {"LAST SEEN"}, {"CREATED"}},
            rows));
  return Exit::done;
}

Exit run(const UserRole& command, Doing& doing) {
  const auto asked = change(doing, command.name, {{"role", command.role}});
  return tell(doing, asked,
              fmt::format("{} is {} now and has to sign in again.", command.name, command.role));
}

Exit run(const UserPassword& command, Doing& doing) {
  const auto password = password_from(doing, command.name);
  if (!password) return Exit::usage;
  const auto asked = change(doing, command.name, {{"password", *password}});
  return tell(doing, asked,
              fmt::format("{} has a new password and has to sign in again.", command.name));
}

Exit run(const UserDisable& command, Doing& doing) {
  const auto asked = change(doing, command.name, {{"disabled", true}});
  return tell(doing, asked,
              fmt::format("{} can no longer sign in; open sessions have ended.", command.name));
}

Exit run(const UserEnable& command, Doing& doing) {
  const auto asked = change(doing, command.name, {{"disabled", false}});
  return tell(doing, asked, fmt::format("{} can sign in again.", command.name));
}

}  // namespace tallyman::cli
