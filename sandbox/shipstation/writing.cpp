// The endpoints that change orders (facts/shipstation.md §6): full replacement, keys, locks.
#include <algorithm>

#include <fmt/format.h>

#include "domain/base/check.h"
#include "sandbox/shipstation/api.h"
#include "sandbox/shipstation/order_in.h"
#include "sandbox/shipstation/wire.h"

namespace tallyman::sandbox {
namespace {

constexpr std::size_t kMostOrdersPerCall = 100;

bool is_locked(const Order& order) {
  return order.status != "awaiting_payment" && order.status != "awaiting_shipment" &&
         order.status != "on_hold" && order.status != "pending_fulfillment";
}

const Order* existing(const Account& account, const Order& draft) {
  if (!draft.key.empty()) {
    if (const Order* order = account.find_by_key(draft.key)) return order;
  }
  return draft.id == 0 ? nullptr : account.find(draft.id);
}

// What a posted order must bring along. Empty when all is there.
std::string missing_in(const Posted& posted) {
  const Order& draft = posted.draft;
  if (draft.number.empty()) return "apiOrder.orderNumber";
  if (draft.ordered == LocalTime{}) return "apiOrder.orderDate";
  if (draft.status.empty()) return "apiOrder.orderStatus";
  if (!draft.bill_to.name) return "apiOrder.billTo.name";
  if (!posted.has_ship_to) return "apiOrder.shipTo";
  return {};
}

// A posted line keeps its identity when its id, else its key, is known.
void keep_line_identity(std::vector<Line>& lines, const std::vector<Line>& before, LocalTime now) {
  for (Line& line : lines) {
    const auto known = std::ranges::find_if(before, [&](const Line& old) {
      return line.id != 0 ? old.id == line.id : (line.key && old.key == line.key);
    });
    if (known == before.end()) {
      line.id = 0;
      continue;
    }
    line.id = known->id;
    line.created = known->created;
    line.modified = known->modified;
    if (!(line == *known)) line.modified = now;
  }
}

// The draft over the old order: everything is replaced, except what only ShipStation decides.
Order replaced(const Order& before, Order draft) {
  draft.id = before.id;
  draft.key = before.key;
  draft.created = before.created;
  draft.created_at = before.created_at;
  draft.modified = before.modified;
  draft.modified_at = before.modified_at;
  draft.customer = before.customer;
  draft.hold_until = draft.status == "on_hold" ? before.hold_until : std::nullopt;
  draft.user = before.user;
  draft.externally_fulfilled = before.externally_fulfilled;
  draft.externally_fulfilled_by = before.externally_fulfilled_by;
  draft.advanced.store = before.advanced.store;
  draft.advanced.merged_or_split = before.advanced.merged_or_split;
  draft.advanced.merged_ids = before.advanced.merged_ids;
  draft.advanced.parent = before.advanced.parent;
  // Tags are added here, never removed (facts/shipstation.md §6).
  if (before.tags) {
    auto tags = *before.tags;
    for (const std::int64_t tag : draft.tags.value_or(std::vector<std::int64_t>{})) {
      if (std::ranges::find(tags, tag) == tags.end()) tags.push_back(tag);
    }
    draft.tags = tags;
  }
  return draft;
}

// The id of the order written (or left alone), or why not: {member, text}.
tl::expected<std::int64_t, BadParam> upsert(Desk& desk, const Posted& posted) {
  const auto refuse = [](std::string member, std::string why) {
    return tl::unexpected(BadParam{std::move(member), std::move(why)});
  };
  if (posted.has_read_only_members && desk.behaviour.read_only == ReadOnlyMembers::reject) {
    return refuse("apiOrder", "Read-only members cannot be set.");
  }
  if (const std::string missing = missing_in(posted); !missing.empty()) {
    return refuse(missing, fmt::format("The {} field is required.", missing));
  }
  const Order* before = existing(desk.account, posted.draft);
  if (before == nullptr) {
    if (posted.draft.id != 0) {
      return refuse("apiOrder.orderId", "The requested order could not be found.");
    }
    Order draft = posted.draft;
    for (Line& line : draft.lines) line.id = 0;
    if (draft.advanced.store == 0) draft.advanced.store = kManualStore;
    return desk.account.add(std::move(draft), desk.now);
  }
  if (is_locked(*before)) {
    if (desk.behaviour.locked_update == LockedUpdate::ignore) return before->id;
    return refuse("apiOrder.orderStatus",
                  fmt::format("The order is {} and cannot be updated.", before->status));
  }
  const auto done = desk.account.edit(before->id, desk.now, [&](Order& order) {
    Order after = replaced(order, posted.draft);
    keep_line_identity(after.lines, order.lines, order.modified);
    order = std::move(after);
  });
  check(done.has_value(), "an order that was found can be edited");
  return before->id;
}

Reply refused(std::string_view member, std::string_view why) {
  return {400, invalid_request_json(member, why)};
}

// Reads the small body of a move and runs it; `move` answers the message or a Problem.
template <class Move>
Reply moved(const http_server::Request& request, Move move) {
  const auto posted = posted_move(request.body);
  if (!posted) return refused("request", posted.error().what);
  if (!posted->order) return refused("request.orderId", "The orderId field is required.");
  return move(*posted);
}

Reply outcome(const Account& account, std::int64_t order, const Result<void>& done,
              std::string_view message) {
  if (done) return {200, success_json(message)};
  if (account.find(order) == nullptr) {
    return {404, message_json("The requested order could not be found.")};
  }
  return {400, message_json(done.error().what)};
}

}  // namespace

Reply create_order(Desk& desk, const http_server::Request& request) {
  const auto posted = posted_order(request.body);
  if (!posted) return refused("apiOrder", posted.error().what);
  const auto id = upsert(desk, *posted);
  if (!id) return refused(id.error().name, id.error().why);
  Reply reply;
  append_json(reply.body, *desk.account.find(*id));
  return reply;
}

Reply create_orders(Desk& desk, const http_server::Request& request) {
  const auto posted = posted_orders(request.body);
  if (!posted) return refused("apiOrders", posted.error().what);
  if (posted->size() > kMostOrdersPerCall) {
    return refused("apiOrders", "A maximum of 100 orders can be created at once.");
  }
  std::vector<BulkResult> results;
  for (const auto& one : *posted) {
    BulkResult result;
    if (!one) {
      result.error = one.error().what;
      results.push_back(std::move(result));
      continue;
    }
    result.number = one->draft.number;
    result.key = one->draft.key;
    if (const auto id = upsert(desk, *one)) {
      result.order = *id;
      result.key = desk.account.find(*id)->key;
    } else {
      result.error = id.error().why;
    }
    results.push_back(std::move(result));
  }
  return {200, bulk_json(results)};
}

Reply hold_until(Desk& desk, const http_server::Request& request) {
  return moved(request, [&](const PostedMove& posted) -> Reply {
    if (!posted.hold_until) {
      return refused("request.holdUntilDate", "The holdUntilDate field is required.");
    }
    const auto done = desk.account.hold(*posted.order, *posted.hold_until, desk.now);
    return outcome(desk.account, *posted.order, done, "Order held successfully.");
  });
}

Reply restore_from_hold(Desk& desk, const http_server::Request& request) {
  return moved(request, [&](const PostedMove& posted) {
    const auto done = desk.account.restore(*posted.order, desk.now);
    return outcome(desk.account, *posted.order, done, "The requested order has been restored");
  });
}

Reply mark_as_shipped(Desk& desk, const http_server::Request& request) {
  return moved(request, [&](const PostedMove& posted) -> Reply {
    if (posted.carrier.empty()) {
      return refused("request.carrierCode", "The carrierCode field is required.");
    }
    const auto done = desk.account.mark_as_shipped(
        *posted.order, {posted.carrier, posted.tracking, posted.ship_date}, desk.now);
    if (!done) {
      return outcome(desk.account, *posted.order, tl::unexpected(done.error()), "");
    }
    const Order* order = desk.account.find(*posted.order);
    return {200, fmt::format(R"({{"orderId":{},"orderNumber":"{}"}})", order->id, order->number)};
  });
}

Reply delete_order(Desk& desk, std::int64_t id) {
  return outcome(desk.account, id, desk.account.remove(id, desk.now),
                 "The requested order has been deleted.");
}

}  // namespace tallyman::sandbox
