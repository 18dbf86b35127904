// Any order we can mean, written as JSON the way ShipStation may write it, is read back equal.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include <fmt/format.h>
#include <rapidcheck/gtest.h>

#include "adapters/shipstation/support.h"
#include "adapters/shipstation/wire.h"

namespace tallyman::shipstation {
namespace {

using orders::OrderSeen;
using MemberText = std::pair<std::string, std::string>;

// Chooses by a seed, so that a failing case is found again by its seed alone.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}

  std::int64_t up_to(std::int64_t most) {
    return std::uniform_int_distribution<std::int64_t>{0, most}(engine_);
  }
  bool often() { return up_to(3) != 0; }
  bool rarely() { return up_to(9) == 0; }

  std::string text() {
    static const char* const kPieces[] = {
        "a", "Z", " ",   "17612 - 250340", "\"",   "\\", "/", "\n", "\t", "é", "−", "😀", "}", "]",
        ",", ":", "{\"", "\x01",           "null", "0"};
    std::string text;
    for (auto count = up_to(6); count > 0; --count) text += kPieces[up_to(std::size(kPieces) - 1)];
    return text;
  }

  template <class T>
  void shuffle(std::vector<T>& list) {
    std::shuffle(list.begin(), list.end(), engine_);
  }

 private:
  std::mt19937_64 engine_;
};

std::string quoted(std::string_view text, Dice& dice) {
  std::string json = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      json += {'\\', c};
    } else if (byte < 0x20 || (byte < 0x80 && dice.rarely())) {
      json += fmt::format("\\u{:04x}", byte);
    } else {
      json += c;
    }
  }
  return json + "\"";
}

std::string space(Dice& dice) { return dice.rarely() ? " \r\n\t" : ""; }

std::string object(std::vector<MemberText> members, Dice& dice) {
  if (dice.rarely()) members.emplace_back("newMember", R"({"a":[1,{"orderId":-1}],"b":"}"})");
  dice.shuffle(members);
  std::string json = "{";
  for (const auto& [name, value] : members) {
    json += (json.size() == 1 ? "" : ",") + space(dice) + "\"" + name + "\"" + space(dice) + ":" +
            space(dice) + value + space(dice);
  }
  return json + "}";
}

// An absent value is null or left out.
template <class T, class Write>
void put(std::vector<MemberText>& members, const char* name, const std::optional<T>& value,
         Write write, Dice& dice) {
  if (value) {
    members.emplace_back(name, write(*value));
  } else if (dice.often()) {
    members.emplace_back(name, "null");
  }
}

std::string stamp(Instant at, Dice& dice) {
  std::string text = to_text(Instant{pacific().to_local(at).time_since_epoch()});
  text.pop_back();  // the Z
  if (dice.often()) return "\"" + text + "0\"";
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return "\"" + text + "\"";
}

std::string date(Day day, Dice& dice) {
  return "\"" + to_text(day) + (dice.often() ? "" : "T23:59:59.9970000") + "\"";
}

std::string number(Money money, Dice& dice) {
  std::string text = to_decimal(money);
  if (dice.rarely()) text += "00";
  return text;
}

orders::Address any_address(Dice& dice) {
  orders::Address address;
  for (auto* part :
       {&address.name, &address.company, &address.street1, &address.street2, &address.street3,
        &address.city, &address.state, &address.postal_code, &address.country, &address.phone}) {
    if (dice.often()) *part = dice.text();
  }
  return address;
}

std::string to_json(const orders::Address& address, Dice& dice) {
  std::vector<MemberText> members = {{"residential", "null"}};
  const auto write = [&](const std::string& text) { return quoted(text, dice); };
  put(members, "name", address.name, write, dice);
  put(members, "company", address.company, write, dice);
  put(members, "street1", address.street1, write, dice);
  put(members, "street2", address.street2, write, dice);
  put(members, "street3", address.street3, write, dice);
  put(members, "city", address.city, write, dice);
  put(members, "state", address.state, write, dice);
  put(members, "postalCode", address.postal_code, write, dice);
  put(members, "country", address.country, write, dice);
  put(members, "phone", address.phone, write, dice);
  return object(members, dice);
}

