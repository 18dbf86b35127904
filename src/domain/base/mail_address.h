// E-mail addresses as we accept them: plain ASCII, one "@", nothing that a header or an SMTP
// command could take for something else.
#pragma once

#include <string>
#include <string_view>

#include "domain/base/result.h"

namespace tallyman {

// The address without surrounding blanks.
Result<std::string> mail_address_from(std::string_view text);

// What stands behind the "@".
std::string_view domain_of(std::string_view address);

}  // namespace tallyman
