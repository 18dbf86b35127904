#include "sandbox/people.h"

#include <array>
#include <ranges>

#include "domain/base/check.h"
#include "sandbox/seeding.h"

namespace tallyman::sandbox {
namespace {

using std::chrono::days;
using std::chrono::seconds;

// A random order that suits; none when the whole account has no such order.
template <class Suits>
const Order* some_order(const Account& account, Dice& dice, Suits suits) {
  const auto all = account.shown(OrderSort::order_id);
  if (all.empty()) return nullptr;
  const auto count = static_cast<std::int64_t>(all.size());
  const std::int64_t start = dice.below(count);
  for (std::int64_t i = 0; i < count; ++i) {
    const Order* order = account.find(all[static_cast<std::size_t>((start + i) % count)].id);
    if (order != nullptr && suits(*order)) return order;
  }
  return nullptr;
}

bool waits(const Order& order) { return order.status == "awaiting_shipment"; }

void write_order(Account& account, Dice& dice, Instant at) {
  static constexpr std::array kLots = {"250340", "250237", "250070"};
  OrderSpec spec;
  spec.items.push_back({.sku = std::string("17612 - ") +
                               kLots[static_cast<std::size_t>(dice.below(std::ssize(kLots)))],
                        .quantity = 1 + dice.below(12)});
  if (dice.chance(0.09)) spec.items.push_back({.sku = "17904 - 240276", .quantity = 1});
  const std::int64_t id = account.create(spec, at);
  // The account's rules run over new orders once more (facts/shipstation.md §6).
  if (dice.chance(0.5)) account.bump_later(id, at + seconds{1 + dice.below(80)});
}

void edit_order(Account& account, Dice& dice, Instant at) {
  const Order* order = some_order(account, dice, waits);
  if (order == nullptr) return;
  const std::int64_t what = dice.below(3);
  const std::int64_t quantity = 1 + dice.below(15);
  const Address address = made_up_address(dice);
  const auto done = account.edit(order->id, at, [&](Order& changed) {
    if (what == 0 || changed.lines.empty()) {
      changed.ship_to = address;
    } else if (what == 1) {
      changed.lines.front().quantity = quantity;
    } else if (changed.lines.front().sku) {
      std::string& sku = *changed.lines.front().sku;
      sku = sku.substr(0, sku.find(' ')) + " - 250340";
    }
  });
  check(done.has_value(), "an order that was found can be edited");
}

void ship_order(Account& account, Dice& dice, Instant at) {
  const Order* order = some_order(account, dice, waits);
  if (order == nullptr) return;
  ShipSpec spec;
  spec.packages = dice.chance(0.05) ? 2 : 1;
  if (dice.chance(0.3)) spec.service = "fedex_home_delivery";
  check(account.ship(order->id, spec, at).has_value(), "a waiting order can be shipped");
}

void void_a_label(Account& account, Dice& dice, Instant at) {
  // Labels are voided soon after they were bought: one of the last few.
  const auto& all = account.shipments();
  std::int64_t back = dice.below(10);
  for (const auto& [id, label] : std::views::reverse(all)) {
    if (label.voided || --back >= 0) continue;
    check(account.void_shipment(id, at).has_value(), "a valid label can be voided");
    return;
  }
}

void hold_order(Account& account, Dice& dice, Instant at) {
  const Order* order = some_order(account, dice, waits);
  if (order == nullptr) return;
  const Day until = account.zone().day(at) + days{1 + dice.below(7)};
  check(account.hold(order->id, until, at).has_value(), "a waiting order can be held");
}

void restore_order(Account& account, Dice& dice, Instant at) {
  const Order* order =
      some_order(account, dice, [](const Order& held) { return held.status == "on_hold"; });
  if (order == nullptr) return;
  check(account.restore(order->id, at).has_value(), "a held order can be restored");
}

void cancel_order(Account& account, Dice& dice, Instant at) {
  const Order* order = some_order(account, dice, waits);
  if (order == nullptr) return;
  check(account.cancel(order->id, at).has_value(), "a waiting order can be cancelled");
}

void mark_order(Account& account, Dice& dice, Instant at) {
  const Order* order = some_order(account, dice, waits);
  if (order == nullptr) return;
  const MarkSpec spec{.carrier = "UPS",
                      .tracking = "1Z" + std::to_string(1'000'000'000 + dice.below(9'000'000'000)),
                      .ship_date = std::nullopt};
  check(account.mark_as_shipped(order->id, spec, at).has_value(), "a waiting order can be marked");
}

struct Habit {
  int weight;
  void (*act)(Account&, Dice&, Instant);
};

constexpr Habit kHabits[] = {
    {25, write_order}, {20, edit_order},   {30, ship_order},  {4, mark_order},
    {6, hold_order},   {5, restore_order}, {6, cancel_order}, {4, void_a_label},
};

constexpr int total_weight() {
  int sum = 0;
  for (const Habit& habit : kHabits) sum += habit.weight;
  return sum;
}

}  // namespace

void People::act(Account& account, Instant at) {
  account.settle(at);
  auto mark = static_cast<int>(dice_.below(total_weight()));
  for (const Habit& habit : kHabits) {
    mark -= habit.weight;
    if (mark >= 0) continue;
    habit.act(account, dice_, at);
    return;
  }
}

void People::shuffle(Account& account, std::int64_t count, Instant at) {
  for (std::int64_t i = 0; i < count; ++i) {
    const Order* order = some_order(
        account, dice_, [](const Order& open) { return waits(open) && !open.lines.empty(); });
    if (order == nullptr) return;
    const std::int64_t quantity = 1 + dice_.below(15);
    const auto done = account.edit(
        order->id, at, [quantity](Order& changed) { changed.lines.front().quantity = quantity; });
    check(done.has_value(), "an order that was found can be edited");
  }
}

}  // namespace tallyman::sandbox
