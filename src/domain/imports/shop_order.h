// An order as the shop's file says it (facts/operations.md §2.2), and one that nobody can read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "domain/base/ids.h"
#include "domain/base/secret.h"
#include "domain/base/time.h"
#include "domain/orders/address.h"

namespace tallyman::imports {

// Where in the file, both from 1; the column counts characters.
struct Place {
  std::int64_t line = 1;
  std::int64_t column = 1;
  friend bool operator==(const Place&, const Place&) = default;
};

struct ShopLine {
  Place place;
  Sku product;  // a SKU or a bundle
  std::int64_t amount = 1;
  friend bool operator==(const ShopLine&, const ShopLine&) = default;
};

struct ShopOrder {
  Place place;
  OrderNumber number;
  std::optional<Day> date;  // absent: the day on which it is imported
  std::optional<Pii<std::string>> email;
  Pii<orders::Address> ship_to;
  Pii<orders::Address> bill_to;
  std::vector<ShopLine> lines;
  friend bool operator==(const ShopOrder&, const ShopOrder&) = default;
};

struct BadOrder {
  Place place;                        // of the fault
  std::optional<OrderNumber> number;  // when that much could be read
  std::string kind;                   // class of the fault, the same for like faults
  std::string problem;                // for a person, without personal data
  friend bool operator==(const BadOrder&, const BadOrder&) = default;
};

using SeenOrder = std::variant<ShopOrder, BadOrder>;

}  // namespace tallyman::imports
