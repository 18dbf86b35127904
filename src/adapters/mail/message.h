// A mail as the bytes that go over the wire (RFC 5322, 2045, 2047): headers that nobody can break
// out of, text in quoted-printable. Pure.
#pragma once

#include <string>
#include <string_view>

#include "domain/base/result.h"
#include "domain/base/time.h"
#include "ports/mail.h"

namespace tallyman::mail {

inline constexpr std::size_t kMessageBytesMost = 1U << 20U;

// A problem when an address is none, when a header would hold a line end or another control
// character, or when it is larger than kMessageBytesMost.
Result<std::string> compose(const ports::MailMessage& message, std::string_view from);

// "Fri, 20 Nov 2026 15:00:00 +0000".
std::string date_text(Instant at);

// ASCII as it is; else encoded words of UTF-8, folded, none longer than 75 (RFC 2047).
std::string header_text(std::string_view text);

std::string quoted_printable(std::string_view text);

}  // namespace tallyman::mail
