#include "adapters/database/postgres_address.h"

#include <memory>
#include <string_view>

#include <libpq-fe.h>

namespace tallyman::database {

namespace {

std::string_view value_of(const PostgresAddress& address, const std::string& key) {
  const auto found = address.find(key);
  return found != address.end() ? std::string_view(found->second) : std::string_view{};
}

// A password with a bare '@' or '/' makes libpq read part of it as host, port or name, and repeat
// it.
bool is_ambiguous(std::string_view url) {
  url = url.substr(0, url.find('?'));
  const std::size_t start = url.find("//");
  if (start == std::string_view::npos) return true;
  url.remove_prefix(start + 2);
  const std::size_t at = url.find('@');
  return at != std::string_view::npos && (url.find('@', at + 1) != std::string_view::npos ||
                                          url.substr(0, at).find('/') != std::string_view::npos);
}

}  // namespace

Result<PostgresAddress> postgres_address(const std::string& url) {
  if (is_ambiguous(url)) {
    return problem("the database URL has an '@' or '/' too many; in the password write %40 or %2F");
  }
  char* words = nullptr;
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
      PQconninfoParse(url.c_str(), &words), &PQconninfoFree);
  PQfreemem(words);  // they quote the URL, password and all
  if (options == nullptr) {
    return problem(
        "the database URL cannot be understood; expected "
        "postgresql://user:password@host:5432/name, with special characters as %xx");
  }
  PostgresAddress address;
  for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
    if (option->val != nullptr) address.emplace(option->keyword, option->val);
  }
  if (value_of(address, "port").find_first_not_of("0123456789,") != std::string_view::npos) {
    return problem("the port in the database URL is not a number");
  }
  return address;
}

std::string describe(const PostgresAddress& address) {
  std::string text = "postgresql://";
  const auto part = [&](const std::string& key, std::string_view before, std::string_view after) {
    const std::string_view value = value_of(address, key);
    if (!value.empty()) text.append(before).append(value).append(after);
  };
  part("user", "", "@");
  part("host", "", "");
  part("port", ":", "");
  part("dbname", "/", "");
  return text;
}

std::string without_password(std::string text, const PostgresAddress& address) {
  const std::string_view password = value_of(address, "password");
  if (password.empty()) return text;
  for (std::size_t at = text.find(password); at != std::string::npos;
       at = text.find(password, at + 3)) {
    text.replace(at, password.size(), "***");
  }
  return text;
}

}  // namespace tallyman::database
