// Why ShipStation and the order book count different units to ship: every order that adds to the
// difference is put under one named cause. Pure; the book says which orders differ.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tallyman::orders {

// Orders whose units count as "to ship" in the order book.
bool counts_as_to_ship(std::string_view status);

enum class GapCause {
  not_ours,       // awaiting in ShipStation, decided not to keep
  undecided,      // a case waits for a person
  unreadable,     // in quarantine
  closed_here,    // awaiting there, but on hold, shipped or closed here
  to_upload,      // pending here, not in ShipStation yet
  not_read_yet,   // a row of the book that no ShipStation order was seen for
  parts_done,     // part of a split order has left "awaiting" there
  not_counted,    // read before units were kept; comes right when it changes
  without_lines,  // a ghost: arrived without lines
  unexplained,
};

// A local order that counts as to ship, against the ShipStation orders linked to it.
struct LocalUnits {
  std::string status;
  std::int64_t units = 0;
  std::int64_t lines = 0;
  std::int64_t awaiting_units = 0;  // of its parts that await shipment at ShipStation
  std::int64_t awaiting = 0;        // parts
  std::int64_t parts = 0;           // ShipStation orders linked to it
  std::int64_t uncounted = 0;       // awaiting parts whose units are not known
};
GapCause cause_of(const LocalUnits& order);

// ShipStation orders awaiting shipment that no counted local order stands for.
struct RemoteUnits {
  std::string disposition;
  bool known_here = false;  // linked to an order of the book that does not count
  bool uncounted = false;
};
GapCause cause_of(const RemoteUnits& order);

struct Gap {
  GapCause cause{};
  std::int64_t orders = 0;
  std::int64_t units = 0;  // more in ShipStation; negative: more here
  friend bool operator==(const Gap&, const Gap&) = default;
};
// One row per cause, in the order of the enum.
std::vector<Gap> summed(const std::vector<Gap>& gaps);

std::string sentence(const Gap& gap);
// Everything but what nobody can name.
bool is_explained(const std::vector<Gap>& gaps);

}  // namespace tallyman::orders
