#include "adapters/xml/shop_file.h"

#include "adapters/xml/cut.h"
#include "adapters/xml/order_wire.h"

namespace tallyman::xml {

namespace {

// Places of rising offsets, each counted on from the one before.
class Walk {
 public:
  Walk(std::string_view bytes, Encoding encoding) : bytes_(bytes), encoding_(encoding) {
    constexpr std::string_view kMark = "\xEF\xBB\xBF";
    if (bytes.starts_with(kMark)) at_ = kMark.size();
  }
  imports::Place to(std::size_t offset) {
    place_ = behind(place_, bytes_.substr(at_, offset - at_), encoding_);
    at_ = offset;
    return place_;
  }

 private:
  std::string_view bytes_;
  Encoding encoding_;
  std::size_t at_ = 0;
  imports::Place place_;
};

}  // namespace

Result<ports::ShopFile> ShopFileReader::read(std::string_view bytes, const Visit& visit) const {
  const auto cut = xml::cut(bytes);
  if (!cut) return tl::unexpected(cut.error());
  ports::ShopFile file{.encoding = std::string(word(cut->encoding)),
                       .orders = static_cast<std::int64_t>(cut->pieces.size())};
  Walk ignored(bytes, cut->encoding);
  for (const auto& one : cut->ignored) {
    file.ignored.push_back({.place = ignored.to(one.begin), .name = one.name});
  }
  Walk walk(bytes, cut->encoding);
  for (const auto& piece : cut->pieces) {
    const auto text = bytes.substr(piece.begin, piece.size);
    const auto place = walk.to(piece.begin);
    if (piece.fault.empty()) {
      visit(read_order(text, cut->encoding, place), text);
    } else {
      visit(bad_order(text, place, "not cut out", piece.fault), text);
    }
  }
  return file;
}

}  // namespace tallyman::xml
