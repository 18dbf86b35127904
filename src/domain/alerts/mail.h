// What is told by mail, and in which words (requirements J4): one mail per check, ten lines at
// most, each with its link.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/alerts/finding.h"
#include "domain/alerts/limits.h"
#include "domain/alerts/memory.h"
#include "domain/base/time.h"

namespace tallyman::alerts {

inline constexpr std::size_t kMailLines = 10;
inline constexpr std::int64_t kLooksBeforeMail = 2;

// An open alert, as far as mail goes.
struct Untold {
  AlertId id;
  std::string rule;
  std::string subject;
  Severity severity = Severity::warning;
  std::int64_t seen = 1;  // looks that found it
  bool queued = false;    // a mail about it was written
  bool acknowledged = false;
  bool snoozed = false;
  std::optional<Instant> last_mail{};  // about the same rule and subject, any alert
};

// Warnings and critical ones that a second look confirmed, once per alert, and not again within
// the pause about the same thing. Never about mail that could not be sent.
bool owes_mail(const Untold& alert, Instant now, const Limits& limits = {});

// Resolved by itself: told for critical ones whose opening was told.
bool owes_all_clear(Severity severity, bool opening_was_queued);

struct MailLine {
  AlertId id;
  Severity severity = Severity::warning;
  std::string title;
  std::string evidence;  // path
};

struct MailText {
  std::string subject;
  std::string text;
};
// `base`: "https://tally.example", without a slash at its end. At least one line in all.
MailText mail_text(std::span<const MailLine> opened, std::span<const MailLine> cleared,
                   std::string_view base);

// The same mail to the same person has the same Message-ID, so that a repeat is recognised.
std::string message_id(std::span<const MailLine> opened, std::span<const MailLine> cleared,
                       std::string_view recipient, std::string_view sender_domain);

}  // namespace tallyman::alerts
