#include "adapters/book/shop_orders.h"

#include <algorithm>

#include <fmt/format.h>
#include <boost/json.hpp>

#include "adapters/book/cases.h"
#include "adapters/book/events.h"
#include "adapters/book/order_rows.h"
#include "adapters/book/orders.h"
#include "adapters/book/quarantine.h"
#include "adapters/book/sql/imports.h"
#include "adapters/book/sql/quarantine.h"
#include "domain/base/check.h"
#include "domain/base/digest.h"
#include "domain/orders/cases.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {

namespace json = boost::json;

// Statement S asks by account and number; `found` is told of each row.
template <class S, class Found>
void by_number(ports::Tx& tx, AccountId account, std::span<const OrderNumber> numbers,
               Found found) {
  std::vector<typename S::Params> params;
  for (const auto& number : numbers) {
    params.push_back({.account_id = account.value, .order_number = number.value});
  }
  ports::select_each<S>(tx, params, found);
}

std::vector<std::optional<LocalOrderId>> find_ids(ports::Tx& tx, AccountId account,
                                                  std::span<const OrderNumber> numbers) {
  std::vector<std::optional<LocalOrderId>> ids(numbers.size());
  by_number<sql::FindLocalByNumber>(
      tx, account, numbers, [&](std::size_t i, const auto& row) { ids[i] = LocalOrderId{row.id}; });
  return ids;
}

void hold(ports::Tx& tx, std::span<const LocalOrderId> ids) {
  std::vector<sql::HoldOrder::Params> params;
  for (const auto id : ids) params.push_back({.id = id.value});
  ports::select_each<sql::HoldOrder>(tx, params, [](std::size_t, const auto&) {});
}

void load_known_orders(ports::Tx& tx, const std::vector<std::optional<LocalOrderId>>& ids,
                       LookUp purpose, std::vector<imports::Known>& known) {
  std::vector<LocalOrderId> wanted;
  for (const auto& id : ids) {
    if (id) wanted.push_back(*id);
  }
  std::ranges::sort(wanted);  // in one order whoever asks: no deadlock
  if (purpose == LookUp::to_write) hold(tx, wanted);
  auto orders = load_orders(tx, wanted);
  std::vector<sql::FindUploadEvidence::Params> params;
  for (const auto id : wanted) params.push_back({.order_inbox_id = id.value});
  std::map<LocalOrderId, bool> evidence;
  ports::select_each<sql::FindUploadEvidence>(
      tx, params, [&](std::size_t i, const auto&) { evidence[wanted[i]] = true; });
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (!ids[i] || !orders.contains(*ids[i])) continue;
    known[i].order = std::move(orders.at(*ids[i]));
    known[i].has_upload_evidence = evidence.contains(*ids[i]);
  }
}

std::string line_text(const imports::DroppedLine& line) {
  return fmt::format("{} x {} ({})", line.quantity, line.sku.value, line.reason);
}

NewEvent event_of(const ShopWrite& write, const ShopFileName& file,
                  std::optional<LocalOrderId> order) {
  NewEvent event{.order = order,
                 .remote = std::nullopt,
                 .number = write.order->number,
                 .kind = "imported",
                 .title = "Taken in from the shop's file",
                 .detail = fmt::format("Line {} of {}.", write.order->place.line, file.name),
                 .rule = "shop_file",
                 .changes = write.decision->changes};
  if (!write.lines->dropped.empty()) {
    event.detail += " Left out:";
    for (const auto& line : write.lines->dropped) event.detail += " " + line_text(line) + ";";
    event.detail.back() = '.';
  }
  if (write.decision->action == imports::Action::update) {
    event.kind = "details_changed";
    event.title = "Changed: " + write.decision->reason;
  } else if (write.decision->action == imports::Action::not_taken) {
    event.kind = "shop_change_left_out";
    event.title = "The shop changed it; here it stays as it is";
    event.detail += fmt::format(" Reason: {}.", write.decision->reason);
    event.tone = Tone::problem;
  }
  return event;
}

bool is_new_word(const ShopWrite& write) {
  return write.known->shop_hash != write.decision->shop_hash;
}

// What it said already is taken in only now.
bool is_taken_late(const ShopWrite& write) {
  return !write.known->was_taken && write.decision->action == imports::Action::update;
}

