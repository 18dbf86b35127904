// What nobody has verified about ShipStation (facts/shipstation.md §15) is a switch here, so that a
// client can be tried against every answer.
#pragma once

#include <string>
#include <string_view>

#include "domain/base/result.h"

namespace tallyman::sandbox {

// How `…DateStart` treats a row: later than the bound, at or later, or not even in its second.
enum class StartBound { exclusive, inclusive, after_its_second };
// How `…DateEnd` treats a row: at or earlier, earlier, or also the rest of its second.
enum class EndBound { inclusive, exclusive, through_its_second };
enum class LargePage { clamp, reject };         // pageSize over 500
enum class LockedUpdate { reject, ignore };     // createorder on a shipped or cancelled order
enum class OnePage { one, zero };               // "pages" when everything fits on one
enum class RetryAfter { absent, present };      // on a 429
enum class ReadOnlyMembers { accept, reject };  // createDate … sent back in createorder

struct Behaviour {
  StartBound start = StartBound::exclusive;  // orders; shipments say "on or after"
  EndBound end = EndBound::inclusive;
  LargePage large_page = LargePage::clamp;
  LockedUpdate locked_update = LockedUpdate::reject;
  OnePage one_page = OnePage::one;
  RetryAfter retry_after = RetryAfter::absent;
  ReadOnlyMembers read_only = ReadOnlyMembers::accept;
  friend bool operator==(const Behaviour&, const Behaviour&) = default;
};

// Sets one switch from "name=value", for example "start=inclusive". The Problem lists what exists.
Result<Behaviour> with_switch(Behaviour behaviour, std::string_view name_and_value);

// One line per switch with its values, the default first: for --help.
std::string behaviour_help();

}  // namespace tallyman::sandbox
