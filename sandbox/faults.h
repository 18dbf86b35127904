// Everything that can go wrong at the partner, by name. A fault strikes with a probability or a
// number of times, always decided by the seed.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/base/result.h"
#include "sandbox/dice.h"

namespace tallyman::sandbox {

enum class Fault {
  server_error,
  poison_row,
  broken_order,
  html_page,
  truncated_body,
  slow,
  lost_request,
  never_answer,
  unreachable,
  connection_reset,
  throttle_storm,
  throttle_bare,
  late_visibility,
  page_shift,
  clock_skew,
  null_element,
  unknown_status,
  unknown_members,
  pages_zero,
  duplicate_row,
  total_off,
  redirect,
  huge_body,
};

struct FaultRow {
  Fault fault;
  std::string_view name;
  std::string_view what;
  std::int64_t usual_amount;  // when none is given: seconds, rows, bytes as `what` says
};

std::span<const FaultRow> fault_table();
const FaultRow& row(Fault fault);
std::string fault_help();  // the table for --help

// How a broken order is broken.
enum class BrokenMember { unit_price_text, order_id_missing, items_text, modify_date_text };

struct FaultSpec {
  Fault fault{};
  double probability = 1.0;              // per request (per order for poison_row … unknown_status)
  std::optional<std::int64_t> times{};   // strikes only so often, then is gone
  std::optional<std::int64_t> amount{};  // see FaultRow
  std::optional<std::int64_t>
      order{};  // only this order (poison_row, broken_order, unknown_status) or label (poison_row)
  std::optional<std::int64_t> page{};  // only this page of a list
  std::int64_t after = 0;              // so many requests that fit are let through first
  std::string path{};                  // only paths that begin so, for example "/shipments"
  BrokenMember member = BrokenMember::unit_price_text;
};

// "NAME", "NAME=P" or "NAME=P:AMOUNT" with 0 ≤ P ≤ 1. The Problem lists the names.
Result<FaultSpec> fault_from_text(std::string_view text);
Result<Fault> fault_from_name(std::string_view name);

// What a strike is asked about.
struct Occasion {
  std::string_view path;  // lower case
  std::int64_t page = 1;
};

class Faults {
 public:
  explicit Faults(std::uint64_t seed) : dice_(seed), salt_(Dice::mixed(seed)) {}

  void set(FaultSpec spec) { specs_.push_back(std::move(spec)); }
  void clear(Fault fault);
  void clear() { specs_.clear(); }

  // Does this fault strike now? Uses up one of its `times`.
  std::optional<FaultSpec> strikes(Fault fault, const Occasion& occasion);
  // Is this order struck? The same answer at every read, until cleared.
  const FaultSpec* on_order(Fault fault, std::int64_t order) const;
  // The amount of the first such fault in force, else 0: for lasting ones (clock_skew).
  std::int64_t lasting(Fault fault) const;
  bool any(Fault fault) const;
  std::span<const FaultSpec> in_force() const { return specs_; }

 private:
  std::vector<FaultSpec> specs_;
  Dice dice_;
  std::uint64_t salt_;
};

std::int64_t amount_of(const FaultSpec& spec);

}  // namespace tallyman::sandbox
