#include "domain/alerts/mail.h"

#include <algorithm>

#include <fmt/format.h>

#include "domain/alerts/words.h"
#include "domain/base/digest.h"

namespace tallyman::alerts {

namespace {

constexpr std::size_t kIdDigits = 32;
constexpr std::string_view kMailKind = "send-mail";

const MailLine& worst(std::span<const MailLine> lines) {
  return *std::ranges::max_element(
      lines, [](const MailLine& a, const MailLine& b) { return a.severity < b.severity; });
}

std::string subject_of(std::span<const MailLine> lines, std::string_view word,
                       std::size_t all_lines) {
  const auto& first = worst(lines);
  const auto more = all_lines - 1;
  return fmt::format("[tallyman] {}: {}{}", word, one_line(first.title, kQuoteBytes / 2),
                     more == 0 ? std::string() : fmt::format(" (and {} more)", more));
}

std::string line_of(const MailLine& line, std::string_view word, std::string_view base) {
  return fmt::format("{}: {}  {}{}\n", word, one_line(line.title, kQuoteBytes), base,
                     line.evidence.empty() ? "/alerts" : line.evidence);
}

}  // namespace

bool owes_mail(const Untold& alert, Instant now, const Limits& limits) {
  const bool about_mail = alert.rule == "dead_jobs" && alert.subject == kMailKind;
  if (alert.severity == Severity::info || about_mail) return false;
  if (alert.queued || alert.acknowledged || alert.snoozed) return false;
  if (alert.seen < kLooksBeforeMail) return false;
  return !alert.last_mail || now - *alert.last_mail >= limits.mail_pause;
}

bool owes_all_clear(Severity severity, bool opening_was_queued) {
  return severity == Severity::critical && opening_was_queued;
}

MailText mail_text(std::span<const MailLine> opened, std::span<const MailLine> cleared,
                   std::string_view base) {
  const std::size_t all = opened.size() + cleared.size();
  MailText mail;
  mail.subject = opened.empty() ? subject_of(cleared, "resolved", all)
                                : subject_of(opened, word(worst(opened).severity), all);
  // Critical ones first; the last line says how many did not fit.
  std::vector<std::string> lines;
  for (const auto severity : {Severity::critical, Severity::warning, Severity::info}) {
    for (const auto& line : opened) {
      if (line.severity == severity) lines.push_back(line_of(line, word(severity), base));
    }
  }
  for (const auto& line : cleared) lines.push_back(line_of(line, "resolved", base));
  if (lines.size() > kMailLines) {
    const auto left = lines.size() - (kMailLines - 1);
    lines.resize(kMailLines - 1);
    lines.push_back(fmt::format("and {} more: {}/alerts\n", left, base));
  }
  for (const auto& line : lines) mail.text += line;
  return mail;
}

std::string message_id(std::span<const MailLine> opened, std::span<const MailLine> cleared,
                       std::string_view recipient, std::string_view sender_domain) {
  std::string text = "alert mail v1\n" + std::string(recipient) + "\n";
  for (const auto& line : opened) text += fmt::format("opened {}\n", line.id.value);
  for (const auto& line : cleared) text += fmt::format("cleared {}\n", line.id.value);
  return fmt::format("<alert.{}@{}>", sha256_hex(text).substr(0, kIdDigits), sender_domain);
}

}  // namespace tallyman::alerts
