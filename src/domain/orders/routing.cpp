#include "domain/orders/routing.h"

#include "domain/base/whole_number.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "domain/orders/items.h"
#include "domain/orders/local_order.h"
#include "domain/orders/trim.h"

namespace tallyman::orders {
namespace {

struct Facts {
  const OrderSeen& seen;
  const LocalKnowledge& known;
  const RoutingRules& rules;
  std::string number;  // trimmed
};

// ---- what the rows ask ----

bool has(const std::vector<ShipStationOrderId>& ids, ShipStationOrderId id) {
  return std::ranges::find(ids, id) != ids.end();
}

bool number_differs(const Facts& f) {
  return !f.number.empty() && trimmed(f.known.by_id->number.value) != f.number;
}

// A split with our number whose relatives we cannot name, or a survivor that swallowed ours.
bool same_number_family(const Facts& f) {
  const auto& local = f.known.by_number;
  if (!local || local->linked.empty()) return false;
  if (f.seen.merged.empty()) return f.seen.merged_or_split || f.seen.parent.has_value();
  return std::ranges::any_of(local->linked, [&](auto id) { return has(f.seen.merged, id); });
}

std::optional<Sku> first_key_sku(const Facts& f) {
  KnownSkus known = f.rules.known_skus;
  known.insert(f.rules.key_skus.begin(), f.rules.key_skus.end());
  for (const auto& line : f.seen.lines) {
    if (why_not_stored(line)) continue;
    Sku base = parse_sku_text(*line.sku_text, known).base;
    if (f.rules.key_skus.contains(base)) return base;
  }
  return std::nullopt;
}

std::string linked_text(const LocalRef& local) {
  std::string text;
  for (const auto id : local.linked)
    text += fmt::format("{}{}", text.empty() ? "" : ", ", id.value);
  return text.empty() ? "no ShipStation order" : "ShipStation order " + text;
}

// ---- the table ----

enum class Target { none, by_id, by_number, family };

struct Row {
  Rule rule;
  std::string_view key;
  bool (*applies)(const Facts&);
  Action action;
  Target target;
  std::optional<CaseKind> kase;
  std::string (*because)(const Facts&);
};

bool always(const Facts&) { return true; }

constexpr std::array<Row, kRules> kTable{{
    {Rule::empty_number,
     "empty_number",
     [](const Facts& f) { return f.number.empty() && !f.known.by_id && !f.known.family; },
     Action::skip,
     Target::none,
     {},
     [](const Facts&) {
       return std::string("It has no order number, and we do not know its id.");
     }},

    {Rule::renumbered_to_taken, "renumbered_to_taken",
     [](const Facts& f) {
       return f.known.by_id && f.known.by_number && f.known.by_id->id != f.known.by_number->id &&
              number_differs(f);
     },
     Action::open_case, Target::by_id, CaseKind::renumbered_to_taken,
     [](const Facts& f) {
       return fmt::format(
           "We know it as {} ({}), and its new number {} belongs to another order of ours ({}).",
           trimmed(f.known.by_id->number.value), f.known.by_id->source_system, f.number,
           f.known.by_number->source_system);
     }},

    {Rule::renumbered,
     "renumbered",
     [](const Facts& f) {
       // Only the primary's number is ours; a split part may carry a suffix of its own.
       return f.known.by_id && number_differs(f) && !f.known.by_id->linked.empty() &&
              f.known.by_id->linked.front() == f.seen.id;
     },
     Action::update,
     Target::by_id,
     {},
     [](const Facts& f) {
       return fmt::format("We know it by its ShipStation id as {}; it was renumbered to {}.",
                          trimmed(f.known.by_id->number.value), f.number);
     }},

    {Rule::known_by_id,
     "known_by_id",
     [](const Facts& f) { return f.known.by_id.has_value(); },
     Action::update,
     Target::by_id,
     {},
     [](const Facts&) { return std::string("We know it by its ShipStation id."); }},

    {Rule::family_number_taken, "family_number_taken",
     [](const Facts& f) {
       return f.known.family && f.known.by_number && f.known.family->id != f.known.by_number->id;
     },
     Action::open_case, Target::by_number, CaseKind::number_conflict,
     [](const Facts& f) {
       return fmt::format(
           "It is a part of our order {}, but its number {} belongs to another order of ours ({}).",
           trimmed(f.known.family->number.value), f.number, f.known.by_number->source_system);
     }},

    {Rule::split_family,
     "split_family",
     [](const Facts& f) { return f.known.family || same_number_family(f); },
     Action::join_family,
     Target::family,
     {},
     [](const Facts& f) {
       const auto& local = f.known.family ? *f.known.family : *f.known.by_number;
       return fmt::format("ShipStation split or merged our order {}; this is a part of it.",
                          trimmed(local.number.value));
     }},

    {Rule::number_of_our_upload,
     "number_of_our_upload",
     [](const Facts& f) {
       return f.known.by_number && f.known.by_number->linked.empty() &&
              f.known.by_number->uploaded_by_us;
     },
     Action::link_and_update,
     Target::by_number,
     {},
     [](const Facts& f) {
       return fmt::format("Its number {} is that of an order we uploaded and had not linked yet.",
                          f.number);
     }},

    {Rule::number_never_uploaded, "number_never_uploaded",
     [](const Facts& f) { return f.known.by_number && f.known.by_number->linked.empty(); },
     Action::open_case, Target::by_number, CaseKind::link_or_refuse,
     [](const Facts& f) {
       return fmt::format("Its number {} is that of an order of ours ({}) which we never uploaded.",
                          f.number, f.known.by_number->source_system);
     }},

    {Rule::number_taken_by_manual, "number_taken_by_manual",
     [](const Facts& f) {
       return f.known.by_number && f.known.by_number->source_system == kSourceManual;
     },
     Action::open_case, Target::by_number, CaseKind::number_conflict,
     [](const Facts& f) {
       return fmt::format(
           "Its number {} was already used by a manual order in ShipStation, ours with {}.",
           f.number, linked_text(*f.known.by_number));
     }},

    {Rule::number_taken_by_shop, "number_taken_by_shop",
     [](const Facts& f) { return f.known.by_number.has_value(); }, Action::open_case,
     Target::by_number, CaseKind::number_conflict,
     [](const Facts& f) {
       return fmt::format("Its number {} belongs to an order from {}, linked to {}.", f.number,
                          f.known.by_number->source_system, linked_text(*f.known.by_number));
     }},

    {Rule::local_origin_gone,
     "local_origin_gone",
     [](const Facts& f) { return f.known.of_local_origin; },
     Action::skip,
     Target::none,
     {},
     [](const Facts&) {
       return std::string("We uploaded it ourselves, and our own order is no longer here.");
     }},

    {Rule::merged_into_survivor,
     "merged_into_survivor",
     [](const Facts& f) { return f.known.survivor.has_value(); },
     Action::skip,
     Target::none,
     {},
     [](const Facts& f) {
       return fmt::format("It was merged into our order {}, which carries its goods.",
                          trimmed(f.known.survivor->number.value));
     }},

    {Rule::not_ours,
     "not_ours",
     [](const Facts& f) { return !is_manual_number(OrderNumber{f.number}, f.rules); },
     Action::skip,
     Target::none,
     {},
     [](const Facts& f) {
       return fmt::format("Not ours: its number {} is no manual number, and we do not know it.",
                          f.number);
     }},

    {Rule::no_key_sku,
     "no_key_sku",
     [](const Facts& f) { return !first_key_sku(f); },
     Action::skip,
     Target::none,
     {},
     [](const Facts& f) {
       return fmt::format("Its number starts with {}, but it contains no key SKU.",
                          f.rules.manual_prefix);
     }},

    {Rule::import_manual,
     "import_manual",
     always,
     Action::import,
     Target::none,
     {},
     [](const Facts& f) {
       const auto sku = first_key_sku(f);
       return fmt::format(
           "Its number starts with {}, it contains key SKU {}, and it is not one of ours.",
           f.rules.manual_prefix, sku ? sku->value : "");
     }},
}};

constexpr bool one_row_per_rule_in_order() {
  for (std::size_t i = 0; i < kTable.size(); ++i) {
    if (static_cast<std::size_t>(kTable[i].rule) != i) return false;
  }
  return true;
}
constexpr bool actions_have_what_they_need() {
  return std::ranges::all_of(kTable, [](const Row& row) {
    const bool needs_target = row.action != Action::import && row.action != Action::skip;
    return needs_target == (row.target != Target::none) &&
           (row.action == Action::open_case) == row.kase.has_value();
  });
}
constexpr bool keys_differ() {
  for (std::size_t i = 0; i < kTable.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (kTable[i].key == kTable[j].key) return false;
    }
  }
  return true;
}
static_assert(one_row_per_rule_in_order());
static_assert(actions_have_what_they_need());
static_assert(keys_differ());
static_assert(kTable.back().applies == always, "every order gets a decision");

std::optional<LocalOrderId> find_target(Target target, const LocalKnowledge& known) {
  switch (target) {
    case Target::none: return std::nullopt;
    case Target::by_id: return known.by_id->id;
    case Target::by_number: return known.by_number->id;
    case Target::family: return known.family ? known.family->id : known.by_number->id;
  }
  return std::nullopt;
}

void add_facts(std::vector<std::string>& facts, std::string_view role,
               const std::optional<LocalRef>& local) {
  if (!local) return;
  facts.push_back(fmt::format("{} {} {} {}", role, local->id.value, trimmed(local->number.value),
                              local->source_system));
  for (const auto id : local->linked) facts.push_back(fmt::format("{} link {}", role, id.value));
}

}  // namespace

