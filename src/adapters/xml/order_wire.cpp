#include "adapters/xml/order_wire.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <pugixml.hpp>

#include "adapters/xml/references.h"
#include "domain/base/plain_text.h"
#include "domain/base/whole_number.h"
#include "domain/imports/limits.h"
#include "domain/orders/trim.h"

namespace tallyman::xml {

namespace {

using imports::Place;
using Text = std::optional<std::string>;

constexpr std::string_view kDefaultCountry = "US";
constexpr int kDeepest = 20;        // elements within each other; an order has three
constexpr std::size_t kShown = 40;  // bytes of a wrong value

// Thrown by what reads a field, caught where the order is read.
struct Fault {
  std::size_t at = 0;  // in the order's text
  std::string kind;
  std::string what;
};

// A field's text and where it stands.
struct Field {
  std::size_t at = 0;
  std::string text;  // trimmed
};

std::size_t offset_of(const pugi::xml_node& node) {
  const auto offset = node.offset_debug();
  return offset < 0 ? 0 : static_cast<std::size_t>(offset);
}

std::string shown(std::string_view text) {
  return plain_text(text.substr(0, kShown), kShown) + (text.size() > kShown ? "…" : "");
}

// The text of an element; a Fault when other elements stand in it, or it is too long.
Field field_of(const pugi::xml_node& element, std::size_t most) {
  Field field{.at = offset_of(element), .text = {}};
  std::string text;
  for (const auto& child : element.children()) {
    if (child.type() == pugi::node_element) {
      throw Fault{offset_of(child), "elements in a field",
                  fmt::format("{} has elements in it", element.name())};
    }
    if (text.empty()) field.at = offset_of(child);
    text += child.value();
  }
  const auto inner = orders::trimmed(text);
  field.at += inner.empty() ? 0 : static_cast<std::size_t>(inner.data() - text.data());
  if (inner.size() > most) {
    throw Fault{field.at, "too long",
                fmt::format("{} has more than {} bytes", element.name(), most)};
  }
  field.text = inner;
  return field;
}

// A child that may stand there once; none where it is absent or empty.
std::optional<Field> find_field(const pugi::xml_node& parent, const char* name,
                                std::size_t most = imports::kFieldBytes) {
  const auto element = parent.child(name);
  if (!element) return std::nullopt;
  if (const auto second = element.next_sibling(name)) {
    throw Fault{offset_of(second), "a field twice", fmt::format("{} stands there twice", name)};
  }
  auto field = field_of(element, most);
  if (field.text.empty()) return std::nullopt;
  return field;
}

Text text_of(const pugi::xml_node& order, const std::string& name) {
  auto field = find_field(order, name.c_str());
  if (!field) return std::nullopt;
  return std::move(field->text);
}

Text joined(const Text& first, const Text& last) {
  if (!first || !last) return first ? first : last;
  return *first + " " + *last;
}

// `who` is "s_" (ship to) or "b_" (bill to).
Pii<orders::Address> address_of(const pugi::xml_node& order, const std::string& who) {
  orders::Address address;
  address.name = joined(text_of(order, who + "firstname"), text_of(order, who + "lastname"));
  address.company = text_of(order, who + "company");
  address.street1 = text_of(order, who + "address");
  address.city = text_of(order, who + "city");
  address.state = text_of(order, who + "state");
  address.postal_code = text_of(order, who + "zipcode");
  address.country = text_of(order, who + "country").value_or(std::string(kDefaultCountry));
  address.phone = text_of(order, who + "phone");
  return Pii(std::move(address));
}

// A code that people and machines copy: no space or line break within.
Field code_of(const pugi::xml_node& parent, const char* name) {
  auto field = find_field(parent, name, imports::kNumberBytes);
  if (!field) {
    throw Fault{offset_of(parent), "a field is missing", fmt::format("{} is missing", name)};
  }
  const auto is_odd = [](char c) { return c == '\n' || c == '\r' || c == '\t'; };
  if (std::ranges::any_of(field->text, is_odd)) {
    throw Fault{field->at, "no code", fmt::format("{} has a line break or tab in it", name)};
  }
  return std::move(*field);
}

// "2025-11-20", or with a time of day behind it.
std::optional<Day> date_of(const pugi::xml_node& order) {
  const auto field = find_field(order, "date2");
  if (!field) return std::nullopt;
  if (const auto day = day_from_text(field->text)) return *day;
  if (const auto time = local_time_from_text(field->text)) return day_of(*time);
  throw Fault{
      field->at, "no date",
      fmt::format("date2: expected a date such as 2026-11-20; got \"{}\"", shown(field->text))};
}

std::int64_t amount_of(const pugi::xml_node& detail) {
  const auto field = find_field(detail, "amount");
  if (!field) return 1;
  const auto amount = whole_number(field->text);
  if (!amount || *amount < 1 || *amount > imports::kAmount) {
    throw Fault{field->at, "no amount",
                fmt::format("amount: expected a whole number from 1 to {}; got \"{}\"",
                            imports::kAmount, shown(field->text))};
  }
  return *amount;
}

// Turns offsets of the order's text into places of the file.
class Places {
 public:
  Places(const std::string& text, Place begin) : text_(text), begin_(begin) {}
  Place at(std::size_t offset) const {
    return behind(begin_, std::string_view(text_).substr(0, offset), Encoding::utf8);
  }