// The ids of the rows, in the order of `writes`; none where nothing is written.
std::vector<std::optional<LocalOrderId>> write_headers(ports::Tx& tx, AccountId account,
                                                       std::span<const ShopWrite> writes) {
  std::vector<std::optional<LocalOrderId>> ids(writes.size());
  std::vector<HeaderTexts> texts(writes.size());
  std::vector<sql::InsertOrder::Params> inserts;
  std::vector<std::size_t> inserted;
  std::vector<sql::UpdateOrder::Params> updates;
  for (std::size_t i = 0; i < writes.size(); ++i) {
    const auto& decision = *writes[i].decision;
    if (decision.action == imports::Action::insert) {
      inserts.push_back(insert_params(decision.header, account, tx.now(), texts[i]));
      inserted.push_back(i);
      continue;
    }
    ids[i] = decision.header.id;
    if (decision.action == imports::Action::update) {
      updates.push_back(update_params(decision.header, tx.now(), texts[i]));
    }
  }
  ports::execute_each<sql::UpdateOrder>(tx, updates);
  ports::select_each<sql::InsertOrder>(tx, inserts, [&](std::size_t i, const auto& row) {
    ids[inserted[i]] = LocalOrderId{row.id};
  });
  return ids;
}

void write_lines(ports::Tx& tx, std::span<const ShopWrite> writes,
                 const std::vector<std::optional<LocalOrderId>>& ids) {
  std::vector<sql::DeleteItem::Params> removals;
  std::vector<sql::UpdateItem::Params> updates;
  std::vector<sql::InsertItem::Params> inserts;
  for (std::size_t i = 0; i < writes.size(); ++i) {
    const auto& decision = *writes[i].decision;
    for (const auto row : decision.remove) removals.push_back({.id = row});
    for (const auto& line : decision.update) updates.push_back(update_params(line));
    for (const auto& line : decision.insert) {
      check(ids[i].has_value(), "a line belongs to an order");
      inserts.push_back(insert_params(line, *ids[i]));
    }
  }
  ports::execute_each<sql::DeleteItem>(tx, removals);
  ports::execute_each<sql::UpdateItem>(tx, updates);
  ports::execute_each<sql::InsertItem>(tx, inserts);
}

void write_words(ports::Tx& tx, AccountId account, const ShopFileName& file,
                 std::span<const ShopWrite> writes) {
  std::vector<sql::PutShopWord::Params> rows;
  for (const auto& write : writes) {
    const auto action = write.decision->action;
    if (action == imports::Action::skip || action == imports::Action::defer) continue;
    if (!is_new_word(write) && !is_taken_late(write)) continue;
    rows.push_back({.account_id = account.value,
                    .order_number = write.order->number.value,
                    .shop_hash = write.decision->shop_hash,
                    .import_id = file.id.value,
                    .line = write.order->place.line,
                    .decision = imports::word(action),
                    .now_us = tx.now()});
  }
  ports::execute_each<sql::PutShopWord>(tx, rows);
}

void write_events(ports::Tx& tx, AccountId account, const RunId& run, const ShopFileName& file,
                  std::span<const ShopWrite> writes,
                  const std::vector<std::optional<LocalOrderId>>& ids) {
  std::vector<NewEvent> events;
  for (std::size_t i = 0; i < writes.size(); ++i) {
    const auto action = writes[i].decision->action;
    const bool told_once = action == imports::Action::not_taken && is_new_word(writes[i]);
    if (action == imports::Action::insert || action == imports::Action::update || told_once) {
      events.push_back(event_of(writes[i], file, ids[i]));
    }
  }
  add_events(tx, account, run, events);
}

void open_cases(ports::Tx& tx, AccountId account, const RunId& run, const ShopFileName& file,
                std::span<const ShopWrite> writes) {
  constexpr auto kKind = orders::CaseKind::link_or_refuse;
  for (const auto& write : writes) {
    const auto& stranger = write.decision->stranger;
    if (!stranger) continue;
    const auto& number = write.order->number;
    put_case(tx, account, run,
             {.kind = kKind,
              .number = number,
              .order = std::nullopt,
              .remote = stranger->id,
              .fact_hash = orders::case_facts_hash(
                  kKind, {"number " + number.value, "remote " + std::to_string(stranger->id.value),
                          "from the shop's file"}),
              .evidence = fmt::format(
                  "The shop's file {} has order {}. ShipStation order {} has that number too, is "
                  "{} and was not uploaded from here, so the shop's order was not taken in.",
                  file.name, number.value, stranger->id.value, stranger->status.word)});
  }
}

