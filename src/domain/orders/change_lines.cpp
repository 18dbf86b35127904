// Keeps the lines of the local order in step with those ShipStation shows: matched by ShipStation's
// line id, else adopted by SKU and quantity (rows that scripts or an import wrote), never doubled.
#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "domain/orders/change_parts.h"
#include "domain/orders/items.h"
#include "domain/orders/trim.h"

namespace tallyman::orders {
namespace {

// A line ShipStation shows and, once found, the row of ours that it is.
struct Wanted {
  LocalLine line;
  SkuText sku;
  const LocalLine* row = nullptr;
};

// A row of ours that may be one of the wanted lines.
struct Candidate {
  const LocalLine* row = nullptr;
  SkuText sku;
  bool ours_to_remove = false;  // certainly belongs to this ShipStation order
  bool taken = false;
};

LocalLine line_from(const LineSeen& seen, const SkuText& sku, ShipStationOrderId order) {
  LocalLine line;
  line.order = order;
  if (seen.id.value != 0) line.line = seen.id;
  line.sku = sku.base;
  if (sku.lot) line.sku_lot = to_text(sku);
  line.quantity = seen.quantity;
  line.unit_price = seen.unit_price;
  line.name = present(seen.name);
  return line;
}

std::vector<Wanted> find_wanted(const ChangeContext& context, LinePlan& plan) {
  std::vector<Wanted> wanted;
  for (const auto& seen : context.seen.lines) {
    if (const auto why = why_not_stored(seen)) {
      const auto name = trimmed(seen.name);
      plan.not_stored.push_back(fmt::format("{}: {}", name.empty() ? "a line" : name, *why));
      continue;
    }
    const SkuText sku = parse_sku_text(*seen.sku_text, context.rules.known_skus);
    if (sku.parsed == Parsed::raw) {
      plan.warnings.push_back(
          {WarningKind::raw_sku,
           fmt::format("\"{}\" is kept as it is: not a known SKU and a lot.", sku.base.value)});
    }
    wanted.push_back({line_from(seen, sku, context.seen.id), sku, nullptr});
  }
  // The order of lines in a document means nothing; everything below must not depend on it.
  std::ranges::sort(wanted, [](const Wanted& a, const Wanted& b) {
    const auto rank = [](const Wanted& w) {
      return std::tie(w.line.line, w.sku.base, w.line.sku_lot, w.line.quantity, w.line.unit_price,
                      w.line.name);
    };
    return rank(a) < rank(b);
  });
  // Line ids are unique; should one come twice, only its first line may carry it.
  for (std::size_t i = wanted.size(); i-- > 1;) {
    auto& line = wanted[i].line.line;
    if (line && line == wanted[i - 1].line.line) line.reset();
  }
  std::ranges::sort(plan.not_stored);
  return wanted;
}

std::vector<Candidate> find_candidates(const ChangeContext& context) {
  std::vector<Candidate> candidates;
  if (!context.local) return candidates;
  const bool only_part = parts_after(context).size() == 1;
  for (const auto& row : context.local->lines) {
    const bool ours =
        row.order && (*row.order == context.seen.id || is_swallowed(context.seen, *row.order));
    if (row.order && !ours) continue;  // another part's
    const auto& text = row.sku_lot && !trimmed(*row.sku_lot).empty() ? *row.sku_lot : row.sku.value;
    candidates.push_back(
        {&row, parse_sku_text(text, context.rules.known_skus), ours || only_part, false});
  }
  std::ranges::sort(candidates,
                    [](const Candidate& a, const Candidate& b) { return a.row->row < b.row->row; });
  return candidates;
}

template <class Same>
void match(std::vector<Wanted>& wanted, std::vector<Candidate>& candidates, Same same) {
  for (auto& want : wanted) {
    if (want.row) continue;
    const auto found = std::ranges::find_if(candidates, [&](const Candidate& candidate) {
      return !candidate.taken && same(want, candidate);
    });
    if (found == candidates.end()) continue;
    want.row = found->row;
    found->taken = true;
  }
}

void match_all(std::vector<Wanted>& wanted, std::vector<Candidate>& candidates) {
  match(wanted, candidates, [](const Wanted& want, const Candidate& have) {
    return want.line.line && have.row->line == want.line.line;
  });
  // From here on only rows that do not know their line yet: best likeness first.
  const auto alike = [](const Wanted& want, const Candidate& have) {
    return !have.row->line && have.sku.base == want.sku.base;
  };
  const auto same_lot = [](const Wanted& want, const Candidate& have) {
    return have.sku.lot == want.sku.lot;
  };
  const auto same_quantity = [](const Wanted& want, const Candidate& have) {
    return have.row->quantity == want.line.quantity;
  };
  match(wanted, candidates, [&](const Wanted& want, const Candidate& have) {
    return alike(want, have) && same_lot(want, have) && same_quantity(want, have);
  });
  match(wanted, candidates, [&](const Wanted& want, const Candidate& have) {
    return alike(want, have) && same_quantity(want, have);
  });
  match(wanted, candidates, alike);
}

// The row as it is to stand: what ShipStation leaves out stays.
LocalLine merged(const LocalLine& row, const LocalLine& seen) {
  LocalLine line = seen;
  line.row = row.row;
  if (!line.line) line.line = row.line;
  if (!line.unit_price) line.unit_price = row.unit_price;
  if (!line.name) line.name = row.name;
  return line;
}

void compare(const LocalLine& before, const LocalLine& after, std::vector<FieldChange>& changes) {
  using Text = std::optional<std::string>;
  const auto add = [&](std::string_view field, const Text& old_text, const Text& new_text) {
    if (old_text == new_text) return;
    changes.push_back({fmt::format("line {} {}", after.sku.value, field), old_text, new_text});
  };
  const auto number = [](const auto& id) -> Text {
    if (!id) return std::nullopt;
    return std::to_string(id->value);
  };
  const auto cents = [](const std::optional<Money>& money) -> Text {
    if (!money) return std::nullopt;
    return std::to_string(money->minor);
  };
  add("sku", before.sku.value, after.sku.value);
  add("sku_lot", before.sku_lot, after.sku_lot);
  add("quantity", std::to_string(before.quantity), std::to_string(after.quantity));
  add("unit_price_cents", cents(before.unit_price), cents(after.unit_price));
  add("name", before.name, after.name);
  add("line id", number(before.line), number(after.line));
  add("ShipStation order", number(before.order), number(after.order));
}

void write_down(const std::vector<Wanted>& wanted, const std::vector<Candidate>& candidates,
                LinePlan& plan) {
  const auto name = [](const LocalLine& line) {
    return "line " + line.sku_lot.value_or(line.sku.value);
  };
  for (const auto& want : wanted) {
    if (!want.row) {
      plan.insert.push_back(want.line);
      plan.changes.push_back({name(want.line), std::nullopt, std::to_string(want.line.quantity)});
      continue;
    }
    const LocalLine now = merged(*want.row, want.line);
    if (now == *want.row) continue;
    plan.update.push_back(now);
    compare(*want.row, now, plan.changes);
  }
  for (const auto& have : candidates) {
    if (have.taken || !have.ours_to_remove || !have.row->row) continue;
    plan.remove.push_back(*have.row->row);
    plan.changes.push_back({name(*have.row), std::to_string(have.row->quantity), std::nullopt});
  }
}

std::int64_t total_after(const ChangeContext& context, const LinePlan& plan) {
  std::int64_t total = 0;
  for (const auto& line : plan.insert) total += line.quantity;
  for (const auto& line : plan.update) total += line.quantity;
  if (!context.local) return total;
  for (const auto& line : context.local->lines) {
    const bool removed = line.row && std::ranges::find(plan.remove, *line.row) != plan.remove.end();
    const bool updated =
        std::ranges::any_of(plan.update, [&](const auto& now) { return now.row == line.row; });
    if (!removed && !updated) total += line.quantity;
  }
  return total;
}

}  // namespace

LinePlan plan_lines(const ChangeContext& context) {
  LinePlan plan;
  auto wanted = find_wanted(context, plan);
  auto candidates = find_candidates(context);
  if (context.seen.lines.empty()) {
    // Shipped orders are sometimes shown without lines (facts/shipstation.md §11): no proof of
    // anything, and the lines we have stay.
    if (!candidates.empty()) {
      plan.warnings.push_back({WarningKind::no_lines_seen,
                               "ShipStation showed this order without lines; ours are kept."});
    }
  } else {
    match_all(wanted, candidates);
    write_down(wanted, candidates, plan);
  }
  plan.total_items = total_after(context, plan);
  return plan;
}

}  // namespace tallyman::orders
