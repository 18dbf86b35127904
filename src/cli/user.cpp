// tallyman user add | list | role | password | disable | enable
#include <fmt/format.h>

#include "cli/ask.h"
#include "cli/nouns.h"
#include "cli/page.h"
#include "cli/when.h"

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

Asked change(Doing& doing, const std::string& name, const json::object& what) {
  return ask(doing, "PATCH", "/api/v1/users/" + encoded(name), json::serialize(what));
}

}  // namespace

Exit run(const UserAdd& command, Doing& doing) {
  const auto password = password_from(doing, command.name);
  if (!password) return Exit::usage;
  const json::object body{{"name", command.name}, {"role", command.role}, {"password", *password}};
  const auto asked = ask(doing, "POST", "/api/v1/users", json::serialize(body));
  return tell(asked, doing, fmt::format("{} may sign in as {}.", command.name, command.role));
}

Exit run(const UserList&, Doing& doing) {
  return show_page(doing, "/api/v1/users",
                   {.columns = {{"NAME"},
                                {"ROLE"},
                                {.title = "STATE", .paint = Paint::state},
                                {"SESSIONS", Align::right},
                                {"LAST SEEN"},
                                {"CREATED"}},
                    .row = [&](const json::object& user) -> std::vector<std::string> {
                      return {text_of(user, "name"),
                              text_of(user, "role"),
                              user.at("disabled").as_bool() ? "disabled" : "may sign in",
                              text_of(user, "sessions"),
                              when(user, "last_seen_at", doing.warehouse),
                              when(user, "created_at", doing.warehouse)};
                    }});
}

Exit run(const UserRole& command, Doing& doing) {
  const auto asked = change(doing, command.name, {{"role", command.role}});
  return tell(asked, doing,
              fmt::format("{} is {} now and has to sign in again.", command.name, command.role));
}

Exit run(const UserPassword& command, Doing& doing) {
  const auto password = password_from(doing, command.name);
  if (!password) return Exit::usage;
  const auto asked = change(doing, command.name, {{"password", *password}});
  return tell(asked, doing,
              fmt::format("{} has a new password and has to sign in again.", command.name));
}

Exit run(const UserDisable& command, Doing& doing) {
  const auto asked = change(doing, command.name, {{"disabled", true}});
  return tell(asked, doing,
              fmt::format("{} can no longer sign in; open sessions have ended.", command.name));
}

Exit run(const UserEnable& command, Doing& doing) {
  const auto asked = change(doing, command.name, {{"disabled", false}});
  return tell(asked, doing, fmt::format("{} can sign in again.", command.name));
}

}  // namespace tallyman::cli