Decision route(const OrderSeen& seen, const LocalKnowledge& known, const RoutingRules& rules) {
  const Facts facts{seen, known, rules, std::string(trimmed(seen.number.value))};
  const auto* const row =
      std::ranges::find_if(kTable, [&](const Row& candidate) { return candidate.applies(facts); });
  return {.action = row->action,
          .rule = row->rule,
          .target = find_target(row->target, known),
          .kase = row->kase,
          .because = row->because(facts)};
}

std::vector<std::string> case_facts(const Decision& decision, const OrderSeen& seen,
                                    const LocalKnowledge& known) {
  std::vector<std::string> facts{fmt::format("rule {}", key(decision.rule)),
                                 fmt::format("seen {}", seen.id.value),
                                 fmt::format("number {}", trimmed(seen.number.value))};
  add_facts(facts, "by id", known.by_id);
  add_facts(facts, "by number", known.by_number);
  add_facts(facts, "family", known.family);
  return facts;
}

std::vector<LocalRef> merged_away(const OrderSeen& seen, const LocalKnowledge& known) {
  std::vector<LocalRef> away;
  for (const auto& local : known.absorbed) {
    const auto is_it = [&](const std::optional<LocalRef>& ref) {
      return ref && ref->id == local.id;
    };
    const bool own = has(local.linked, seen.id) || is_it(known.by_id) ||
                     (!known.by_id && (is_it(known.family) || is_it(known.by_number)));
    if (own || local.is_final) continue;
    if (std::ranges::none_of(away, [&](const auto& ref) { return ref.id == local.id; })) {
      away.push_back(local);
    }
  }
  return away;
}

bool is_manual_number(const OrderNumber& number, const RoutingRules& rules) {
  const auto text = trimmed(number.value);
  if (rules.manual_prefix.empty() || !text.starts_with(rules.manual_prefix)) return false;
  if (!rules.manual_range) return true;
  const auto value = whole_number(text);
  return value && *value >= rules.manual_range->first && *value <= rules.manual_range->last;
}

std::string_view key(Rule rule) { return kTable[static_cast<std::size_t>(rule)].key; }

std::string_view key(Action action) {
  switch (action) {
    case Action::update: return "update";
    case Action::link_and_update: return "link_and_update";
    case Action::import: return "import";
    case Action::join_family: return "join_family";
    case Action::open_case: return "open_case";
    case Action::skip: return "skip";
  }
  return "";
}

std::optional<Rule> rule_from_key(std::string_view text) {
  const auto* const row =
      std::ranges::find_if(kTable, [&](const Row& candidate) { return candidate.key == text; });
  if (row == kTable.end()) return std::nullopt;
  return row->rule;
}

}  // namespace tallyman::orders
