// Digests of bytes, as 64 hex digits. Not for passwords.
#pragma once

#include <string>
#include <string_view>

namespace tallyman {

// Fingerprints, and what others compare with.
std::string sha256_hex(std::string_view bytes);

// BLAKE2b-256: what only this program compares, such as the content of every order it reads. Three
// times as fast without instructions of the processor's own.
std::string blake2b_hex(std::string_view bytes);

}  // namespace tallyman
