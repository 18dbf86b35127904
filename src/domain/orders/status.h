// The life cycle of an order: its words, and the one list of allowed moves (requirements A6).
// Unknown words of ShipStation are kept verbatim and block nobody.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tallyman::orders {

enum class OrderStatus {
  pending,   // ours: to be uploaded
  uploaded,  // ours: sent, not yet seen at ShipStation
  failed,    // ours: the upload was refused
  awaiting_payment,
  awaiting_shipment,
  pending_fulfillment,
  shipped,
  on_hold,
  cancelled,
  rejected_fulfillment,
  other,  // a word we do not know; Status::word holds it
};
inline constexpr std::size_t kOrderStatuses = 11;

struct Status {
  OrderStatus known = OrderStatus::other;
  std::string word;  // what orders_inbox.status holds
  friend bool operator==(const Status&, const Status&) = default;
};

Status status_from_word(std::string_view word);  // trimmed, otherwise verbatim
std::string_view to_word(OrderStatus status);    // "other" for other
Status status_of(OrderStatus known);
// A word as ShipStation said it. Should it ever say one of ours ("pending"), the order must not
// look as if it were to be uploaded: the status is then other, with the word "shipstation:pending".
Status status_at_shipstation(std::string_view word);

// Shipped and cancelled are final: nothing is left to do. Everything else, an unknown word
// included, is open, so that no order falls out of sight because its word is new.
bool is_final(OrderStatus status);
inline bool is_open(OrderStatus status) { return !is_final(status); }
bool is_ours(OrderStatus status);  // pending, uploaded, failed: words ShipStation never says

enum class Move { same, free, with_evidence, never };
// Whether a row that says `from` may come to say `to`.
Move move(OrderStatus from, OrderStatus to);

// What stands behind a view of an order. A list row may be late; a read by id or a void seen in the
// shipments stream is proof that a finished order is open again.
enum class Evidence { list_row, read_by_id, void_seen };
bool allowed(OrderStatus from, OrderStatus to, Evidence evidence);

// One local order may have several ShipStation orders (a split): it is open while one is open,
// shipped when the rest is shipped or cancelled, cancelled when all are. Not for an empty list.
Status family_status(const std::vector<Status>& members);

}  // namespace tallyman::orders
