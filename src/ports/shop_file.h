// Reading the shop's file of orders: bytes of anybody's making in, orders one by one out.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/base/result.h"
#include "domain/imports/shop_order.h"

namespace tallyman::ports {

// Something below the root that is no order.
struct IgnoredElement {
  imports::Place place;
  std::string name;
};

struct ShopFile {
  std::string encoding;  // "UTF-8", "ISO-8859-1": as which it was read
  std::int64_t orders = 0;
  std::vector<IgnoredElement> ignored{};
};

class ShopFileReader {
 public:
  // `text`: the order as it stands in the file, a part of `bytes`.
  using Visit = std::function<void(imports::SeenOrder order, std::string_view text)>;

  virtual ~ShopFileReader() = default;
  // Visits every order in the order of the file; each is read by itself, so that a bad one spoils
  // nothing but itself. A Problem refuses the file as a whole, with its place; then no order has
  // been visited. `bytes` must outlive the call. Keeps no more than one order in memory.
  virtual Result<ShopFile> read(std::string_view bytes, const Visit& visit) const = 0;
};

}  // namespace tallyman::ports
