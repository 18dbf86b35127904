// Digests of bytes, as 64 hex digits. Not for passwords.
#pragma once

#include <string>
#include <string_view>

#include "domain/base/secret.h"

namespace tallyman {

// Fingerprints, and what others compare with.
std::string sha256_hex(std::string_view bytes);

// BLAKE2b-256: what only this program compares, such as the content of every order it reads. Three
// times as fast without instructions of the processor's own.
std::string blake2b_hex(std::string_view bytes);

// HMAC-SHA-256 (RFC 2104): only who has the key can make it. The key may have any length.
std::string hmac_sha256_hex(const Secret& key, std::string_view bytes);

}  // namespace tallyman
