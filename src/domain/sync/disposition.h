// How every row that was received ended, and the proof that none was lost on the way (A10).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "domain/sync/reader.h"

namespace tallyman::sync {

enum class Disposition {
  applied,      // written
  unchanged,    // known already, nothing written
  skipped,      // not ours, with a reason
  quarantined,  // unreadable or refused by the book; the quarantine owns it now
  deferred,     // a case waits for a person
};

std::string_view word(Disposition disposition);  // "applied"

// Whether the watermark may pass a row that ended so: all but deferred.
enum class Disposed { yes, no };
Disposed disposed(Disposition disposition);

struct Counts {
  std::int64_t applied = 0;
  std::int64_t unchanged = 0;
  std::map<std::string, std::int64_t> skipped;  // by reason
  std::int64_t quarantined = 0;
  std::int64_t deferred = 0;

  void add(Disposition disposition, std::string_view reason = {});  // reason: of a skip
  std::int64_t skipped_in_all() const;
  std::int64_t sum() const;
  Counts& operator+=(const Counts& other);
  friend bool operator==(const Counts&, const Counts&) = default;
};

enum class Proven { yes, no };

struct Proof {
  Proven proven = Proven::yes;
  std::vector<std::string> gaps;  // what does not add up, in words; empty when proven
};

// total <= distinct rows received, and received = applied + unchanged + skipped + quarantined +
// deferred. Rows in holes count as received and belong into `quarantined`.
Proof prove(const ReadTally& tally, const Counts& counts);

}  // namespace tallyman::sync
