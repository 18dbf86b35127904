#include "domain/orders/why.h"

#include <cctype>

#include <fmt/format.h>

#include "domain/orders/local_order.h"
#include "domain/orders/trim.h"

namespace tallyman::orders {
namespace {

std::string without_stop(std::string_view text) {
  text = trimmed(text);
  if (text.ends_with('.')) text.remove_suffix(1);
  return std::string(text);
}

// "Its number …" inside a sentence. A word in capitals or a number stays as it is.
std::string inside_sentence(std::string_view text) {
  std::string inner = without_stop(text);
  const bool word = inner.size() > 1 && std::islower(static_cast<unsigned char>(inner[1]));
  if (word) inner[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(inner[0])));
  return inner;
}

std::string opening(const WhyInput& input) {
  const std::string on = input.created.empty() ? "" : " on " + input.created;
  if (input.source_system == kSourceManual) return "Created by hand in ShipStation" + on + ".";
  if (input.source_system.empty()) return fmt::format("Order {} came in{}.", input.number, on);
  return fmt::format("Came from {}{}.", input.source_system, on);
}

std::string at_and_by(const WhyStep& step) {
  std::string text;
  if (!step.when.empty()) text += " " + step.when;
  if (!step.by.empty()) text += " by " + step.by;
  return text;
}

std::string sentence(const WhyStep& step) {
  const std::string reason = inside_sentence(step.detail);
  switch (step.kind) {
    case EventKind::imported:
    case EventKind::linked:
    case EventKind::renumbered: {
      const std::string what =
          step.kind == EventKind::imported ? "Imported" : without_stop(step.title);
      return what + at_and_by(step) + (reason.empty() ? "." : " because " + reason + ".");
    }
    case EventKind::status_changed:
    case EventKind::details_changed:
    case EventKind::items_changed:
    case EventKind::lines_not_stored:
    case EventKind::withheld: break;
  }
  const std::string what = step.title.empty() ? std::string(key(step.kind)) : step.title;
  return without_stop(what) + at_and_by(step) + (reason.empty() ? "." : ": " + reason + ".");
}

}  // namespace

std::string why_in_words(const WhyInput& input) {
  std::string text = opening(input);
  if (input.steps.empty()) {
    return text +
           " Nothing is recorded about why it is here: it was here before records began, or"
           " a script wrote it.";
  }
  for (const auto& step : input.steps) text += " " + sentence(step);
  return text;
}

}  // namespace tallyman::orders
