#include "adapters/shipstation/requests.h"

#include <utility>

#include "adapters/shipstation/times.h"
#include "domain/base/check.h"

namespace tallyman::shipstation {

namespace {

constexpr int kMaxPageSize = 500;  // facts/shipstation.md §4.1

// Collects "name=value" pairs behind a path.
class Target {
 public:
  explicit Target(std::string path) : text_(std::move(path)) {}

  Target& add(std::string_view name, std::string_view value) {
    text_ += first_ ? '?' : '&';
    first_ = false;
    text_ += name;
    text_ += '=';
    text_ += percent_encoded(value);
    return *this;
  }

  Target& between(std::string_view date, const ports::Between& bounds, const Zone& zone) {
    const std::string name{date};
    if (bounds.from) add(name + "Start", filter_text(*bounds.from, zone));
    if (bounds.to) add(name + "End", filter_text(*bounds.to, zone));
    return *this;
  }

  Target& sorted_by(std::string_view word) { return add("sortBy", word).add("sortDir", "ASC"); }

  std::string page(int page, int size) {
    check(page >= 1, "pages count from 1");
    check(size >= 1 && size <= kMaxPageSize, "a page has 1 to 500 rows");
    add("page", std::to_string(page)).add("pageSize", std::to_string(size));
    return text_;
  }

 private:
  std::string text_;
  bool first_ = true;
};

std::string_view word(ports::OrderQuery::Sort sort) {
  switch (sort) {
    case ports::OrderQuery::Sort::modified: return "ModifyDate";
    case ports::OrderQuery::Sort::created: return "CreateDate";
  }
  return "?";
}

}  // namespace

std::string percent_encoded(std::string_view text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    if (plain) {
      encoded += c;
    } else {
      encoded += '%';
      encoded += kHex[byte >> 4U];
      encoded += kHex[byte & 15U];
    }
  }
  return encoded;
}

std::string target(const ports::OrderQuery& query, const Zone& zone) {
  Target to{"/orders"};
  to.between("modifyDate", query.modified, zone).between("createDate", query.created, zone);
  if (query.number) to.add("orderNumber", query.number->value);
  if (query.status) to.add("orderStatus", *query.status);
  return to.sorted_by(word(query.sort)).page(query.page, query.page_size);
}

std::string target(const ports::ShipmentQuery& query, const Zone& zone) {
  Target to{"/shipments"};
  to.between("createDate", query.created, zone).between("voidDate", query.voided, zone);
  if (query.order) to.add("orderId", std::to_string(query.order->value));
  to.add("includeShipmentItems", "true");
  return to.sorted_by("CreateDate").page(query.page, query.page_size);
}

std::string target(const ports::FulfilmentQuery& query, const Zone& zone) {
  Target to{"/fulfillments"};
  to.between("createDate", query.created, zone);
  if (query.order) to.add("orderId", std::to_string(query.order->value));
  return to.sorted_by("CreateDate").page(query.page, query.page_size);
}

std::string target(ShipStationOrderId id) { return "/orders/" + std::to_string(id.value); }

}  // namespace tallyman::shipstation
