// Alerts as they stand in the book. What is an alert and what is remembered is domain/alerts'
// business; here rows are read and written.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/alerts/finding.h"
#include "domain/alerts/memory.h"
#include "domain/base/time.h"
#include "ports/database.h"

namespace tallyman::book {

struct Alert {
  alerts::Standing standing;
  std::string title;
  std::string detail;
  std::string evidence;  // path of a page
  std::optional<std::string> owner;
  Instant opened;
  Instant last_seen;
  std::int64_t seen = 1;
  std::optional<Instant> acknowledged;
  std::optional<std::string> acknowledged_by;
  std::optional<Instant> resolved;
  std::optional<std::string> resolved_by;
  std::optional<std::string> resolution;
  std::optional<Instant> mail_queued;
  std::optional<Instant> mailed;  // a mail server took it
};

// Those that still count, oldest first: open, or resolved while their condition lasts.
std::vector<Alert> standing_alerts(ports::Tx& tx);

// None: somebody else opened it a moment ago.
std::optional<alerts::AlertId> open_alert(ports::Tx& tx, const alerts::Finding& finding);
void refresh_alert(ports::Tx& tx, alerts::AlertId id, const alerts::Finding& finding);
void wake_alert(ports::Tx& tx, alerts::AlertId id);

// Whether the condition lasts on, so that the resolution is remembered.
enum class Condition { lasts, ended };
// False: it is not open (any more).
bool resolve_alert(ports::Tx& tx, alerts::AlertId id, std::string_view who,
                   std::string_view resolution, Condition condition);
// A resolved one whose condition has ended: its memory ends.
void forget_alert(ports::Tx& tx, alerts::AlertId id);

// False: it is not open.
bool acknowledge_alert(ports::Tx& tx, alerts::AlertId id, std::string_view who,
                       std::string_view owner);
bool snooze_alert(ports::Tx& tx, alerts::AlertId id, Instant until);

std::optional<Alert> find_alert(ports::Tx& tx, alerts::AlertId id);
// Newest first, `before` continues behind that one. No state: all of them.
std::vector<Alert> list_alerts(ports::Tx& tx, std::optional<alerts::State> state,
                               std::optional<alerts::AlertId> before, std::int64_t limit);

struct AlertCounts {
  std::int64_t open = 0;  // not snoozed; by severity below
  std::int64_t critical = 0;
  std::int64_t warning = 0;
  std::int64_t info = 0;
  std::int64_t snoozed = 0;
  std::int64_t acknowledged = 0;  // among the open ones
};
AlertCounts count_open_alerts(ports::Tx& tx);

void note_mail_queued(ports::Tx& tx, alerts::AlertId id);
void note_mailed(ports::Tx& tx, alerts::AlertId id);
// When mails about (rule, subject) were written last, as far back as `since`.
using AboutWhat = std::pair<std::string, std::string>;
std::map<AboutWhat, Instant> recent_alert_mails(ports::Tx& tx, Instant since);

}  // namespace tallyman::book