 private:
  const std::string& text_;
  Place begin_;
};

std::vector<imports::ShopLine> lines_of(const pugi::xml_node& order, const Places& places) {
  std::vector<imports::ShopLine> lines;
  for (const auto& detail : order.children("order_detail")) {
    if (lines.size() == imports::kLines) {
      throw Fault{offset_of(detail), "too many lines",
                  fmt::format("more than {} lines", imports::kLines)};
    }
    auto product = code_of(detail, "productid");
    lines.push_back({.place = places.at(product.at),
                     .product = Sku{std::move(product.text)},
                     .amount = amount_of(detail)});
  }
  return lines;
}

imports::ShopOrder order_of(const pugi::xml_node& element, const Places& places, Place place) {
  imports::ShopOrder order;
  order.place = place;
  order.number = OrderNumber{code_of(element, "orderid").text};
  order.date = date_of(element);
  if (auto email = text_of(element, "email")) order.email = Pii<std::string>(std::move(*email));
  order.ship_to = address_of(element, "s_");
  order.bill_to = address_of(element, "b_");
  order.lines = lines_of(element, places);
  return order;
}

// Finds the first element that stands deeper than any order has them; the parser itself goes as
// deep as the text does, without recursion.
struct DepthCheck final : pugi::xml_tree_walker {
  bool for_each(pugi::xml_node& node) override {
    if (depth() < kDeepest) return true;
    throw Fault{offset_of(node), "too deep",
                fmt::format("more than {} elements within each other", kDeepest)};
  }
};

void parse(pugi::xml_document& document, const std::string& text) {
  if (const auto unknown = find_unknown_reference(text)) {
    // What follows may be a name or an address: it is not repeated.
    throw Fault{*unknown, "unknown entity",
                "'&' begins no character that XML knows; '&' alone is written &amp;"};
  }
  const auto result =
      document.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8);
  if (result) {
    DepthCheck check;
    document.traverse(check);
    return;
  }
  throw Fault{
      std::min(static_cast<std::size_t>(std::max<std::ptrdiff_t>(result.offset, 0)), text.size()),
      "no XML", fmt::format("no well-formed XML: {}", result.description())};
}

// The number as plain text between its tags, for people: the order cannot be read.
std::optional<OrderNumber> number_in(std::string_view bytes) {
  constexpr std::string_view kBegin = "<orderid>";
  const auto begin = bytes.find(kBegin);
  if (begin == std::string_view::npos) return std::nullopt;
  const auto rest = bytes.substr(begin + kBegin.size());
  const auto number = orders::trimmed(rest.substr(0, rest.find('<')));
  const auto is_plain = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
  };
  if (number.empty() || number.size() > imports::kNumberBytes ||
      !std::ranges::all_of(number, is_plain)) {
    return std::nullopt;
  }
  return OrderNumber{std::string(number)};
}

}  // namespace

imports::BadOrder bad_order(std::string_view bytes, Place place, std::string kind,
                            std::string problem) {
  return {.place = place,
          .number = number_in(bytes),
          .kind = std::move(kind),
          .problem = std::move(problem)};
}

imports::SeenOrder read_order(std::string_view bytes, Encoding encoding, Place place) {
  const auto utf8 = to_utf8(bytes, encoding);
  const Places places(utf8.text, place);
  try {
    if (!utf8.complete) {
      throw Fault{utf8.text.size(), "no character",
                  fmt::format("a byte that is no character of {}", word(encoding))};
    }
    pugi::xml_document document;
    parse(document, utf8.text);
    return order_of(document.document_element(), places, place);
  } catch (const Fault& fault) {
    return bad_order(bytes, places.at(fault.at), fault.kind, fault.what);
  }
}

}  // namespace tallyman::xml
