// ShipStation's JSON: all members always present, in the order of real answers, absent values null
// (facts/shipstation.md §5). Decimals are written from whole numbers, so 39.99 is exact.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "sandbox/faults.h"
#include "sandbox/shipstation/order.h"

namespace tallyman::sandbox {

// How faults change the look of an order.
struct OrderDress {
  std::optional<BrokenMember> broken{};
  bool unknown_status = false;
  bool unknown_members = false;
};

enum class ShipmentItems { left_out, included };  // "includeShipmentItems"

// Each appends one JSON value.
void append_json(std::string& out, const Order& order, const OrderDress& dress = {});
void append_json(std::string& out, const Shipment& shipment, ShipmentItems items);
void append_json(std::string& out, const Fulfilment& fulfilment);

// What follows the rows of a list: ],"total":2,"page":1,"pages":1}
void append_list_end(std::string& out, std::int64_t total, std::int64_t page, std::int64_t pages);

// Bare arrays.
std::string stores_json();
std::string carriers_json();
std::string tags_json();

// {"Message":"…"} and its relatives (facts/shipstation.md §10).
std::string message_json(std::string_view message);
std::string server_error_json();
std::string invalid_request_json(std::string_view member, std::string_view why);
// {"success":true,"message":"…"}
std::string success_json(std::string_view message);

// One result of createorders.
struct BulkResult {
  std::int64_t order = 0;
  std::string number{};
  std::string key{};
  Text error{};  // absent: success
};
std::string bulk_json(std::span<const BulkResult> results);

}  // namespace tallyman::sandbox