Instant any_instant(Dice& dice) {
  // The night of 1 November 2026 is visited often: there the clock runs back.
  const Instant start = dice.rarely() ? at("2026-11-01T07:00:00Z") : at("2000-01-01T00:00:00Z");
  const Instant any =
      start + Micros{dice.up_to(dice.rarely() ? 14'400 : 1'500'000'000) * 1'000'003};
  return pacific().earliest(pacific().to_local(any));
}

Day any_day(Dice& dice) { return day("2000-01-01") + std::chrono::days{dice.up_to(20'000)}; }
Money any_money(Dice& dice) { return Money{dice.up_to(2'000'000) - 1'000'000}; }
std::int64_t any_id(Dice& dice) { return 1 + dice.up_to(9'000'000'000'000'000'000); }
std::string any_word(Dice& dice) { return "w" + std::to_string(dice.up_to(999)); }

orders::LineSeen any_line(Dice& dice) {
  orders::LineSeen line;
  line.id = {any_id(dice)};
  line.name = dice.text();
  line.quantity = dice.up_to(1000);
  if (dice.often()) line.key = dice.text();
  if (dice.often()) line.sku_text = dice.text();
  if (dice.often()) line.unit_price = any_money(dice);
  line.adjustment = dice.rarely();
  return line;
}

std::string to_json(const orders::LineSeen& line, Dice& dice) {
  std::vector<MemberText> members = {
      {"orderItemId", std::to_string(line.id.value)},
      {"name", line.name.empty() ? "null" : quoted(line.name, dice)},
      {"quantity", std::to_string(line.quantity) + (dice.rarely() ? ".0" : "")},
      {"adjustment", line.adjustment ? "true" : "false"},
      {"options", R"([{"name":"Size","value":"Large"}])"},
  };
  const auto text = [&](const std::string& value) { return quoted(value, dice); };
  put(members, "lineItemKey", line.key, text, dice);
  put(members, "sku", line.sku_text, text, dice);
  put(members, "unitPrice", line.unit_price, [&](Money m) { return number(m, dice); }, dice);
  return object(members, dice);
}

OrderSeen any_order(Dice& dice) {
  OrderSeen order;
  order.id = {any_id(dice)};
  order.number = {"1" + std::to_string(dice.up_to(99'999))};
  order.key = dice.text();
  order.created = any_instant(dice);
  order.modified = any_instant(dice);
  order.status = dice.often() ? "awaiting_shipment" : any_word(dice);
  order.bill_to = Pii{any_address(dice)};
  order.ship_to = Pii{any_address(dice)};
  for (auto count = dice.up_to(4); count > 0; --count) order.lines.push_back(any_line(dice));
  for (auto count = dice.up_to(2); count > 0; --count) order.merged.push_back({any_id(dice)});
  if (dice.often()) order.order_date = any_day(dice);
  if (dice.often()) order.customer_email.emplace(any_word(dice) + "@example.com");
  if (dice.often()) order.total = any_money(dice);
  if (dice.often()) order.carrier_code = any_word(dice);
  if (dice.often()) order.carrier_id = std::to_string(any_id(dice));
  if (dice.often()) order.service_code = any_word(dice);
  if (dice.often()) order.ship_date = any_day(dice);
  if (dice.often()) order.store_id = dice.up_to(1'000'000);
  if (dice.rarely()) order.parent = ShipStationOrderId{any_id(dice)};
  order.merged_or_split = dice.rarely();
  order.externally_fulfilled = dice.rarely();
  return order;
}

std::string list_of(const std::vector<std::string>& elements, Dice& dice) {
  std::string json = "[" + space(dice);
  if (elements.empty() && dice.rarely()) return "null";
  for (const auto& element : elements) {
    json +=
        (json.size() < 6 && json.find_first_of("{0123456789n") == std::string::npos ? "" : ",") +
        element + space(dice);
    if (dice.rarely()) json += ",null";
  }
  return json + "]";
}

std::string advanced_options(const OrderSeen& order, const char* carrier_member, Dice& dice) {
  std::vector<std::string> merged;
  for (const auto& id : order.merged) merged.push_back(std::to_string(id.value));
  std::vector<MemberText> members = {
      {"mergedOrSplit", order.merged_or_split ? "true" : "false"},
      {"mergedIds", list_of(merged, dice)},
      {"billToMyOtherAccount", dice.often() ? "null" : "0"},
  };
  put(members, "storeId", order.store_id, [](auto id) { return std::to_string(id); }, dice);
  put(members, "parentId", order.parent, [](auto id) { return std::to_string(id.value); }, dice);
  if (order.carrier_id && carrier_member != nullptr) {
    std::erase_if(members, [&](const auto& m) { return m.first == carrier_member; });
    members.emplace_back(carrier_member,
                         dice.often() ? *order.carrier_id : "\"" + *order.carrier_id + "\"");
  }
  return object(members, dice);
}

std::string to_json(const OrderSeen& order, Dice& dice) {
  const auto text = [&](const std::string& value) { return quoted(value, dice); };
  std::vector<std::string> lines;
  for (const auto& line : order.lines) lines.push_back(to_json(line, dice));
  static const char* const kCarrierMembers[] = {"billToMyOtherAccount", "carrierId", nullptr};
  const char* carrier_member = kCarrierMembers[dice.up_to(2)];
  std::vector<MemberText> members = {
      {"orderId", std::to_string(order.id.value)},
      {"orderNumber",
       quoted(dice.rarely() ? " " + order.number.value + "\n" : order.number.value, dice)},
      {"orderKey", quoted(order.key, dice)},
      {"createDate", stamp(order.created, dice)},
      {"modifyDate", stamp(order.modified, dice)},
      {"orderStatus", quoted(order.status, dice)},
      {"billTo", to_json(order.bill_to.reveal(), dice)},
      {"shipTo", to_json(order.ship_to.reveal(), dice)},
      {"items", list_of(lines, dice)},
      {"advancedOptions", advanced_options(order, carrier_member, dice)},
      {"externallyFulfilled", order.externally_fulfilled ? "true" : "false"},
  };
  put(members, "orderDate", order.order_date, [&](Day d) { return date(d, dice); }, dice);
  put(members, "shipDate", order.ship_date, [&](Day d) { return date(d, dice); }, dice);
  put(members, "orderTotal", order.total, [&](Money m) { return number(m, dice); }, dice);
  put(members, "carrierCode", order.carrier_code, text, dice);
  put(members, "serviceCode", order.service_code, text, dice);
  if (order.customer_email) {
    members.emplace_back("customerEmail", quoted(order.customer_email->reveal(), dice));
  } else {
    members.emplace_back("customerEmail", dice.often() ? "\"\"" : "null");
  }
  if (order.carrier_id && carrier_member == nullptr) {
    members.emplace_back("carrierId", *order.carrier_id);
  }
  return object(members, dice);
}

RC_GTEST_PROP(OrderPage, ReadsBackAnyOrderItCanMean, (std::uint64_t seed)) {
  Dice dice(seed);
  std::vector<OrderSeen> wanted;
  std::vector<std::string> elements;
  for (auto count = dice.up_to(3); count >= 0; --count) {
    wanted.push_back(any_order(dice));
    elements.push_back(to_json(wanted.back(), dice));
  }
  std::string body =
      object({{"total", "4"}, {"pages", "0"}, {"orders", list_of(elements, dice)}}, dice);
  const auto page = read_order_page(body, pacific(), ports::OrderQuery::Sort::modified);
  if (!page) RC_FAIL(page.error().what + "\n" + body);
  RC_ASSERT(page->rows.size() == wanted.size());
  for (std::size_t row = 0; row < wanted.size(); ++row) {
    if (const auto* bad = std::get_if<ports::Unreadable>(&page->rows[row])) RC_FAIL(bad->problem);
    const auto& document = std::get<ports::Document<OrderSeen>>(page->rows[row]);
    RC_ASSERT(document.raw.bytes == elements[row]);
    RC_ASSERT(document.seen == wanted[row]);
  }
}

}  // namespace
}  // namespace tallyman::shipstation
