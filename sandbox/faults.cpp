#include "sandbox/faults.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "domain/base/check.h"

namespace tallyman::sandbox {
namespace {

constexpr FaultRow kFaults[] = {
    {Fault::server_error, "server_error", "500 instead of an answer", 0},
    {Fault::poison_row, "poison_row", "an order that turns every answer it is in into a 500", 0},
    {Fault::broken_order, "broken_order", "an order with a member of the wrong type", 0},
    {Fault::html_page, "html_page", "an HTML page with status 200", 0},
    {Fault::truncated_body, "truncated_body", "half of the JSON, in a complete HTTP answer", 0},
    {Fault::slow, "slow", "AMOUNT seconds before the answer", 30},
    {Fault::lost_request, "lost_request", "no answer, and nothing was done", 0},
    {Fault::never_answer, "never_answer", "done, but the answer never comes", 0},
    {Fault::unreachable, "unreachable", "nobody takes the connection", 0},
    {Fault::connection_reset, "connection_reset", "done, and the answer breaks off", 0},
    {Fault::throttle_storm, "throttle_storm", "429 with the rate headers", 0},
    {Fault::throttle_bare, "throttle_bare", "429 without any rate header", 0},
    {Fault::late_visibility, "late_visibility", "a change shows in lists AMOUNT seconds late", 30},
    {Fault::page_shift, "page_shift", "AMOUNT random orders change before a page is read", 5},
    {Fault::clock_skew, "clock_skew", "stamps are AMOUNT seconds ahead of the Date header", 120},
    {Fault::null_element, "null_element", "a null among the rows of a list", 0},
    {Fault::unknown_status, "unknown_status", "an order in the status 'processing'", 0},
    {Fault::unknown_members, "unknown_members", "orders with members nobody knows", 0},
    {Fault::pages_zero, "pages_zero", "pages is 0 whatever the total", 0},
    {Fault::duplicate_row, "duplicate_row", "the first row of a page comes twice", 0},
    {Fault::total_off, "total_off", "total is AMOUNT too high", 3},
    {Fault::redirect, "redirect", "302 to a login page elsewhere", 0},
    {Fault::huge_body, "huge_body", "AMOUNT mebibytes of blanks in the answer", 80},
};

constexpr bool every_fault_has_its_row() {
  for (std::size_t i = 0; i < std::size(kFaults); ++i) {
    if (static_cast<std::size_t>(kFaults[i].fault) != i) return false;
  }
  return std::size(kFaults) == static_cast<std::size_t>(Fault::huge_body) + 1;
}
static_assert(every_fault_has_its_row());

std::optional<double> probability_from(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (!(value >= 0 && value <= 1)) return std::nullopt;
  return value;
}

std::optional<std::int64_t> whole_from(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool fits(const FaultSpec& spec, const Occasion& occasion) {
  if (spec.page && *spec.page != occasion.page) return false;
  return occasion.path.starts_with(spec.path);
}

}  // namespace

std::span<const FaultRow> fault_table() { return kFaults; }

const FaultRow& row(Fault fault) { return kFaults[static_cast<std::size_t>(fault)]; }

std::string fault_help() {
  std::string text;
  for (const FaultRow& fault : kFaults) {
    text += fmt::format("  {:<18} {}", fault.name, fault.what);
    if (fault.usual_amount != 0) text += fmt::format(" (AMOUNT {})", fault.usual_amount);
    text += '\n';
  }
  return text;
}

Result<Fault> fault_from_name(std::string_view name) {
  const auto* const found = std::ranges::find(kFaults, name, &FaultRow::name);
  if (found != std::end(kFaults)) return found->fault;
  return problem(fmt::format("no such fault: '{}'\nFaults:\n{}", name, fault_help()));
}

Result<FaultSpec> fault_from_text(std::string_view text) {
  FaultSpec spec;
  const auto equals = text.find('=');
  const auto fault = fault_from_name(text.substr(0, equals));
  if (!fault) return tl::unexpected(fault.error());
  spec.fault = *fault;
  if (equals == std::string_view::npos) return spec;
  const std::string_view rest = text.substr(equals + 1);
  const auto colon = rest.find(':');
  const auto probability = probability_from(rest.substr(0, colon));
  if (!probability) {
    return problem(fmt::format("{}: expected a probability from 0 to 1, got '{}'", row(*fault).name,
                               rest.substr(0, colon)));
  }
  spec.probability = *probability;
  if (colon == std::string_view::npos) return spec;
  const auto amount = whole_from(rest.substr(colon + 1));
  if (!amount) {
    return problem(fmt::format("{}: expected a whole number after ':', got '{}'", row(*fault).name,
                               rest.substr(colon + 1)));
  }
  spec.amount = amount;
  return spec;
}

void Faults::clear(Fault fault) {
  std::erase_if(specs_, [fault](const FaultSpec& spec) { return spec.fault == fault; });
}

std::optional<FaultSpec> Faults::strikes(Fault fault, const Occasion& occasion) {
  for (auto spec = specs_.begin(); spec != specs_.end(); ++spec) {
    if (spec->fault != fault || !fits(*spec, occasion)) continue;
    if (spec->after > 0) {
      --spec->after;
      continue;
    }
    if (spec->probability < 1.0 && !dice_.chance(spec->probability)) continue;
    FaultSpec struck = *spec;
    if (spec->times && --*spec->times <= 0) specs_.erase(spec);
    return struck;
  }
  return std::nullopt;
}

const FaultSpec* Faults::on_order(Fault fault, std::int64_t order) const {
  for (const FaultSpec& spec : specs_) {
    if (spec.fault != fault) continue;
    if (spec.order) {
      if (*spec.order == order) return &spec;
      continue;
    }
    if (Dice(salt_ ^ static_cast<std::uint64_t>(order)).chance(spec.probability)) return &spec;
  }
  return nullptr;
}

std::int64_t Faults::lasting(Fault fault) const {
  const auto found = std::ranges::find(specs_, fault, &FaultSpec::fault);
  return found == specs_.end() ? 0 : amount_of(*found);
}

bool Faults::any(Fault fault) const {
  return std::ranges::find(specs_, fault, &FaultSpec::fault) != specs_.end();
}

std::int64_t amount_of(const FaultSpec& spec) {
  return spec.amount.value_or(row(spec.fault).usual_amount);
}

}  // namespace tallyman::sandbox
