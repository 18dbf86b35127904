// ShipStation as we need it (V1 API, facts/shipstation.md). An implementation makes exactly one
// HTTP exchange per call: it neither retries, loops nor waits. A list that could not be read is a
// CallFailure, never an empty page.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <tl/expected.hpp>

#include "domain/base/ids.h"
#include "domain/base/time.h"
#include "domain/orders/order_seen.h"
#include "domain/shipments/seen.h"

namespace tallyman::ports {

// A partner's document, byte for byte. Only its adapter opens it; the book keeps it.
struct RawDocument {
  std::string bytes;
  friend bool operator==(const RawDocument&, const RawDocument&) = default;
};

template <class Seen>
struct Document {
  Seen seen;
  RawDocument raw;
};

// A list element that is valid JSON but not an order we can read. What could be told is told.
struct Unreadable {
  std::optional<std::int64_t> id;
  std::optional<std::string> number;
  std::optional<Instant> stamp;  // the value of the sort key (modifyDate, createDate)
  std::string problem;           // "items[2].unitPrice: expected a number, got text"
  RawDocument raw;
};

template <class Seen>
struct Page {
  std::vector<std::variant<Document<Seen>, Unreadable>> rows;  // null elements are left out
  std::size_t dropped = 0;                                     // how many elements were null
  std::int64_t total = 0;            // "total" of the whole query, not of this page
  std::optional<Instant> served_at;  // the answer's Date header
};

using OrderPage = Page<orders::OrderSeen>;
using ShipmentPage = Page<shipments::ShipmentSeen>;
using FulfilmentPage = Page<shipments::FulfilmentSeen>;

// Bounds are sent in ShipStation's zone with second precision, rounded down. Callers never rely on
// whether the server treats a bound as inclusive (unverified, facts/shipstation.md §3.9).
struct Between {
  std::optional<Instant> from;
  std::optional<Instant> to;
};

struct OrderQuery {
  Between modified;
  Between created;
  std::optional<OrderNumber> number;  // prefix match at ShipStation: compare exactly yourself
  std::optional<std::string> status;
  enum class Sort { modified, created } sort = Sort::modified;  // ascending
  int page = 1;
  int page_size = 500;  // at most 500
};

struct ShipmentQuery {
  Between created;
  Between voided;
  std::optional<ShipStationOrderId> order;
  int page = 1;
  int page_size = 500;  // sorted by createDate ascending, with items
};

struct FulfilmentQuery {
  Between created;
  std::optional<ShipStationOrderId> order;
  int page = 1;
  int page_size = 500;
};

enum class CallError {
  unreachable,   // no connection: nothing happened there
  timeout,       // no full answer: effect unknown
  throttled,     // 429, or any body saying "Too Many Requests"
  server_error,  // 5xx; ShipStation also uses 500 for a page with one broken order
  unauthorized,  // 401
  forbidden,     // 403
  not_found,     // 404: a question, never an order to cancel
  rejected,      // other 4xx: we asked wrongly
  unreadable,    // HTML, truncated or malformed JSON, wrong envelope
  too_large,
  paused,  // not asked: it failed too often, a probe comes first
  stopped,
};

std::string_view word(CallError error);

struct CallFailure {
  CallError kind{};
  int status = 0;                                   // 0 when there was no answer
  std::string cause;                                // readable, without personal data
  std::optional<std::chrono::seconds> reset_after;  // when to ask again
};

template <class T>
using CallResult = tl::expected<T, CallFailure>;

class ShipStation {
 public:
  virtual ~ShipStation() = default;
  virtual CallResult<OrderPage> orders(const OrderQuery& query, std::stop_token stop) = 0;
  // not_found when ShipStation answers 404. An unreadable document is `unreadable`.
  virtual CallResult<Document<orders::OrderSeen>> order(ShipStationOrderId id,
                                                        std::stop_token stop) = 0;
  virtual CallResult<ShipmentPage> shipments(const ShipmentQuery& query, std::stop_token stop) = 0;
  virtual CallResult<FulfilmentPage> fulfilments(const FulfilmentQuery& query,
                                                 std::stop_token stop) = 0;
};

}  // namespace tallyman::ports
