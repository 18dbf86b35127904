#include "adapters/mail/message.h"

#include <algorithm>
#include <array>
#include <chrono>

#include <fmt/format.h>

#include "domain/base/mail_address.h"

namespace tallyman::mail {

namespace {

constexpr std::size_t kLineMost = 76;          // RFC 2045: of quoted-printable
constexpr std::size_t kPlainHeaderMost = 900;  // RFC 5322: a line has at most 998
constexpr std::size_t kWordBytes = 39;         // in base64 and behind "Subject: ": 73 columns
constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

unsigned byte_of(char c) { return static_cast<unsigned char>(c); }

bool is_control(char c) { return byte_of(c) < 0x20U || byte_of(c) == 0x7FU; }
bool is_plain(char c) { return byte_of(c) >= 0x20U && byte_of(c) < 0x7FU; }

std::string base64(std::string_view bytes) {
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto left = bytes.size() - i;
    const unsigned group = (byte_of(bytes[i]) << 16U) |
                           (left > 1 ? byte_of(bytes[i + 1]) << 8U : 0U) |
                           (left > 2 ? byte_of(bytes[i + 2]) : 0U);
    text += kBase64[(group >> 18U) & 63U];
    text += kBase64[(group >> 12U) & 63U];
    text += left > 1 ? kBase64[(group >> 6U) & 63U] : '=';
    text += left > 2 ? kBase64[group & 63U] : '=';
  }
  return text;
}

// The longest beginning of at most `most` bytes that ends between characters.
std::size_t whole_characters(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text.size();
  std::size_t end = most;
  while (end > 0 && (byte_of(text[end]) & 0xC0U) == 0x80U) --end;
  return end == 0 ? most : end;  // not UTF-8: anywhere
}

bool is_message_id(std::string_view id) {
  return id.size() > 4 && id.size() < 250 && id.starts_with('<') && id.ends_with('>') &&
         mail_address_from(id.substr(1, id.size() - 2)).has_value();
}

}  // namespace

std::string date_text(Instant at) {
  static constexpr std::array<std::string_view, 7> kDays{"Sun", "Mon", "Tue", "Wed",
                                                         "Thu", "Fri", "Sat"};
  static constexpr std::array<std::string_view, 12> kMonths{
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(at - day)};
  return fmt::format(
      "{}, {} {} {} {:02}:{:02}:{:02} +0000", kDays.at(std::chrono::weekday{day}.c_encoding()),
      static_cast<unsigned>(date.day()), kMonths.at(static_cast<unsigned>(date.month()) - 1),
      static_cast<int>(date.year()), clock.hours().count(), clock.minutes().count(),
      clock.seconds().count());
}

std::string header_text(std::string_view text) {
  const bool plain = std::ranges::all_of(text, is_plain) && text.size() <= kPlainHeaderMost &&
                     text.find("=?") == std::string_view::npos;
  if (plain) return std::string(text);
  std::string encoded;
  while (!text.empty()) {
    const auto end = whole_characters(text, kWordBytes);
    if (!encoded.empty()) encoded += "\r\n ";
    encoded += "=?UTF-8?B?" + base64(text.substr(0, end)) + "?=";
    text.remove_prefix(end);
  }
  return encoded;
}

std::string quoted_printable(std::string_view text) {
  std::string out;
  std::size_t column = 0;
  const auto put = [&](std::string_view piece) {
    if (column + piece.size() > kLineMost - 1) {  // one place is kept for the soft end
      out += "=\r\n";
      column = 0;
    }
    out += piece;
    column += piece.size();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool ends_line = i + 1 == text.size() || text[i + 1] == '\n' || text[i + 1] == '\r';
    if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    if (c == '\n') {
      out += "\r\n";
      column = 0;
    } else if (c == '=' || c == '.' || !is_plain(c) || (c == ' ' && ends_line)) {
      // A dot at the beginning of a line is SMTP's; encoded it is nobody's.
      if (c == '.' && column != 0 && column + 1 < kLineMost) {
        put(".");
      } else {
        put(fmt::format("={:02X}", byte_of(c)));
      }
    } else {
      put({&c, 1});
    }
  }
  return out;
}

Result<std::string> compose(const ports::MailMessage& message, std::string_view from) {
  // Checked as they are: trimming here would send something else than was asked for.
  for (const auto address : {std::string_view(message.to), from}) {
    const auto checked = mail_address_from(address);
    if (!checked || *checked != address) return problem("an address is not one that can be sent");
  }
  if (std::ranges::any_of(message.subject, is_control)) {
    return problem("the subject holds a line end or another control character");
  }
  if (!is_message_id(message.message_id)) return problem("the Message-ID is not one");
  std::string mail = fmt::format(
      "Date: {}\r\nFrom: tallyman <{}>\r\nTo: {}\r\nSubject: {}\r\nMessage-ID: {}\r\n"
      "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
      "Content-Type: text/plain; charset=utf-8\r\n"
      "Content-Transfer-Encoding: quoted-printable\r\n\r\n",
      date_text(message.date), from, message.to, header_text(message.subject), message.message_id);
  mail += quoted_printable(message.text);
  if (!mail.ends_with("\r\n")) mail += "\r\n";
  if (mail.size() > kMessageBytesMost) return problem("the mail is larger than 1 MiB");
  return mail;
}

}  // namespace tallyman::mail
