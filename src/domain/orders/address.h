// A postal address as a partner sent it: every part may be absent. Personal data.
#pragma once

#include <optional>
#include <string>

namespace tallyman::orders {

struct Address {
  std::optional<std::string> name;
  std::optional<std::string> company;
  std::optional<std::string> street1;
  std::optional<std::string> street2;
  std::optional<std::string> street3;
  std::optional<std::string> city;
  std::optional<std::string> state;
  std::optional<std::string> postal_code;
  std::optional<std::string> country;
  std::optional<std::string> phone;
  friend bool operator==(const Address&, const Address&) = default;
};

}  // namespace tallyman::orders
