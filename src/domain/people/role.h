// What somebody may do (design §4, roles): each role may everything the one before it may.
#pragma once

#include <optional>
#include <string_view>

namespace tallyman::people {

enum class Role { viewer, operator_, admin };

constexpr std::string_view word(Role role) {
  switch (role) {
    case Role::viewer: return "viewer";
    case Role::operator_: return "operator";
    case Role::admin: return "admin";
  }
  return "?";
}

constexpr std::optional<Role> role_from(std::string_view text) {
  for (const auto role : {Role::viewer, Role::operator_, Role::admin}) {
    if (text == word(role)) return role;
  }
  return std::nullopt;
}

constexpr bool may(Role role, Role needed) { return role >= needed; }

}  // namespace tallyman::people
