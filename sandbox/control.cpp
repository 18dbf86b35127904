#include "sandbox/control.h"

#include <charconv>
#include <cmath>

#include <fmt/format.h>
#include <boost/json.hpp>

#include "sandbox/shipstation/api.h"
#include "sandbox/shipstation/wire.h"
#include "sandbox/stamps.h"

namespace tallyman::sandbox {
namespace json = boost::json;

// What a control request says.
struct Control::Said {
  std::int64_t id = 0;
  json::object body;

  Text text(std::string_view name) const {
    const json::value* value = body.if_contains(name);
    if (value == nullptr || !value->is_string()) return std::nullopt;
    return std::string(value->get_string());
  }
  std::optional<std::int64_t> whole(std::string_view name) const {
    const json::value* value = body.if_contains(name);
    if (value == nullptr || !value->is_int64()) return std::nullopt;
    return value->get_int64();
  }
  std::optional<double> number(std::string_view name) const {
    const json::value* value = body.if_contains(name);
    if (value == nullptr || !value->is_number()) return std::nullopt;
    return value->to_number<double>();
  }
};

struct Control::Route {
  std::string_view method;
  std::string_view path;  // "{id}" is a number
  http_server::Response (Control::*answer)(const Said&);
  std::string_view what;
};

const Control::Route Control::kRoutes[] = {
    {"GET", "/_sandbox", &Control::help, "this list"},
    {"GET", "/_sandbox/stats", &Control::stats, "requests by path and status"},
    {"GET", "/_sandbox/orders", &Control::truth, "ground truth of all orders"},
    {"GET", "/_sandbox/known.sql", &Control::known, "INSERTs for the orders the book knows"},
    {"GET", "/_sandbox/faults", &Control::faults, "faults in force and all there are"},
    {"GET", "/_sandbox/clock", &Control::read_clock, "the sandbox's time"},
    {"POST", "/_sandbox/clock", &Control::advance, "{advance_seconds} when the clock is virtual"},
    {"POST", "/_sandbox/faults", &Control::add_fault,
     "{name, probability?, times?, amount?, order?, page?, after?, path?}"},
    {"DELETE", "/_sandbox/faults", &Control::drop_fault, "{name?}: without name all"},
    {"POST", "/_sandbox/act", &Control::act, "{n}: people do n things"},
    {"POST", "/_sandbox/orders", &Control::create,
     "{number?, sku?, quantity?, unit_price_cents?, status?, items?[{sku, quantity}]}"},
    {"GET", "/_sandbox/orders/{id}", &Control::show, "ground truth of one order"},
    {"POST", "/_sandbox/orders/{id}/edit", &Control::edit,
     "{line?, quantity?, sku?, number?, status?, street1?, carrier?, service?}"},
    {"POST", "/_sandbox/orders/{id}/ship", &Control::ship,
     "{packages?, carrier?, service?, tracking?}"},
    {"POST", "/_sandbox/orders/{id}/mark", &Control::mark, "{carrier?, tracking?}"},
    {"POST", "/_sandbox/orders/{id}/hold", &Control::hold, "{until?}"},
    {"POST", "/_sandbox/orders/{id}/restore", &Control::restore, "ends a hold"},
    {"POST", "/_sandbox/orders/{id}/cancel", &Control::cancel, "cancels it"},
    {"POST", "/_sandbox/orders/{id}/delete", &Control::remove, "takes it out of the API"},
    {"POST", "/_sandbox/orders/{id}/split", &Control::split, "{quantity?}"},
    {"POST", "/_sandbox/orders/{id}/merge", &Control::merge, "{gone}: that order goes into this"},
    {"POST", "/_sandbox/orders/{id}/touch", &Control::touch, "only modifyDate moves"},
    {"POST", "/_sandbox/shipments/{id}/void", &Control::void_label, "voids a label"},
};

namespace {

using http_server::Response;

Response json_answer(int status, const json::value& body) {
  Response response;
  response.status = status;
  response.headers.emplace_back("Content-Type", "application/json; charset=utf-8");
  response.body = json::serialize(body);
  return response;
}

Response error(int status, std::string_view what) {
  return json_answer(status, json::object{{"error", what}});
}

json::value nullable(const Text& text) { return text ? json::value(*text) : json::value(); }

json::value nullable(const std::optional<Day>& day) {
  return day ? json::value(day_form(*day)) : json::value();
}

json::array lines_json(const std::vector<Line>& lines) {
  json::array all;
  for (const Line& line : lines) {
    all.push_back(json::object{{"line_id", line.id},
                               {"sku", nullable(line.sku)},
                               {"quantity", line.quantity},
                               {"unit_price_cents", line.unit_price},
                               {"adjustment", line.adjustment}});
  }
  return all;
}

json::object truth_json(const OrderTruth& truth) {
  const Order& order = truth.order;
  json::array shipments;
  for (const Shipment& shipment : truth.shipments) {
    shipments.push_back(json::object{{"id", shipment.id},
                                     {"tracking", nullable(shipment.tracking)},
                                     {"ship_date", day_form(shipment.ship_date)},
                                     {"voided", shipment.voided},
                                     {"return_label", shipment.return_label},
                                     {"lines", lines_json(shipment.lines)}});
  }
  json::array fulfilments;
  for (const Fulfilment& fulfilment : truth.fulfilments) {
    fulfilments.push_back(json::object{{"id", fulfilment.id},
                                       {"tracking", nullable(fulfilment.tracking)},
                                       {"ship_date", day_form(fulfilment.ship_date)}});
  }
  return {{"id", order.id},
          {"number", order.number},
          {"key", order.key},
          {"status", order.status},
          {"created", to_text(order.created_at)},
          {"modified", to_text(order.modified_at)},
          {"carrier", nullable(order.carrier)},
          {"service", nullable(order.service)},
          {"ship_date", nullable(order.ship_date)},
          {"hold_until", nullable(order.hold_until)},
          {"store", order.advanced.store},
          {"lines", lines_json(order.lines)},
          {"shipments", std::move(shipments)},
          {"fulfilments", std::move(fulfilments)}};
}

// "/_sandbox/orders/12/ship" against "/_sandbox/orders/{id}/ship"; fills `id`.
bool fits(std::string_view path, std::string_view pattern, std::int64_t& id) {
  const auto brace = pattern.find("{id}");
  if (brace == std::string_view::npos) return path == pattern;
  if (!path.starts_with(pattern.substr(0, brace))) return false;
  const char* begin = path.data() + brace;
  const auto [end, bad] = std::from_chars(begin, path.data() + path.size(), id);
  return bad == std::errc{} &&
         path.substr(static_cast<std::size_t>(end - path.data())) == pattern.substr(brace + 4);
}

}  // namespace

Response Control::answer(const http_server::Request& request) {
  Said said;
  if (!request.body.empty()) {
    boost::system::error_code bad;
    json::value body = json::parse(request.body, bad);
    if (bad || !body.is_object()) return error(400, "the body is not a JSON object");
    said.body = std::move(body.get_object());
  }
  const std::string path = plain_path(request.path);
  bool path_exists = false;
  for (const Route& route : kRoutes) {
    if (!fits(path, route.path, said.id)) continue;
    path_exists = true;
    if (route.method == request.method) return (this->*route.answer)(said);
  }
  return path_exists ? error(405, fmt::format("{} does not take {}", path, request.method))
                     : error(404, fmt::format("{} does not exist; GET /_sandbox lists all", path));
}

Response Control::help(const Said&) {
  json::array all;
  for (const Route& route : kRoutes) {
    all.push_back(
        json::object{{"method", route.method}, {"path", route.path}, {"what", route.what}});
  }
  return json_answer(200, json::object{{"routes", std::move(all)}});
}

Response Control::stats(const Said&) {
  json::array all;
  for (const RequestCount& row : world_.log_.counts()) {
    all.push_back(json::object{
        {"method", row.method}, {"path", row.path}, {"status", row.status}, {"count", row.count}});
  }
  return json_answer(200, json::object{{"total", world_.log_.total()},
                                       {"orders", world_.account_.orders().size()},
                                       {"requests", std::move(all)}});
}

Response Control::truth(const Said&) {
  json::array all;
  for (const OrderTruth& truth : truths(world_.account_)) all.push_back(truth_json(truth));
  return json_answer(200, json::object{{"orders", std::move(all)}});
}

Response Control::show(const Said& said) {
  const auto truth = truth_of(world_.account_, said.id);
  return truth ? json_answer(200, truth_json(*truth))
               : error(404, fmt::format("there is no order {}", said.id));
}

Response Control::known(const Said&) {
  Response response;
  response.headers.emplace_back("Content-Type", "text/plain; charset=utf-8");
  response.body = known_sql(world_.account_);
  return response;
}

Response Control::moved(std::int64_t order, const Result<void>& done) {
  if (!done) {
    const bool is_there = world_.account_.find(order) != nullptr;
    return error(is_there ? 409 : 404, done.error().what);
  }
  const auto truth = truth_of(world_.account_, order);
  return json_answer(200, truth ? truth_json(*truth) : json::object{{"gone", order}});
}

Response Control::create(const Said& said) {
  OrderSpec spec;
  spec.number = said.text("number").value_or("");
  spec.status = said.text("status").value_or("awaiting_shipment");
  const auto item = [](const Said& from) {
    return OrderSpec::Item{.sku = from.text("sku").value_or("17612 - 250340"),
                           .quantity = from.whole("quantity").value_or(1),
                           .unit_price = from.whole("unit_price_cents").value_or(3999)};
  };
  const json::value* items = said.body.if_contains("items");
  if (items == nullptr) {
    spec.items.push_back(item(said));
  } else if (items->is_array()) {
    for (const json::value& one : items->get_array()) {
      if (!one.is_object()) return error(400, "items: each is an object {sku, quantity}");
      spec.items.push_back(item(Said{0, one.get_object()}));
    }
  } else {
    return error(400, "items is an array");
  }
  const std::int64_t id = world_.account_.create(spec, now_);
  return json_answer(201, truth_json(*truth_of(world_.account_, id)));
}

Response Control::edit(const Said& said) {
  const Order* order = world_.account_.find(said.id);
  if (order == nullptr) return error(404, fmt::format("there is no order {}", said.id));
  const auto line = said.whole("line").value_or(0);
  const bool is_line_edit = said.text("sku") || said.whole("quantity");
  if (is_line_edit && (line < 0 || line >= std::ssize(order->lines))) {
    return error(400, fmt::format("order {} has no line {} (they count from 0)", said.id, line));
  }
  return moved(said.id, world_.account_.edit(said.id, now_, [&](Order& changed) {
    if (is_line_edit) {
      Line& edited = changed.lines[static_cast<std::size_t>(line)];
      if (const auto sku = said.text("sku")) edited.sku = sku;
      edited.quantity = said.whole("quantity").value_or(edited.quantity);
    }
    if (const auto street = said.text("street1")) changed.ship_to.street1 = street;
    if (const auto carrier = said.text("carrier")) changed.carrier = carrier;
    if (const auto service = said.text("service")) changed.service = service;
    changed.number = said.text("number").value_or(changed.number);
    changed.status = said.text("status").value_or(changed.status);
  }));
}

Response Control::ship(const Said& said) {
  ShipSpec spec;
  spec.packages = static_cast<int>(said.whole("packages").value_or(1));
  if (spec.packages < 1 || spec.packages > 20) return error(400, "packages is 1 to 20");
  spec.carrier = said.text("carrier").value_or(spec.carrier);
  spec.service = said.text("service").value_or(spec.service);
  spec.tracking = said.text("tracking");
  const auto done = world_.account_.ship(said.id, spec, now_);
  return moved(said.id, done ? Result<void>{} : tl::unexpected(done.error()));
}

Response Control::mark(const Said& said) {
  MarkSpec spec;
  spec.carrier = said.text("carrier").value_or(spec.carrier);
  spec.tracking = said.text("tracking");
  const auto done = world_.account_.mark_as_shipped(said.id, spec, now_);
  return moved(said.id, done ? Result<void>{} : tl::unexpected(done.error()));
}

Response Control::hold(const Said& said) {
  Day until = world_.account_.zone().day(now_) + std::chrono::days{3};
  if (const auto text = said.text("until")) {
    const auto day = day_from_text(*text);
    if (!day) return error(400, "until is a date such as 2026-12-01");
    until = *day;
  }
  return moved(said.id, world_.account_.hold(said.id, until, now_));
}

Response Control::restore(const Said& said) {
  return moved(said.id, world_.account_.restore(said.id, now_));
}

Response Control::cancel(const Said& said) {
  return moved(said.id, world_.account_.cancel(said.id, now_));
}

Response Control::remove(const Said& said) {
  return moved(said.id, world_.account_.remove(said.id, now_));
}

Response Control::split(const Said& said) {
  const auto part = world_.account_.split(said.id, said.whole("quantity").value_or(1), now_);
  if (!part) return moved(said.id, tl::unexpected(part.error()));
  return json_answer(201, truth_json(*truth_of(world_.account_, *part)));
}

Response Control::merge(const Said& said) {
  const auto gone = said.whole("gone");
  if (!gone) return error(400, "gone is the id of the order that vanishes");
  return moved(said.id, world_.account_.merge(said.id, *gone, now_));
}

Response Control::touch(const Said& said) {
  return moved(said.id, world_.account_.edit(said.id, now_, [](Order&) {}));
}

Response Control::void_label(const Said& said) {
  const auto done = world_.account_.void_shipment(said.id, now_);
  if (done) return json_answer(200, json::object{{"voided", said.id}});
  const bool is_there = world_.account_.shipments().contains(said.id);
  return error(is_there ? 409 : 404, done.error().what);
}

Response Control::faults(const Said&) {
  json::array in_force;
  for (const FaultSpec& spec : world_.faults_.in_force()) {
    in_force.push_back(
        json::object{{"name", row(spec.fault).name}, {"probability", spec.probability}});
  }
  json::array all;
  for (const FaultRow& fault : fault_table()) {
    all.push_back(json::object{{"name", fault.name}, {"what", fault.what}});
  }
  return json_answer(200, json::object{{"in_force", std::move(in_force)}, {"all", std::move(all)}});
}

Response Control::add_fault(const Said& said) {
  const auto fault = fault_from_name(said.text("name").value_or(""));
  if (!fault) return error(400, fault.error().what);
  FaultSpec spec;
  spec.fault = *fault;
  spec.probability = said.number("probability").value_or(1.0);
  if (!(spec.probability >= 0 && spec.probability <= 1)) {
    return error(400, "probability lies between 0 and 1");
  }
  spec.times = said.whole("times");
  spec.amount = said.whole("amount");
  spec.order = said.whole("order");
  spec.page = said.whole("page");
  spec.after = said.whole("after").value_or(0);
  spec.path = lower(said.text("path").value_or(""));
  world_.faults_.set(spec);
  return faults(said);
}

Response Control::drop_fault(const Said& said) {
  const auto name = said.text("name");
  if (!name) {
    world_.faults_.clear();
    return faults(said);
  }
  const auto fault = fault_from_name(*name);
  if (!fault) return error(400, fault.error().what);
  world_.faults_.clear(*fault);
  return faults(said);
}

Response Control::act(const Said& said) {
  const std::int64_t count = said.whole("n").value_or(1);
  if (count < 1 || count > 10'000) return error(400, "n is 1 to 10000");
  for (std::int64_t i = 0; i < count; ++i) world_.people_.act(world_.account_, now_);
  return json_answer(200, json::object{{"acted", count}});
}

Response Control::advance(const Said& said) {
  if (!world_.setup_.advance) return error(409, "this sandbox runs on a real clock");
  const auto seconds = said.whole("advance_seconds");
  if (!seconds || *seconds < 0) return error(400, "advance_seconds is a whole number from 0 on");
  world_.setup_.advance(std::chrono::seconds{*seconds});
  now_ = world_.clock_.now();
  world_.account_.settle(now_);
  return read_clock(said);
}

Response Control::read_clock(const Said&) {
  return json_answer(200, json::object{{"now", to_text(now_)},
                                       {"stamp", long_form(stamp(world_.setup_.zone, now_))}});
}

}  // namespace tallyman::sandbox
