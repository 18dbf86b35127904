// How far each stream has provably been read, and where an unfinished pass stands.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/base/ids.h"
#include "domain/base/time.h"
#include "ports/database.h"

namespace tallyman::book {

struct StoredWatermark {
  std::string text;  // last_sync_timestamp, as people see and sometimes edit it
  std::optional<Instant> watermark;
  std::optional<Instant> read_until;
};
// No value: never written. Whether it is sane is domain/sync's to say.
std::optional<StoredWatermark> find_watermark(ports::Tx& tx, AccountId account,
                                              std::string_view stream);
void put_watermark(ports::Tx& tx, AccountId account, std::string_view stream,
                   std::optional<Instant> watermark, std::optional<Instant> read_until);
// The stream counts as never read: it is due in the next cycle, from its watermark on.
void mark_due(ports::Tx& tx, AccountId account, std::string_view stream);

struct Checkpoint {
  RunId run;
  std::string state;  // JSON text of domain/sync's checkpoint
};
std::optional<Checkpoint> find_checkpoint(ports::Tx& tx, AccountId account,
                                          std::string_view stream);
void put_checkpoint(ports::Tx& tx, AccountId account, std::string_view stream, const RunId& run,
                    std::string_view state);
void drop_checkpoint(ports::Tx& tx, AccountId account, std::string_view stream);

}  // namespace tallyman::book
