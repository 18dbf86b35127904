#include "domain/orders/status.h"

#include <algorithm>
#include <array>

#include "domain/base/check.h"
#include "domain/orders/trim.h"

namespace tallyman::orders {
namespace {

constexpr std::array<std::string_view, kOrderStatuses> kWords{"pending",
                                                              "uploaded",
                                                              "failed",
                                                              "awaiting_payment",
                                                              "awaiting_shipment",
                                                              "pending_fulfillment",
                                                              "shipped",
                                                              "on_hold",
                                                              "cancelled",
                                                              "rejected_fulfillment",
                                                              "other"};

// The one list of allowed moves. Row: from; column: to; both in the order of OrderStatus.
// '=' the same, 'f' free, 'e' with evidence, '-' never.
constexpr std::array<std::string_view, kOrderStatuses> kMoves{
    //       p u f  p s f  s h c  r o
    /* pending              */ "=ffffffffff",
    /* uploaded             */ "f=fffffffff",
    /* failed               */ "ff=ffffffff",
    /* awaiting_payment     */ "---=fffffff",
    /* awaiting_shipment    */ "---f=ffffff",
    /* pending_fulfillment  */ "---ff=fffff",
    /* shipped              */ "---eee=eeee",
    /* on_hold              */ "---ffff=fff",
    /* cancelled            */ "---eeefe=ee",
    /* rejected_fulfillment */ "---ffffff=f",
    /* other                */ "---fffffff=",
};

constexpr std::size_t index(OrderStatus status) { return static_cast<std::size_t>(status); }

constexpr bool is_final_at(std::size_t i) {
  return i == index(OrderStatus::shipped) || i == index(OrderStatus::cancelled);
}

constexpr bool every_pair_has_one_move() {
  for (std::size_t from = 0; from < kMoves.size(); ++from) {
    if (kMoves[from].size() != kOrderStatuses) return false;
    for (std::size_t to = 0; to < kOrderStatuses; ++to) {
      const char move = kMoves[from][to];
      if (move != '=' && move != 'f' && move != 'e' && move != '-') return false;
      if ((move == '=') != (from == to)) return false;
    }
  }
  return true;
}
constexpr bool final_opens_only_with_evidence() {
  for (std::size_t from = 0; from < kMoves.size(); ++from) {
    for (std::size_t to = 0; to < kOrderStatuses; ++to) {
      if (is_final_at(from) && !is_final_at(to) && kMoves[from][to] == 'f') return false;
    }
  }
  return true;
}
constexpr bool nothing_returns_to_our_words() {
  for (std::size_t from = index(OrderStatus::awaiting_payment); from < kMoves.size(); ++from) {
    for (std::size_t to = 0; to <= index(OrderStatus::failed); ++to) {
      if (kMoves[from][to] != '-') return false;
    }
  }
  return true;
}
static_assert(every_pair_has_one_move());
static_assert(final_opens_only_with_evidence());
static_assert(nothing_returns_to_our_words());
static_assert(index(OrderStatus::other) + 1 == kOrderStatuses);

}  // namespace

Status status_from_word(std::string_view word) {
  const auto inner = trimmed(word);
  for (std::size_t i = 0; i < index(OrderStatus::other); ++i) {
    if (kWords[i] == inner) return {static_cast<OrderStatus>(i), std::string(inner)};
  }
  return {OrderStatus::other, std::string(inner)};
}

std::string_view to_word(OrderStatus status) { return kWords[index(status)]; }

Status status_of(OrderStatus known) { return {known, std::string(to_word(known))}; }

Status status_at_shipstation(std::string_view word) {
  Status status = status_from_word(word);
  if (!is_ours(status.known)) return status;
  return {OrderStatus::other, "shipstation:" + status.word};
}

bool is_final(OrderStatus status) { return is_final_at(index(status)); }

bool is_ours(OrderStatus status) { return index(status) <= index(OrderStatus::failed); }

Move move(OrderStatus from, OrderStatus to) {
  const char move = kMoves[index(from)][index(to)];
  if (move == '=') return Move::same;
  if (move == 'f') return Move::free;
  if (move == 'e') return Move::with_evidence;
  return Move::never;
}

bool allowed(OrderStatus from, OrderStatus to, Evidence evidence) {
  switch (move(from, to)) {
    case Move::same:
    case Move::free: return true;
    case Move::with_evidence: return evidence != Evidence::list_row;
    case Move::never: return false;
  }
  return false;
}

Status family_status(const std::vector<Status>& members) {
  check(!members.empty(), "a family has at least one order");
  // What is nearest to being worked on speaks for the family; a final word only when all are final.
  constexpr std::array kFirst{OrderStatus::awaiting_shipment,
                              OrderStatus::pending_fulfillment,
                              OrderStatus::on_hold,
                              OrderStatus::rejected_fulfillment,
                              OrderStatus::awaiting_payment,
                              OrderStatus::other,
                              OrderStatus::failed,
                              OrderStatus::uploaded,
                              OrderStatus::pending,
                              OrderStatus::shipped,
                              OrderStatus::cancelled};
  static_assert(kFirst.size() == kOrderStatuses);
  const auto rank = [&](const Status& status) {
    return std::pair(std::ranges::find(kFirst, status.known), status.word);
  };
  return *std::ranges::min_element(members,
                                   [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
}

}  // namespace tallyman::orders
