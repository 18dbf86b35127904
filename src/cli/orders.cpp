// tallyman orders list | show | why
#include <fmt/format.h>

#include "cli/ask.h"
#include "cli/nouns.h"
#include "cli/table.h"

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

std::string target_of(const OrdersList& command) {
  std::string target = fmt::format("/api/v1/orders?limit={}", command.limit);
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) target += fmt::format("&{}={}", name, encoded(value));
  };
  add("status", command.status);
  add("source", command.source);
  add("sku", command.sku);
  add("q", command.search);
  add("cursor", command.cursor);
  if (command.attention) target += "&needs_attention=1";
  return target;
}

std::string timeline_text(const json::array& timeline) {
  std::string text;
  for (const auto& entry : timeline) {
    const auto& event = entry.as_object();
    text += fmt::format("  {}  {}", text_of(event, "at").substr(0, 16), text_of(event, "title"));
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

std::string page_text(const json::object& page) {
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
  text += "\ntimeline, newest first\n" + timeline_text(page.at("timeline").as_array());
  return text + fmt::format("\nas of {}. {}\n", text_of(page, "as_of"), text_of(page, "proof"));
}

}  // namespace

Exit run(const OrdersList& command, Doing& doing) {
  const Asked asked = ask(doing, "GET", target_of(command));
  if (!asked.body) return asked.exit;
  if (doing.global.json) {
    doing.terminal.out(asked.text + "\n");
    return Exit::done;
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto& item : asked.body->at("items").as_array()) {
    const auto& order = item.as_object();
    rows.push_back({text_of(order, "order_number"), text_of(order, "status"),
                    flags_text(order.at("flags")), text_of(order, "customer"),
                    lines_text(order.at("lines")), text_of(order, "total_items"),
                    text_of(order, "carrier"), text_of(order, "updated_at").substr(0, 16)});
  }
  doing.terminal.out(table({{"ORDER"},
                            {"STATUS"},
                            {"FLAGS"},
                            {"CUSTOMER"},
                            {"ITEMS"},
                            {"UNITS", Align::right},
                            {"CARRIER"},
                            {"UPDATED"}},
                           rows));
  if (const auto next = text_of(*asked.body, "next_cursor"); next != "-") {
    doing.terminal.error("more: --cursor " + next + "\n");
  }
  return Exit::done;
}

Exit run(const OrdersShow& command, Doing& doing) {
  const std::string target = "/api/v1/orders/" + encoded(command.number);
  const Asked asked = ask(doing, "GET", command.payload ? target + "/payload" : target);
  if (!asked.body) return asked.exit;
  doing.terminal.out(doing.global.json || command.payload ? asked.text + "\n"
                                                          : page_text(*asked.body));
  return Exit::done;
}

Exit run(const OrdersWhy& command, Doing& doing) {
  const Asked asked = ask(doing, "GET", "/api/v1/orders/" + encoded(command.number) + "/why");
  if (!asked.body) return asked.exit;
  doing.terminal.out(doing.global.json ? asked.text + "\n" : text_of(*asked.body, "why") + "\n");
  return Exit::done;
}

}  // namespace tallyman::cli
