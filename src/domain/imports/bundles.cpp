#include "domain/imports/bundles.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "domain/imports/limits.h"
#include "domain/orders/trim.h"

namespace tallyman::imports {

namespace {

// "18605 → 18235 → 18605", beginning where the circle begins.
std::string circle(const std::vector<Sku>& path, const Sku& again) {
  std::string text;
  bool inside = false;
  for (const auto& sku : path) {
    inside = inside || sku == again;
    if (inside) text += sku.value + " → ";
  }
  return text + again.value;
}

// Whether the total stays within kUnits.
bool add(Units& into, const Units& more, std::int64_t times) {
  for (const auto& [sku, units] : more) {
    auto& total = into[sku];
    if (units > (kUnits - total) / times) return false;
    total += units * times;
  }
  return true;
}

bool is_written_well(const Sku& sku) {
  return !sku.value.empty() && sku.value.size() <= kNumberBytes &&
         orders::trimmed(sku.value) == sku.value && std::ranges::all_of(sku.value, [](char c) {
           return static_cast<unsigned char>(c) >= 0x20;
         });
}

std::optional<Problem> wrong_component(const Component& component) {
  if (!is_written_well(component.sku)) {
    return Problem{fmt::format("A component needs a SKU of at most {} bytes.", kNumberBytes)};
  }
  if (component.multiplier < 1 || component.multiplier > kMultiplier) {
    return Problem{fmt::format("{}: units in a bundle are a whole number from 1 to {}.",
                               component.sku.value, kMultiplier)};
  }
  return std::nullopt;
}

}  // namespace

const Bundle* Expander::find(const Sku& sku) const {
  const auto found = bundles_.find(sku);
  return found == bundles_.end() ? nullptr : &found->second;
}

Result<Units> Expander::units_of(const Sku& sku) {
  const Bundle* bundle = find(sku);
  if (bundle == nullptr || bundle->state == BundleState::off) return Units{{sku, 1}};
  std::vector<Sku> path;
  return expand(*bundle, path);
}

Result<Units> Expander::expand(const Bundle& bundle, std::vector<Sku>& path) {
  if (std::ranges::find(path, bundle.sku) != path.end()) {
    return problem(
        fmt::format("bundle {} contains itself: {}", bundle.sku.value, circle(path, bundle.sku)));
  }
  if (const auto known = known_.find(bundle.sku); known != known_.end()) return known->second;
  if (path.size() == kLevels) {
    return problem(fmt::format("bundle {} has more than {} levels of bundles in it",
                               path.front().value, kLevels));
  }
  if (bundle.components.empty()) {
    return problem(fmt::format("bundle {} has no components", bundle.sku.value));
  }
  path.push_back(bundle.sku);
  Units total;
  for (const auto& component : bundle.components) {
    const Bundle* inner = find(component.sku);
    Units units{{component.sku, 1}};
    if (inner != nullptr && inner->state == BundleState::active) {
      auto expanded = expand(*inner, path);
      if (!expanded) return expanded;
      units = std::move(*expanded);
    }
    if (!add(total, units, component.multiplier)) {
      return problem(
          fmt::format("bundle {} comes to more than {} units of a SKU", bundle.sku.value, kUnits));
    }
  }
  path.pop_back();
  known_.emplace(bundle.sku, total);
  return total;
}

std::optional<Problem> what_is_wrong(const Bundle& bundle, Bundles others) {
  if (!is_written_well(bundle.sku)) {
    return Problem{fmt::format("A bundle needs a SKU of at most {} bytes.", kNumberBytes)};
  }
  if (bundle.components.empty() || bundle.components.size() > kComponents) {
    return Problem{fmt::format("A bundle has 1 to {} components.", kComponents)};
  }
  std::set<Sku> seen;
  for (const auto& component : bundle.components) {
    if (auto wrong = wrong_component(component)) return wrong;
    if (!seen.insert(component.sku).second) {
      return Problem{fmt::format("{} stands there twice: add its units up.", component.sku.value)};
    }
  }
  others[bundle.sku] = bundle;
  if (others.size() > kBundles) return Problem{fmt::format("At most {} bundles.", kBundles)};
  // What is switched off may be switched on again: it is looked at as if it were on.
  for (auto& [sku, other] : others) {
    if (sku == bundle.sku) other.state = BundleState::active;
  }
  Expander expander(std::move(others));
  auto units = expander.units_of(bundle.sku);
  if (!units) {
    return Problem{static_cast<char>(units.error().what.front() - 'a' + 'A') +
                   units.error().what.substr(1) + "."};
  }
  return std::nullopt;
}

}  // namespace tallyman::imports
