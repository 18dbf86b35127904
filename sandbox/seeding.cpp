#include "sandbox/seeding.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include <fmt/format.h>

#include "domain/base/check.h"
#include "sandbox/stamps.h"

namespace tallyman::sandbox {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;

enum class Kind { known, manual, foreign };
enum class Outcome { waits, shipped, marked, held, cancelled, unpaid };

struct Life {
  Kind kind{};
  Outcome outcome{};
  Instant created;
  Instant ended;  // when the outcome happens
};

struct Step {
  Instant at;
  std::size_t life = 0;
  bool is_birth = true;
};

struct KeyProduct {
  const char* sku;
  const char* name;
  std::int64_t price;
};

// ~95 % of the units are the first (facts/operations.md §0.1).
constexpr std::array kKeyProducts = {
    KeyProduct{"17612 - 250340", "PT Kit 16 oz", 3999},
    KeyProduct{"17904 - 240276", "Travel Kit", 1250},
    KeyProduct{"17914 - 250297", "PPR Kit 32 oz", 5475},
    KeyProduct{"18675 - 240231", "Ortho Protect", 2999},
    KeyProduct{"18795 - 240270", "OraPro Paste", 899},
};

OrderSpec::Item key_item(Dice& dice, bool is_first) {
  const std::int64_t index = is_first && dice.chance(0.9) ? 0 : dice.below(kKeyProducts.size());
  const KeyProduct& product = kKeyProducts[static_cast<std::size_t>(index)];
  return {.sku = product.sku,
          .quantity = 1 + dice.below(dice.chance(0.2) ? 15 : 4),
          .unit_price = product.price,
          .name = product.name};
}

OrderSpec::Item foreign_item(Dice& dice) {
  return {.sku = fmt::format("BRUSH-{:02}", dice.below(40)),
          .quantity = 1 + dice.below(3),
          .unit_price = 495 + 50 * dice.below(20),
          .name = "Example brush"};
}

OrderSpec spec_of(Kind kind, std::int64_t nth, Dice& dice) {
  OrderSpec spec;
  spec.customer_email = fmt::format("buyer{}@example.com", dice.below(100'000));
  spec.ship_to = made_up_address(dice);
  std::int64_t lines = 1;
  if (!dice.chance(0.91)) lines = dice.chance(0.84) ? 2 : 3;
  switch (kind) {
    case Kind::known:
      // Shop numbers end in 5 and step by 10 (facts/operations.md §0.1).
      spec.number = std::to_string(600'005 + 10 * nth);
      spec.key = fmt::format("xcart-{}", spec.number);
      spec.store = kShopStore;
      break;
    case Kind::manual: break;
    case Kind::foreign:
      spec.number = fmt::format("S-{}", 5001 + nth);
      spec.store = kShopStore;
      break;
  }
  for (std::int64_t i = 0; i < lines; ++i) {
    spec.items.push_back(kind == Kind::foreign ? foreign_item(dice) : key_item(dice, i == 0));
  }
  return spec;
}

Outcome outcome_of(const SeedPlan& plan, Dice& dice) {
  if (dice.chance(plan.shipped_share)) return Outcome::shipped;
  const std::int64_t percent = dice.below(100);
  if (percent < 3) return Outcome::marked;
  if (percent < 7) return Outcome::held;
  if (percent < 11) return Outcome::cancelled;
  if (percent < 13) return Outcome::unpaid;
  return Outcome::waits;
}

// Births and ends of all orders, spread over the past.
std::vector<Life> lives_of(const SeedPlan& plan, Dice& dice, Instant now) {
  std::vector<Life> lives;
  const Micros span = days{plan.days_back};
  const auto live = [&](Kind kind, int count) {
    for (int i = 0; i < count; ++i) {
      Life life{.kind = kind, .outcome = outcome_of(plan, dice), .created = {}, .ended = {}};
      // Some share the very stamp of the one before, as after a bulk import.
      if (!lives.empty() && dice.chance(0.03)) {
        life.created = lives.back().created;
      } else {
        life.created = now - milliseconds{dice.below(span / milliseconds{1})} - milliseconds{1};
      }
      const auto age = (now - life.created) / milliseconds{1};
      life.ended = life.created + milliseconds{dice.below(std::max<std::int64_t>(1, age))};
      lives.push_back(life);
    }
  };
  live(Kind::known, plan.known);
  live(Kind::manual, plan.manual_new);
  live(Kind::foreign, plan.foreign);
  std::ranges::stable_sort(lives, {}, &Life::created);
  return lives;
}

std::vector<Step> steps_of(const std::vector<Life>& lives) {
  std::vector<Step> steps;
  for (std::size_t i = 0; i < lives.size(); ++i) {
    steps.push_back({lives[i].created, i, true});
    steps.push_back({lives[i].ended, i, false});
  }
  std::ranges::stable_sort(steps, {}, &Step::at);
  return steps;
}

// Ends an order's story. Answers the number of labels bought.
int finish(Account& account, std::int64_t order, Outcome outcome, Instant at, Dice& dice) {
  const auto must = [](const auto& result) {
    check(result.has_value(), "a seeded order can move");
  };
  switch (outcome) {
    case Outcome::waits: return 0;
    case Outcome::unpaid:
      must(account.edit(order, at, [](Order& unpaid) { unpaid.status = "awaiting_payment"; }));
      return 0;
    case Outcome::shipped: {
      ShipSpec spec;
      spec.packages = dice.chance(0.03) ? 2 : 1;
      if (dice.chance(0.4)) spec.service = "fedex_home_delivery";
      must(account.ship(order, spec, at));
      return spec.packages;
    }
    case Outcome::marked: must(account.mark_as_shipped(order, {}, at)); return 0;
    case Outcome::held:
      must(account.hold(order, account.zone().day(at) + days{40 + dice.below(60)}, at));
      return 0;
    case Outcome::cancelled: must(account.cancel(order, at)); return 0;
  }
  return 0;
}

}  // namespace

SeedPlan SeedPlan::of(int orders) {
  SeedPlan plan;
  plan.known = orders * 85 / 100;
  plan.foreign = orders * 5 / 100;
  plan.manual_new = orders - plan.known - plan.foreign;
  plan.most_shipments = std::max(1, orders / 4);
  return plan;
}

void seed_account(Account& account, const SeedPlan& plan, Dice& dice, Instant now) {
  const std::vector<Life> lives = lives_of(plan, dice, now);
  std::vector<std::int64_t> ids(lives.size());
  std::array<std::int64_t, 3> nth{};
  int labels = 0;
  for (const Step& step : steps_of(lives)) {
    const Life& life = lives[step.life];
    if (step.is_birth) {
      const auto kind = static_cast<std::size_t>(life.kind);
      ids[step.life] = account.create(spec_of(life.kind, nth[kind]++, dice), step.at);
      if (life.kind == Kind::known) account.note_known(ids[step.life]);
      continue;
    }
    Outcome outcome = life.outcome;
    if (outcome == Outcome::shipped && labels + 2 > plan.most_shipments) outcome = Outcome::waits;
    labels += finish(account, ids[step.life], outcome, step.at, dice);
  }
}

std::string known_sql(const Account& account) {
  std::string sql = "-- Orders that the order book knows before its first sync.\n";
  for (const std::int64_t id : account.known()) {
    const Order* order = account.find(id);
    if (order == nullptr) continue;
    sql += fmt::format(
        "INSERT INTO orders_inbox (order_number, order_date, status, shipstation_order_id, "
        "source_system) VALUES ('{}', '{}', 'awaiting_shipment', '{}', 'X-Cart');\n",
        order->number, day_form(day_of(order->ordered)), id);
  }
  return sql;
}

Address made_up_address(Dice& dice) {
  struct Place {
    const char* city;
    const char* state;
    const char* postal_code;
  };
  static constexpr std::array kPlaces = {
      Place{"TESTVILLE", "MN", "55101"}, Place{"SAMPLETON", "TX", "75001"},
      Place{"MOCK CITY", "CA", "90001"}, Place{"DEMO FALLS", "NY", "10001"},
      Place{"HONOLULU", "HI", "96801"},
  };
  const Place& place = kPlaces[static_cast<std::size_t>(dice.below(std::ssize(kPlaces)))];
  Address address;
  address.name = fmt::format("{} Example", static_cast<char>('A' + dice.below(26)));
  if (dice.chance(0.6)) address.company = fmt::format("Example Dental {}", 1 + dice.below(200));
  address.street1 = fmt::format("{} Main St", 1 + dice.below(999));
  address.street2 = "";
  address.city = place.city;
  address.state = place.state;
  address.postal_code = place.postal_code;
  address.country = "US";
  address.residential = dice.chance(0.3);
  address.verified = "Address validated successfully";
  return address;
}

}  // namespace tallyman::sandbox
