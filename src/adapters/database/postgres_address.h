// A PostgreSQL URL taken apart, so that what people see never holds the password.
#pragma once

#include <map>
#include <string>

#include "domain/base/result.h"

namespace tallyman::database {

// libpq's keywords and values, as given in the URL.
using PostgresAddress = std::map<std::string, std::string>;

// A problem never repeats any part of the URL.
Result<PostgresAddress> postgres_address(const std::string& url);

// "postgresql://user@host:port/name".
std::string describe(const PostgresAddress& address);

// `text` with every occurrence of the password replaced.
std::string without_password(std::string text, const PostgresAddress& address);

}  // namespace tallyman::database
