#include "domain/base/digest.h"

#include <array>

#include <sodium.h>

namespace tallyman {

namespace {

const unsigned char* as_bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

template <std::size_t N>
std::string hex_of(const std::array<unsigned char, N>& digest) {
  std::string hex(digest.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  hex.pop_back();
  return hex;
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256(digest.data(), as_bytes(bytes), bytes.size());
  return hex_of(digest);
}

std::string hmac_sha256_hex(const Secret& key, std::string_view bytes) {
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> digest{};
  crypto_auth_hmacsha256_state state{};
  crypto_auth_hmacsha256_init(&state, as_bytes(key.reveal()), key.reveal().size());
  crypto_auth_hmacsha256_update(&state, as_bytes(bytes), bytes.size());
  crypto_auth_hmacsha256_final(&state, digest.data());
  return hex_of(digest);
}

}  // namespace tallyman
