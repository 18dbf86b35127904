// The shop's file of orders, from bytes (ports/shop_file.h).
#pragma once

#include "ports/shop_file.h"

namespace tallyman::xml {

class ShopFileReader final : public ports::ShopFileReader {
 public:
  Result<ports::ShopFile> read(std::string_view bytes, const Visit& visit) const override;
};

}  // namespace tallyman::xml
