#include "sandbox/shipstation/account.h"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "domain/base/check.h"
#include "sandbox/stamps.h"

namespace tallyman::sandbox {
namespace {

constexpr OrderSort kSorts[] = {OrderSort::order_id, OrderSort::modify_date, OrderSort::create_date,
                                OrderSort::order_date};

LocalTime key_of(const Order& order, OrderSort sort) {
  switch (sort) {
    case OrderSort::order_id: return LocalTime{};
    case OrderSort::modify_date: return order.modified;
    case OrderSort::create_date: return order.created;
    case OrderSort::order_date: return order.ordered;
  }
  return LocalTime{};
}

bool comes_before(const Shown& a, const Shown& b) {
  return std::pair{a.key, a.id} < std::pair{b.key, b.id};
}

}  // namespace

std::int64_t order_total(const Order& order) {
  return std::accumulate(
      order.lines.begin(), order.lines.end(), order.tax + order.shipping,
      [](std::int64_t sum, const Line& line) { return sum + line.quantity * line.unit_price; });
}

Account::Account(Zone zone, Faults& faults, std::uint64_t seed)
    : zone_(std::move(zone)), faults_(faults), dice_(seed) {}

const Order* Account::find(std::int64_t order) const {
  const auto found = orders_.find(order);
  return found == orders_.end() ? nullptr : &found->second;
}

const Order* Account::find_by_key(const std::string& key) const {
  const auto found = by_key_.find(key);
  return found == by_key_.end() ? nullptr : find(found->second);
}

const Order* Account::shown_version(std::int64_t order) const {
  const auto held = held_back_.find(order);
  if (held == held_back_.end()) return find(order);
  return held->second.older ? &*held->second.older : nullptr;
}

Account::Places Account::places(std::int64_t order) const {
  Places places{};
  const Order* version = shown_version(order);
  if (version == nullptr) return places;
  for (const OrderSort sort : kSorts) {
    places[static_cast<std::size_t>(sort)] = Shown{key_of(*version, sort), order, version};
  }
  return places;
}

void Account::move_places(const Places& before, const Places& after) {
  for (const OrderSort sort : kSorts) {
    const Shown& old = before[static_cast<std::size_t>(sort)];
    const Shown& now = after[static_cast<std::size_t>(sort)];
    auto& entries = index(sort);
    if (old == now) continue;
    if (old.order != nullptr) {
      const auto at = std::ranges::lower_bound(entries, old, comes_before);
      check(at != entries.end() && at->id == old.id, "a shown order is in every index");
      entries.erase(at);
    }
    if (now.order != nullptr) {
      entries.insert(std::ranges::upper_bound(entries, now, comes_before), now);
    }
  }
}

Instant Account::skewed(Instant at) const {
  return at + std::chrono::seconds{faults_.lasting(Fault::clock_skew)};
}

void Account::stamp_modified(Order& order, Instant at) const {
  order.modified_at = at;
  order.modified = stamp(zone_, skewed(at));
}

void Account::number_lines(Order& order, Instant at) {
  // Lines carry one stamp per write, like the order (facts/shipstation.md §3.2).
  const LocalTime now = stamp(zone_, skewed(at));
  for (Line& line : order.lines) {
    if (line.id != 0) continue;
    line.id = next_line_++;
    line.created = now;
    line.modified = now;
  }
}

std::string Account::next_manual_number() { return std::to_string(next_manual_++); }

std::int64_t Account::add(Order draft, Instant at) {
  settle(at);
  const std::int64_t id = next_order_++;
  draft.id = id;
  if (draft.key.empty()) draft.key = "manual-" + ports::random_hex128(dice_);
  draft.created_at = at;
  draft.created = stamp(zone_, skewed(at));
  stamp_modified(draft, at);
  number_lines(draft, at);
  by_key_[draft.key] = id;
  orders_.emplace(id, std::move(draft));
  if (const auto late = faults_.strikes(Fault::late_visibility, {})) {
    held_back_[id] = {std::nullopt, at + std::chrono::seconds{amount_of(*late)}};
  }
  move_places({}, places(id));
  return id;
}

Result<void> Account::edit(std::int64_t order, Instant at,
                           const std::function<void(Order&)>& change) {
  settle(at);
  const auto found = orders_.find(order);
  if (found == orders_.end()) return problem(fmt::format("there is no order {}", order));
  const auto late = faults_.strikes(Fault::late_visibility, {});
  const Places before = places(order);
  if (late) {
    const Instant until = at + std::chrono::seconds{amount_of(*late)};
    // What lists show stays the version before the first change that lags.
    const auto [held, is_new] = held_back_.try_emplace(order, HeldBack{found->second, until});
    held->second.until = std::max(held->second.until, until);
  }
  change(found->second);
  number_lines(found->second, at);
  stamp_modified(found->second, at);
  move_places(before, places(order));
  return {};
}

void Account::show_what_lagged(Instant now) {
  for (auto held = held_back_.begin(); held != held_back_.end();) {
    if (held->second.until > now) {
      ++held;
      continue;
    }
    const std::int64_t order = held->first;
    const Places before = places(order);
    held = held_back_.erase(held);
    move_places(before, places(order));
  }
}

void Account::bump_later(std::int64_t order, Instant due) {
  due_.emplace(due, Due{Due::Kind::rules_run, order});
}

void Account::settle(Instant now) {
  while (!due_.empty() && due_.begin()->first <= now) {
    const auto [at, what] = *due_.begin();
    due_.erase(due_.begin());
    const Order* order = find(what.order);
    if (order == nullptr) continue;
    switch (what.kind) {
      case Due::Kind::rules_run:
        check(edit(what.order, at, [](Order&) {}).has_value(), "found");
        break;
      case Due::Kind::hold_ends:
        // A later hold has its own end.
        if (order->status == "on_hold" && order->hold_until &&
            zone_.earliest(LocalTime{*order->hold_until}) <= at) {
          check(restore(what.order, at).has_value(), "a held order can be restored");
        }
        break;
    }
  }
  show_what_lagged(now);
}

}  // namespace tallyman::sandbox
