// tallyman orders list | show | why
#include <fmt/format.h>

#include "cli/ask.h"
#include "cli/nouns.h"
#include "cli/page.h"
#include "cli/when.h"

namespace tallyman::cli {

namespace {

namespace json = boost::json;

std::string lines_text(const json::value& lines) {
  std::string text;
  for (const auto& line : lines.as_array()) {
    const auto& one = line.as_object();
    const std::string lot = text_of(one, "lot");
    if (!text.empty()) text += ", ";
    text += text_of(one, "quantity") + " x " + text_of(one, "sku");
    if (lot != "-") text += " - " + lot;
  }
  return text.empty() ? "-" : text;
}

std::string flags_text(const json::value& flags) {
  std::string text;
  for (const auto& flag : flags.as_array()) {
    if (!text.empty()) text += ",";
    text += text_of(flag.as_object(), "kind");
  }
  return text.empty() ? "-" : text;
}

std::string timeline_text(const json::array& timeline, const Zone& warehouse) {
  std::string text;
  for (const auto& entry : timeline) {
    const auto& event = entry.as_object();
    text += fmt::format("  {}  {}", when(event, "at", warehouse), text_of(event, "title"));
    if (const auto detail = text_of(event, "detail"); !detail.empty()) text += ": " + detail;
    text += "\n";
    for (const auto& change : event.at("changes").as_array()) {
      const auto& one = change.as_object();
      text += fmt::format("      {}: {} -> {}\n", text_of(one, "field"), text_of(one, "before"),
                          text_of(one, "after"));
    }
  }
  return text;
}

std::string page_text(const json::object& page, const Zone& warehouse) {
  const auto& order = page.at("order").as_object();
  std::string text =
      fmt::format("{}  {}  {}  {} units\n\n{}\n\nitems\n", text_of(order, "order_number"),
                  text_of(order, "status"), text_of(order, "source_system"),
                  text_of(order, "total_items"), text_of(page, "why"));
  for (const auto& line : page.at("items").as_array()) {
    const auto& one = line.as_object();
    const std::string lot = text_of(one, "lot");
    text += fmt::format("  {} x {}{}  {}\n", text_of(one, "quantity"), text_of(one, "sku"),
                        lot == "-" ? "" : " - " + lot, text_of(one, "name"));
  }
  text += fmt::format("\nshipping\n  carrier {}, service {}\n", text_of(order, "carrier"),
                      text_of(order, "service"));
  for (const auto& number : order.at("tracking_numbers").as_array()) {
    text += "  tracking " + std::string(number.as_string()) + "\n";
  }
  text += "\ntimeline, newest first\n" + timeline_text(page.at("timeline").as_array(), warehouse);
  return text +
         fmt::format("\nas of {}. {}\n", when(page, "as_of", warehouse), text_of(page, "proof"));
}

}  // namespace

Exit run(const OrdersList& command, Doing& doing) {
  const auto target = Target("/api/v1/orders")
                          .limit(command.limit)
                          .with("status", command.status)
                          .with("source", command.source)
                          .with("sku", command.sku)
                          .with("q", command.search)
                          .with("cursor", command.cursor)
                          .with("needs_attention", command.attention ? "1" : "");
  return show_page(
      doing, target.text(),
      {.columns = {{"ORDER"},
                   {.title = "STATUS", .paint = Paint::state},
                   {"FLAGS"},
                   {"CUSTOMER"},
                   {"ITEMS"},
                   {"UNITS", Align::right},
                   {"CARRIER"},
                   {"UPDATED"}},
       .row = [&](const json::object& order) -> std::vector<std::string> {
         return {text_of(order, "order_number"), text_of(order, "status"),
                 flags_text(order.at("flags")),  text_of(order, "customer"),
                 lines_text(order.at("lines")),  text_of(order, "total_items"),
                 text_of(order, "carrier"),      when(order, "updated_at", doing.warehouse)};
       }});
}

Exit run(const OrdersShow& command, Doing& doing) {
  const std::string target = "/api/v1/orders/" + encoded(command.number);
  const Asked asked = ask(doing, "GET", command.payload ? target + "/payload" : target);
  if (!asked.body) return asked.exit;
  doing.terminal.out(doing.global.json || command.payload
                         ? asked.text + "\n"
                         : page_text(*asked.body, doing.warehouse));
  return Exit::done;
}

Exit run(const OrdersWhy& command, Doing& doing) {
  const Asked asked = ask(doing, "GET", "/api/v1/orders/" + encoded(command.number) + "/why");
  if (!asked.body) return asked.exit;
  doing.terminal.out(doing.global.json ? asked.text + "\n" : text_of(*asked.body, "why") + "\n");
  return Exit::done;
}

}  // namespace tallyman::cli
