#include "domain/base/digest.h"

#include <array>

#include <sodium.h>

namespace tallyman {

namespace {

using Digest = std::array<unsigned char, 32>;

std::string hex_of(const Digest& digest) {
  std::string hex(digest.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  hex.pop_back();
  return hex;
}

const unsigned char* octets(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  static_assert(std::tuple_size_v<Digest> == crypto_hash_sha256_BYTES);
  Digest digest{};
  crypto_hash_sha256(digest.data(), octets(bytes), bytes.size());
  return hex_of(digest);
}

std::string blake2b_hex(std::string_view bytes) {
  // Lets the library look once which instructions this processor has.
  [[maybe_unused]] static const int ready = sodium_init();
  Digest digest{};
  crypto_generichash(digest.data(), digest.size(), octets(bytes), bytes.size(), nullptr, 0);
  return hex_of(digest);
}

std::string hmac_sha256_hex(const Secret& key, std::string_view bytes) {
  static_assert(std::tuple_size_v<Digest> == crypto_auth_hmacsha256_BYTES);
  crypto_auth_hmacsha256_state state{};
  crypto_auth_hmacsha256_init(&state, octets(key.reveal()), key.reveal().size());
  crypto_auth_hmacsha256_update(&state, octets(bytes), bytes.size());
  Digest digest{};
  crypto_auth_hmacsha256_final(&state, digest.data());
  return hex_of(digest);
}

}  // namespace tallyman
