// A believable past for the sandbox: invented orders of the three kinds that the sync must tell
// apart (facts/operations.md §0.1, §15.1).
#pragma once

#include <cstdint>
#include <string>

#include "sandbox/shipstation/account.h"

namespace tallyman::sandbox {

struct SeedPlan {
  int known = 1700;             // shop orders that the order book already has (see known_sql)
  int manual_new = 200;         // made by hand in ShipStation, key SKUs, numbers 100001 …
  int foreign = 100;            // other numbers and SKUs: not ours
  double shipped_share = 0.24;  // of all orders
  int most_shipments = 500;     // labels at most
  int days_back = 29;           // modifyDates lie in the last so many days

  // 85 % known, 10 % manual, 5 % foreign; labels at most a quarter.
  static SeedPlan of(int orders);
};

void seed_account(Account& account, const SeedPlan& plan, Dice& dice, Instant now);

// INSERT statements with the five columns of the plans for the known orders, for SQLite and
// PostgreSQL: they are what an order book looks like before the first sync.
std::string known_sql(const Account& account);

// Invented people and streets: "A Example", "1 Main St".
Address made_up_address(Dice& dice);

}  // namespace tallyman::sandbox
