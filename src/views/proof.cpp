#include "views/proof.h"

#include <fmt/format.h>

#include "adapters/book/quarantine.h"
#include "adapters/book/runs.h"
#include "adapters/book/watermarks.h"

namespace tallyman::views {

Provenance provenance(ports::Tx& tx, AccountId account) {
  const auto watermark = book::find_watermark(tx, account, "shipstation-sync");
  const auto last = book::last_finished_run(tx, account, "shipstation-sync");
  Provenance answer{.as_of = tx.now(), .proven = false, .proof = {}};
  if (watermark && watermark->read_until) answer.as_of = *watermark->read_until;
  if (!last) {
    answer.proof = "Not proven: ShipStation has not been read yet.";
    return answer;
  }
  if (last->outcome == book::word(book::Outcome::failed)) {
    answer.proof = "Not proven: the last sync failed. " + last->message;
    return answer;
  }
  const auto open = book::count_open_quarantine(tx, account);
  if (open > 0) {
    answer.proof = fmt::format("Not proven: {} in quarantine.",
                               open == 1 ? "1 document is" : fmt::format("{} documents are", open));
    return answer;
  }
  answer.proven = true;
  answer.proof = fmt::format(
      "Proven: ShipStation counted {}, {} were received and each is "
      "accounted for.",
      last->numbers.source_total, last->numbers.received);
  return answer;
}

}  // namespace tallyman::views
