#include "adapters/secrets/passwords.h"

#include <array>
#include <new>
#include <semaphore>
#include <string>
#include <string_view>

#include <sodium.h>

#include "domain/base/check.h"

namespace tallyman::secrets {

namespace {

constexpr std::ptrdiff_t kMostAtATime = 8;
constexpr std::size_t kKib = 1024;

// A well-formed hash of these costs whose digest is all zeros.
std::string hash_of_nobody(const HashCost& cost) {
  static constexpr std::string_view kSalt = "bm9ib2R5IGtub3dzIGl0IQ";  // 22 digits, no secret
  return "$argon2id$v=19$m=" + std::to_string(cost.memory_kib) +
         ",t=" + std::to_string(cost.passes) + ",p=1$" + std::string(kSalt) + "$" +
         std::string(43, 'A');
}

class Turn {
 public:
  using Turns = std::counting_semaphore<kMostAtATime>;
  explicit Turn(Turns& turns) : turns_(turns) { turns_.acquire(); }
  ~Turn() { turns_.release(); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  Turns& turns_;
};

class Argon2id final : public ports::Passwords {
 public:
  explicit Argon2id(const HashCost& cost)
      : cost_(cost), turns_(cost.at_a_time), nobody_(hash_of_nobody(cost)) {
    check(sodium_init() >= 0, "libsodium starts");
    check(cost.at_a_time >= 1 && cost.at_a_time <= kMostAtATime, "one to eight hashes at a time");
  }

  std::string hash(const Secret& password) override {
    const Turn turn(turns_);
    std::array<char, crypto_pwhash_STRBYTES> text{};
    const auto& bytes = password.reveal();
    if (crypto_pwhash_str(text.data(), bytes.data(), bytes.size(), cost_.passes,
                          cost_.memory_kib * kKib) != 0) {
      throw std::bad_alloc();  // the only way in which it fails
    }
    return text.data();
  }

  bool matches(const Secret& password, const std::string& hash) override {
    const Turn turn(turns_);
    // libsodium reads a fixed length.
    if (hash.size() >= crypto_pwhash_STRBYTES) return false;
    std::array<char, crypto_pwhash_STRBYTES> text{};
    hash.copy(text.data(), hash.size());
    const auto& bytes = password.reveal();
    return crypto_pwhash_str_verify(text.data(), bytes.data(), bytes.size()) == 0;
  }

  bool is_outdated(const std::string& hash) const override {
    return hash.size() >= crypto_pwhash_STRBYTES ||
           crypto_pwhash_str_needs_rehash(hash.c_str(), cost_.passes, cost_.memory_kib * kKib) != 0;
  }

  const std::string& of_nobody() const override { return nobody_; }

 private:
  HashCost cost_;
  Turn::Turns turns_;
  std::string nobody_;
};

}  // namespace

std::unique_ptr<ports::Passwords> make_passwords(const HashCost& cost) {
  return std::make_unique<Argon2id>(cost);
}

}  // namespace tallyman::secrets
