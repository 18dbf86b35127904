// The state of the pretend ShipStation account and the moves that change it. Knows nothing of HTTP,
// JSON or locks. Every change stamps modifyDate; what lists show may lag behind the truth.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "domain/base/result.h"
#include "domain/base/zone.h"
#include "sandbox/dice.h"
#include "sandbox/faults.h"
#include "sandbox/shipstation/order.h"

namespace tallyman::sandbox {

enum class OrderSort { order_id, modify_date, create_date, order_date };

// One row as lists show it, in one of the orders of sorting.
struct Shown {
  LocalTime key;  // zero for order_id
  std::int64_t id = 0;
  const Order* order = nullptr;
  friend bool operator==(const Shown&, const Shown&) = default;
};

// A new order in few words; the rest is made up from the seed.
struct OrderSpec {
  std::string number{};  // empty: the next manual number
  struct Item {
    std::string sku{};
    std::int64_t quantity = 1;
    std::int64_t unit_price = 3999;  // cents
    std::string name = "Rinse kit";
  };
  std::vector<Item> items{};
  std::string status = "awaiting_shipment";
  std::string key{};  // empty: made up
  Text customer_email{};
  std::optional<std::int64_t> store{};  // absent: the manual store
  std::optional<Address> ship_to{};
};

struct ShipSpec {
  int packages = 1;
  std::string carrier = "fedex_walleted";
  std::string service = "fedex_ground";
  Text tracking{};                 // of the first parcel; made up when absent
  std::optional<Day> ship_date{};  // absent: today in the account's zone
};

struct MarkSpec {
  std::string carrier = "UPS";
  Text tracking{};
  std::optional<Day> ship_date{};
};

inline constexpr std::int64_t kManualStore = 307866;
inline constexpr std::int64_t kShopStore = 307867;

class Account {
 public:
  Account(Zone zone, Faults& faults, std::uint64_t seed);

  const Zone& zone() const { return zone_; }

  // What lists show, ascending by (key, id).
  std::span<const Shown> shown(OrderSort sort) const { return index(sort); }
  // The truth, also when lists lag behind. Null: never existed, merged away or deleted.
  const Order* find(std::int64_t order) const;
  const Order* find_by_key(const std::string& key) const;
  bool is_merged_away(std::int64_t order) const { return merged_away_.contains(order); }
  const std::map<std::int64_t, Order>& orders() const { return orders_; }
  const std::map<std::int64_t, Shipment>& shipments() const { return shipments_; }
  const std::map<std::int64_t, Fulfilment>& fulfilments() const { return fulfilments_; }

  // What became due until `now`: holds end, rules run a second time, lagging rows show.
  void settle(Instant now);

  // The moves. `at` is when it happens; a Problem says why it cannot.
  std::int64_t create(const OrderSpec& spec, Instant at);
  // Takes the draft as it is; fills id, stamps, key and line ids.
  std::int64_t add(Order draft, Instant at);
  Result<void> edit(std::int64_t order, Instant at, const std::function<void(Order&)>& change);
  Result<std::vector<std::int64_t>> ship(std::int64_t order, const ShipSpec& spec, Instant at);
  Result<std::int64_t> mark_as_shipped(std::int64_t order, const MarkSpec& spec, Instant at);
  Result<void> void_shipment(std::int64_t shipment, Instant at);
  Result<void> hold(std::int64_t order, Day until, Instant at);
  Result<void> restore(std::int64_t order, Instant at);
  Result<void> cancel(std::int64_t order, Instant at);
  Result<void> remove(std::int64_t order, Instant at);
  // Moves `quantity` of the first line to a new order of the same number. Answers its id.
  Result<std::int64_t> split(std::int64_t order, std::int64_t quantity, Instant at);
  // `gone` vanishes from the API; `survivor` takes its lines and lists its id.
  Result<void> merge(std::int64_t survivor, std::int64_t gone, Instant at);
  // The rules of the account run over the order once more at `due`: only modifyDate moves.
  void bump_later(std::int64_t order, Instant due);

  std::string next_manual_number();
  // Seeding says which orders the order book is to know already.
  void note_known(std::int64_t order) { known_.push_back(order); }
  std::span<const std::int64_t> known() const { return known_; }

 private:
  struct Due {
    enum class Kind { hold_ends, rules_run } kind{};
    std::int64_t order = 0;
  };
  struct HeldBack {
    std::optional<Order> older;  // none: the order is not visible at all yet
    Instant until;
  };

  // Where an order stands in each index; without `order` where lists do not show it.
  using Places = std::array<Shown, 4>;

  std::vector<Shown>& index(OrderSort sort) { return indexes_[static_cast<std::size_t>(sort)]; }
  const std::vector<Shown>& index(OrderSort sort) const {
    return indexes_[static_cast<std::size_t>(sort)];
  }
  const Order* shown_version(std::int64_t order) const;
  Places places(std::int64_t order) const;
  void move_places(const Places& before, const Places& after);
  void show_what_lagged(Instant now);
  void stamp_modified(Order& order, Instant at) const;
  Instant skewed(Instant at) const;
  Shipment label(const Order& order, const ShipSpec& spec, Instant at);
  Result<Order*> open_order(std::int64_t order, std::string_view move);
  void number_lines(Order& order, Instant at);

  Zone zone_;
  Faults& faults_;
  Dice dice_;
  std::map<std::int64_t, Order> orders_;
  std::map<std::string, std::int64_t> by_key_;
  std::map<std::int64_t, HeldBack> held_back_;
  std::array<std::vector<Shown>, 4> indexes_;
  std::map<std::int64_t, Shipment> shipments_;
  std::map<std::int64_t, Fulfilment> fulfilments_;
  std::multimap<Instant, Due> due_;
  std::vector<std::int64_t> known_;
  std::set<std::int64_t> merged_away_;
  std::int64_t next_order_ = 373'700'001;
  std::int64_t next_line_ = 1'202'218'000'001;
  std::int64_t next_shipment_ = 101'000'001;
  std::int64_t next_fulfilment_ = 12'345'001;
  std::int64_t next_tracking_ = 794'600'000'001;
  std::int64_t next_manual_ = 100'001;
};

// Ground truth, by order id; without orders that are gone.
std::vector<OrderTruth> truths(const Account& account);
std::optional<OrderTruth> truth_of(const Account& account, std::int64_t order);

}  // namespace tallyman::sandbox
