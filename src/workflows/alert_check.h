// alert-check: once a minute, look at the installation, decide what is wrong, and keep the alerts
// and the mails about them in step. Housekeeping: it has no switch and cannot be turned off.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/book/jobs.h"
#include "domain/alerts/finding.h"
#include "domain/alerts/limits.h"
#include "domain/alerts/observed.h"
#include "domain/base/ids.h"
#include "domain/base/zone.h"
#include "domain/settings/values.h"
#include "engine/worker.h"
#include "ports/database.h"

namespace tallyman::workflows {

inline constexpr std::string_view kAlertCheck = "alert-check";

// What this program has of a partner; the other living nodes tell theirs in the book.
struct WatchedPartner {
  std::string name;   // as in workflow_table()
  std::string title;  // for people: "ShipStation"
  alerts::Credentials credentials = alerts::Credentials::none;
  std::string fingerprint{};  // tells credentials apart without telling them
};
// What the nodes write down about theirs.
std::string_view word(alerts::Credentials credentials);

// How alerts leave the house. Where neither this program nor a living node has one, they stand on
// the page only.
struct AlertMail {
  std::string from;      // an address
  std::string base_url;  // of the links, without a slash at its end
};

struct AlertCheckSettings {
  AccountId account = kDefaultAccount;
  std::vector<WatchedPartner> partners{};
  Zone warehouse{};
  settings::Table table{};  // has mail.alerts_to and the schedules
  settings::Configured configured{};
  alerts::Limits limits{};
  std::optional<AlertMail> mail{};
  std::function<std::optional<alerts::DiskSeen>()> disk{};  // of the order book, where it is ours
};

// What the rules look at, in one read transaction. Also what `tallyman doctor` looks at.
alerts::Observed observe(ports::Tx& tx, const AlertCheckSettings& settings);

struct AlertCheckResult {
  std::int64_t found = 0;
  std::int64_t opened = 0;
  std::int64_t closed = 0;
  std::int64_t mails = 0;  // jobs written
};
using WriteTx = std::function<void(const std::function<void(ports::Tx&)>&)>;
// `write` runs one write transaction: alerts, live events and mail jobs commit together.
AlertCheckResult check_alerts(ports::Database& database, const WriteTx& write,
                              const AlertCheckSettings& settings);

// For the worker; `database` must outlive the handler.
engine::JobHandler alert_check_job(ports::Database& database, AlertCheckSettings settings);
// To be enqueued every minute: one at a time, and none that waits while another does.
book::NewJob next_alert_check();

}  // namespace tallyman::workflows
