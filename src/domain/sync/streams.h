// Which lists to read in this cycle. An idle cycle reads orders only: one request (A1, A4).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "domain/base/time.h"

namespace tallyman::sync {

enum class Stream { orders, shipments_created, shipments_voided, fulfilments };

std::string_view word(Stream stream);  // "shipments_created": key of its watermark

struct StreamState {
  Stream stream{};
  std::optional<Instant> last_read{};  // end of its last good pass
};

// What the orders pass of this cycle found.
struct OrdersFound {
  std::int64_t newly_shipped = 0;
  std::int64_t reopened = 0;  // shipped here, open there
};

enum class Because { newly_shipped, reopened, never_read, interval };

std::string_view word(Because because);  // "an order newly shipped"

struct StreamDue {
  Stream stream{};
  Because because{};
  friend bool operator==(const StreamDue&, const StreamDue&) = default;
};

inline constexpr std::chrono::minutes kStreamInterval{60};

// Of the streams beside orders, those to read now, in the order of `states`. A last_read in the
// future counts as never read.
std::vector<StreamDue> due_streams(Instant now, const OrdersFound& found,
                                   std::span<const StreamState> states,
                                   Micros interval = kStreamInterval);

}  // namespace tallyman::sync
