// Any bytes as the shop's file: no crash, no order seen of a file that is refused, places within
// the file, and an order that reads the same whatever stands beside it.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "adapters/xml/shop_file.h"
#include "domain/base/check.h"
#include "domain/base/plain_text.h"
#include "domain/imports/limits.h"

namespace tallyman::xml {
namespace {

struct Seen {
  imports::SeenOrder order;
  std::string_view text;
};

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto length = length_of_character(text, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

void check_text(const std::optional<std::string>& text) {
  if (!text) return;
  check(!text->empty() && text->size() <= 2 * imports::kFieldBytes + 1, "a field has its limit");
  check(is_utf8(*text), "what is read is UTF-8");
  check(text->find('\0') == std::string::npos, "what is read can be stored");
}

void check_address(const orders::Address& address) {
  for (const auto& text : {address.name, address.company, address.street1, address.city,
                           address.state, address.postal_code, address.country, address.phone}) {
    check_text(text);
  }
}

void check_order(const imports::ShopOrder& order) {
  check_text(order.number.value);
  check(order.number.value.size() <= imports::kNumberBytes, "a number has its limit");
  check_address(order.ship_to.reveal());
  check_address(order.bill_to.reveal());
  check(order.lines.size() <= imports::kLines, "an order has its limit");
  for (const auto& line : order.lines) {
    check(line.amount >= 1 && line.amount <= imports::kAmount, "an amount has its limit");
    check(!line.product.value.empty(), "a line has a product");
  }
}

void check_bad(const imports::BadOrder& bad) {
  check(!bad.problem.empty() && !bad.kind.empty(), "a problem has words");
  check(is_utf8(bad.problem), "a problem can be shown");
}

void try_file(std::string_view bytes) {
  std::vector<Seen> seen;
  const auto file =
      ShopFileReader().read(bytes, [&](imports::SeenOrder order, std::string_view text) {
        seen.push_back({.order = std::move(order), .text = text});
      });
  if (!file) {
    check(seen.empty(), "nothing is seen of what is refused");
    check(!file.error().what.empty() && is_utf8(file.error().what), "a problem has words");
    return;
  }
  check(std::ssize(seen) == file->orders, "every order is told");
  const auto lines = std::count(bytes.begin(), bytes.end(), '\n') + 1;
  for (const auto& [order, text] : seen) {
    check(text.data() >= bytes.data() && text.data() + text.size() <= bytes.data() + bytes.size(),
          "an order is a part of the file");
    const auto* bad = std::get_if<imports::BadOrder>(&order);
    const auto place = bad != nullptr ? bad->place : std::get<imports::ShopOrder>(order).place;
    check(place.line >= 1 && place.line <= lines && place.column >= 1, "a place in the file");
    if (bad != nullptr) {
      check_bad(*bad);
    } else {
      check_order(std::get<imports::ShopOrder>(order));
    }
  }
}

}  // namespace
}  // namespace tallyman::xml

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  tallyman::xml::try_file(text);
  tallyman::xml::try_file("<orders>" + text + "</orders>");
  tallyman::xml::try_file(
      "<?xml version='1.0' encoding='iso-8859-1'?><orders><order><orderid>1</orderid>" + text +
      "</order></orders>");
  return 0;
}
