// "As of when, and is it proven?" – what every number on a page says about itself.
#pragma once

#include <string>
#include <string_view>

#include "domain/base/ids.h"
#include "domain/base/time.h"
#include "domain/base/zone.h"
#include "domain/work/schedule.h"
#include "ports/database.h"

namespace tallyman::views {

// What reading ShipStation is measured by here and now.
struct ReadingRules {
  AccountId account = kDefaultAccount;
  bool is_set_up = true;                       // its credentials are here
  work::Schedule schedule = work::Interval{};  // of the sync, the one in force
  Zone warehouse{};                            // in which times are told
};

// Whether ShipStation is being read. Everything but `current` means that nobody knows what has
// changed there since Provenance::as_of.
enum class Reading {
  current,
  late,        // on, but not read for as long as work::patience() bears
  off,         // the sync is switched off
  not_set_up,  // it has been read, and has no credentials any more
  never
};
std::string_view word(Reading reading);

struct Provenance {
  Instant as_of;  // ShipStation was read up to here; while it never was, now
  bool proven = false;
  std::string proof;  // why, in words
  Reading reading = Reading::current;
};

Provenance provenance(ports::Tx& tx, const ReadingRules& rules);

}  // namespace tallyman::views
