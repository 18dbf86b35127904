// "As of when, and is it proven?" – what every number on a page says about itself.
#pragma once

#include <string>

#include "domain/base/ids.h"
#include "domain/base/time.h"
#include "ports/database.h"

namespace tallyman::views {

struct Provenance {
  Instant as_of;  // ShipStation was read up to here; without any good run, now
  bool proven = false;
  std::string proof;  // why, in words
};

Provenance provenance(ports::Tx& tx, AccountId account);

}  // namespace tallyman::views
