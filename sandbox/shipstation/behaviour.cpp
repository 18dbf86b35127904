#include "sandbox/shipstation/behaviour.h"

#include <fmt/format.h>

namespace tallyman::sandbox {
namespace {

struct SwitchRow {
  std::string_view name_and_value;
  std::string_view what;
  void (*set)(Behaviour&);
};

// Per switch the default comes first.
constexpr SwitchRow kSwitches[] = {
    {"start=exclusive", "rows later than …DateStart",
     [](Behaviour& b) { b.start = StartBound::exclusive; }},
    {"start=inclusive", "rows at or later than …DateStart",
     [](Behaviour& b) { b.start = StartBound::inclusive; }},
    {"start=after-its-second", "rows from the second after …DateStart",
     [](Behaviour& b) { b.start = StartBound::after_its_second; }},
    {"end=inclusive", "rows at or before …DateEnd",
     [](Behaviour& b) { b.end = EndBound::inclusive; }},
    {"end=exclusive", "rows before …DateEnd", [](Behaviour& b) { b.end = EndBound::exclusive; }},
    {"end=through-its-second", "rows to the end of the second of …DateEnd",
     [](Behaviour& b) { b.end = EndBound::through_its_second; }},
    {"large-page=clamp", "a pageSize over 500 counts as 500",
     [](Behaviour& b) { b.large_page = LargePage::clamp; }},
    {"large-page=reject", "a pageSize over 500 answers 400",
     [](Behaviour& b) { b.large_page = LargePage::reject; }},
    {"locked-update=reject", "changing a shipped order answers 400",
     [](Behaviour& b) { b.locked_update = LockedUpdate::reject; }},
    {"locked-update=ignore", "changing a shipped order answers 200 and does nothing",
     [](Behaviour& b) { b.locked_update = LockedUpdate::ignore; }},
    {"one-page=one", "pages is 1 when all fits on one",
     [](Behaviour& b) { b.one_page = OnePage::one; }},
    {"one-page=zero", "pages is 0 when all fits on one",
     [](Behaviour& b) { b.one_page = OnePage::zero; }},
    {"retry-after=absent", "a 429 has no Retry-After",
     [](Behaviour& b) { b.retry_after = RetryAfter::absent; }},
    {"retry-after=present", "a 429 has Retry-After",
     [](Behaviour& b) { b.retry_after = RetryAfter::present; }},
    {"read-only=accept", "read-only members sent back are ignored",
     [](Behaviour& b) { b.read_only = ReadOnlyMembers::accept; }},
    {"read-only=reject", "read-only members sent back answer 400",
     [](Behaviour& b) { b.read_only = ReadOnlyMembers::reject; }},
};

}  // namespace

Result<Behaviour> with_switch(Behaviour behaviour, std::string_view name_and_value) {
  for (const SwitchRow& row : kSwitches) {
    if (row.name_and_value != name_and_value) continue;
    row.set(behaviour);
    return behaviour;
  }
  return problem(
      fmt::format("no such switch: {}\nSwitches:\n{}", name_and_value, behaviour_help()));
}

std::string behaviour_help() {
  std::string text;
  for (const SwitchRow& row : kSwitches) {
    text += fmt::format("  {:<24} {}\n", row.name_and_value, row.what);
  }
  return text;
}

}  // namespace tallyman::sandbox
