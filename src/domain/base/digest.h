// SHA-256 of bytes, as 64 hex digits: content hashes and fingerprints. Not for passwords.
#pragma once

#include <string>
#include <string_view>

namespace tallyman {

std::string sha256_hex(std::string_view bytes);

}  // namespace tallyman
