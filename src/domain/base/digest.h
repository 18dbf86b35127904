// SHA-256 of bytes, as 64 hex digits: content hashes and fingerprints. Not for passwords.
#pragma once

#include <string>
#include <string_view>

#include "domain/base/secret.h"

namespace tallyman {

std::string sha256_hex(std::string_view bytes);

// HMAC-SHA-256 (RFC 2104): only who has the key can make it. The key may have any length.
std::string hmac_sha256_hex(const Secret& key, std::string_view bytes);

}  // namespace tallyman
