// The two encodings of shop files. ISO-8859-1 is read as browsers read it: 0x80 to 0x9F are the
// letters and quotes of Windows-1252, because control characters stand in no address.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "domain/base/result.h"
#include "domain/imports/shop_order.h"

namespace tallyman::xml {

enum class Encoding { utf8, latin1 };
std::string_view word(Encoding encoding);  // "UTF-8", "ISO-8859-1"

struct Decoded {
  Encoding encoding = Encoding::utf8;
  std::size_t begin = 0;  // of the text behind a byte order mark
};
// By byte order mark, else by the XML declaration, else UTF-8 where all of it is UTF-8. A Problem
// names an encoding that is not read.
Result<Decoded> find_encoding(std::string_view bytes);

// As UTF-8. `bad`: the first byte that is no character of the encoding, or a control character;
// what comes from there on is left out.
struct Utf8 {
  std::string text;
  bool complete = true;
};
Utf8 to_utf8(std::string_view bytes, Encoding encoding);

// The place behind `text`, when `from` is the place of its first character.
imports::Place behind(imports::Place from, std::string_view text, Encoding encoding);

}  // namespace tallyman::xml
