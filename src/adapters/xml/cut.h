// Cuts the shop's file into its orders without reading them, so that each is parsed by itself: an
// order that is no XML spoils nothing but itself, and memory stays at one order.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/xml/encoding.h"
#include "domain/base/result.h"

namespace tallyman::xml {

// From "<order" to behind "</order>"; where `fault` says something, as far as it could be told.
struct Piece {
  std::size_t begin = 0;
  std::size_t size = 0;
  std::string fault{};  // for a person; empty: may be parsed
};

struct Ignored {
  std::size_t begin = 0;
  std::string name;
};

struct Cut {
  Encoding encoding = Encoding::utf8;
  std::vector<Piece> pieces{};
  std::vector<Ignored> ignored{};
};

// A Problem refuses the file as a whole, with line and column: a document type declaration, too
// large, cut off before its end, no XML outside of the orders, an encoding that is not read.
Result<Cut> cut(std::string_view bytes);

}  // namespace tallyman::xml