std::string facts_of(const ShopFileName& file, const imports::Place& place) {
  return json::serialize(
      json::object{{"file", file.name}, {"line", place.line}, {"column", place.column}});
}

}  // namespace

std::vector<imports::Known> look_up_shop_orders(ports::Tx& tx, AccountId account,
                                                std::span<const OrderNumber> numbers,
                                                LookUp purpose) {
  std::vector<imports::Known> known(numbers.size());
  load_known_orders(tx, find_ids(tx, account, numbers), purpose, known);
  by_number<sql::FindShopWord>(tx, account, numbers, [&](std::size_t i, const auto& row) {
    known[i].shop_hash = row.shop_hash;
    known[i].was_taken = row.decision != imports::word(imports::Action::not_taken);
  });
  by_number<sql::FindShippedDay>(tx, account, numbers, [&](std::size_t i, const auto& row) {
    known[i].shipped = row.ship_date;
  });
  by_number<sql::FindStrangers>(tx, account, numbers, [&](std::size_t i, const auto& row) {
    known[i].strangers.push_back({.id = ShipStationOrderId{row.shipstation_order_id},
                                  .status = orders::status_from_word(row.status)});
  });
  by_number<sql::FindKeptApart>(tx, account, numbers,
                                [&](std::size_t i, const auto&) { known[i].kept_apart = true; });
  for (auto& one : known) {
    std::ranges::stable_partition(one.strangers, [](const imports::StrangerSeen& stranger) {
      return orders::is_open(stranger.status.known);
    });
  }
  return known;
}

std::int64_t count_kept_apart(ports::Tx& tx, AccountId account) {
  return ports::select_one<sql::CountKeptApart>(tx, {.account_id = account.value})->decided;
}

void write_shop_orders(ports::Tx& tx, AccountId account, const RunId& run, const ShopFileName& file,
                       std::span<const ShopWrite> writes) {
  const auto ids = write_headers(tx, account, writes);
  write_lines(tx, writes, ids);
  write_words(tx, account, file, writes);
  write_events(tx, account, run, file, writes, ids);
  open_cases(tx, account, run, file, writes);
}

std::map<std::string, ShopQuarantine> open_shop_quarantine(ports::Tx& tx, AccountId account) {
  std::map<std::string, ShopQuarantine> open;
  for (auto& row : ports::select<sql::ListOpenShopOrders>(tx, {.account_id = account.value})) {
    open.emplace(row.entity_key, ShopQuarantine{.key = row.entity_key,
                                                .stream = std::move(row.stream),
                                                .problem = std::move(row.problem),
                                                .facts = std::move(row.facts)});
  }
  return open;
}

std::string quarantine_key(const BadShopOrder& bad) {
  if (bad.order->number) return bad.order->number->value;
  return "sha256:" + sha256_hex(bad.text);
}

std::string quarantine_stream(std::string_view file_name) {
  return fmt::format("xml-import/{}", file_name);
}

bool quarantine_shop_order(ports::Tx& tx, AccountId account, const RunId& run,
                           const ShopFileName& file, const BadShopOrder& bad,
                           const std::map<std::string, ShopQuarantine>& open) {
  const auto& place = bad.order->place;
  NewQuarantine row;
  row.entity = Entity::shop_order;
  row.key = quarantine_key(bad);
  row.stream = quarantine_stream(file.name);
  row.error_class = bad.order->kind;
  row.problem = fmt::format("{}, line {}, column {}: {}", file.name, place.line, place.column,
                            bad.order->problem);
  row.facts = facts_of(file, place);
  row.payload = bad.text;
  if (bad.order->number) row.number = bad.order->number->value;
  const auto found = open.find(row.key);
  if (found != open.end() && found->second.problem == row.problem &&
      found->second.facts == row.facts) {
    return false;
  }
  put_quarantine(tx, account, run, row);
  return true;
}

}  // namespace tallyman::book
