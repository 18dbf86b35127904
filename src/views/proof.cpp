#include "views/proof.h"

#include <fmt/format.h>

#include "adapters/book/controls.h"
#include "adapters/book/quarantine.h"
#include "adapters/book/runs.h"
#include "adapters/book/watermarks.h"
#include "domain/work/health.h"
#include "views/failure_words.h"
#include "views/when.h"

namespace tallyman::views {

namespace {

constexpr std::string_view kSync = "shipstation-sync";

// Up to when ShipStation was read; without that, when the last run that read it ended.
std::optional<Instant> read_until(ports::Tx& tx, AccountId account) {
  const auto watermark = book::find_watermark(tx, account, kSync);
  if (watermark && watermark->read_until) return watermark->read_until;
  return book::credentials_seen(tx, account, kSync).accepted;
}

Reading reading_of(ports::Tx& tx, const ReadingRules& rules, const std::optional<Instant>& until) {
  if (!until) return Reading::never;
  if (!rules.is_set_up) return Reading::not_set_up;
  if (!book::is_enabled(tx, kSync)) return Reading::off;
  return tx.now() - *until > work::patience(rules.schedule) ? Reading::late : Reading::current;
}

std::string never_text(const ReadingRules& rules, const std::optional<book::Run>& last) {
  if (!rules.is_set_up) return "Not known yet: ShipStation is not set up.";
  if (last) return "Not known yet: no sync has succeeded. " + plain_message(*last);
  return "Not known yet: ShipStation has not been read.";
}

std::string late_text(const std::optional<book::Run>& last) {
  if (last && last->outcome == book::word(book::Outcome::failed)) {
    return "the last sync failed. " + plain_message(*last);
  }
  return "no sync has run to its end since then.";
}

// What the last run says, when it is young enough to say something.
void judge(ports::Tx& tx, AccountId account, const std::optional<book::Run>& last,
           Provenance& answer) {
  if (!last || last->outcome == book::word(book::Outcome::failed)) {
    answer.proof = "Not proven: the last sync failed." + (last ? " " + plain_message(*last) : "");
    return;
  }
  const auto open = book::count_open_quarantine(tx, account);
  if (open > 0) {
    answer.proof = fmt::format("Not proven: {} in quarantine.",
                               open == 1 ? "1 document is" : fmt::format("{} documents are", open));
    return;
  }
  answer.proven = true;
  answer.proof = fmt::format(
      "Proven: ShipStation counted {}, {} were received and each is "
      "accounted for.",
      last->numbers.source_total, last->numbers.received);
}

}  // namespace

std::string_view word(Reading reading) {
  switch (reading) {
    case Reading::current: return "current";
    case Reading::late: return "late";
    case Reading::off: return "off";
    case Reading::not_set_up: return "not_set_up";
    case Reading::never: return "never";
  }
  return "?";
}

Provenance provenance(ports::Tx& tx, const ReadingRules& rules) {
  const auto until = read_until(tx, rules.account);
  const auto last = book::last_finished_run(tx, rules.account, kSync);
  Provenance answer{.as_of = until.value_or(tx.now()),
                    .proven = false,
                    .proof = {},
                    .reading = reading_of(tx, rules, until)};
  const std::string since = "Not read since " + when(answer.as_of, rules.warehouse) + ": ";
  switch (answer.reading) {
    case Reading::current: judge(tx, rules.account, last, answer); break;
    case Reading::late: answer.proof = since + late_text(last); break;
    case Reading::off: answer.proof = since + "the sync is switched off."; break;
    case Reading::not_set_up: answer.proof = since + "ShipStation is not set up here."; break;
    case Reading::never: answer.proof = never_text(rules, last); break;
  }
  return answer;
}

}  // namespace tallyman::views
