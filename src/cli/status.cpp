// tallyman status [--watch]
#include <fmt/format.h>

#include <chrono>

#include "cli/ask.h"
#include "cli/nouns.h"
#include "cli/table.h"
#include "cli/when.h"

namespace tallyman::cli {

namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr Micros kEvery = 5s;

std::string head(const json::object& today) {
  std::string text = fmt::format("{} {} ({})", text_of(today, "weekday"), text_of(today, "date"),
                                 text_of(today, "zone"));
  if (const auto* cutoff = today.at("cutoff").if_object()) {
    text += cutoff->at("passed").as_bool()
                ? fmt::format(", cut-off {} passed", text_of(*cutoff, "time"))
                : fmt::format(", cut-off {} in {} min", text_of(*cutoff, "time"),
                              text_of(*cutoff, "minutes_left"));
  }
  return text + "\n";
}

std::string tiles(const json::array& all, Colour colour) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& value : all) {
    const auto& tile = value.as_object();
    std::string second;
    if (!tile.at("second").is_null()) {
      second = fmt::format("{} {}", text_of(tile, "second"), text_of(tile, "second_label"));
    }
    rows.push_back({text_of(tile, "label"), text_of(tile, "value"), text_of(tile, "unit"),
                    std::move(second), tile.at("proven").as_bool() ? "" : "not proven"});
    for (const auto& sentence : tile.at("because").as_array()) {
      rows.push_back({"  " + std::string(sentence.as_string()), "", "", "", ""});
    }
  }
  return table({{.title = "NUMBER"},
                {.title = "VALUE", .align = Align::right},
                {.title = "UNIT"},
                {.title = "BESIDE"},
                {.title = "PROOF", .paint = Paint::state}},
               rows, colour);
}

std::string attention(const json::object& today, const Doing& doing) {
  const auto& all = today.at("attention").as_array();
  if (all.empty()) return "Nothing needs attention.\n";
  std::vector<std::vector<std::string>> rows;
  for (const auto& value : all) {
    const auto& item = value.as_object();
    rows.push_back({text_of(item, "severity"), text_of(item, "title"), text_of(item, "subject"),
                    when(item, "since", doing.warehouse), text_of(item, "detail")});
  }
  std::string text = fmt::format("Needs attention ({}):\n", text_of(today, "attention_total"));
  return text + table({{.title = "SEVERITY", .paint = Paint::state},
                       {.title = "WHAT"},
                       {.title = "WHERE"},
                       {.title = "SINCE"},
                       {.title = "DETAIL"}},
                      rows, doing.terminal.colour);
}

std::string last_sync(const json::object& today, const Zone& warehouse) {
  const auto* run = today.at("last_sync").if_object();
  if (run == nullptr) return "Last sync: never\n";
  return fmt::format("Last sync: {} at {}. {}\n", text_of(*run, "outcome"),
                     when(*run, "started_at", warehouse), text_of(*run, "message"));
}

std::string words(const json::object& today, const Doing& doing) {
  return head(today) + text_of(today, "proof") + "\n\n" +
         tiles(today.at("tiles").as_array(), doing.terminal.colour) + "\n" +
         attention(today, doing) + "\n" + last_sync(today, doing.warehouse);
}

Exit show(Doing& doing) {
  const Asked asked = ask(doing, "GET", "/api/v1/today");
  if (!asked.body) return asked.exit;
  doing.terminal.out(doing.global.json ? asked.text + "\n" : words(*asked.body, doing));
  return Exit::done;
}

}  // namespace

Exit run(const Status& command, Doing& doing) {
  Exit exit = show(doing);
  while (command.watch && exit == Exit::done) {
    if (doing.clock.wait(kEvery, doing.stop) == ports::WaitEnd::stopped) return exit;
    // A terminal is wiped; a file or a pipe gets one picture below the other.
    if (doing.terminal.progress == Progress::live && !doing.global.json) {
      doing.terminal.out("\x1b[H\x1b[2J");
    }
    exit = show(doing);
  }
  return exit;
}

}  // namespace tallyman::cli
