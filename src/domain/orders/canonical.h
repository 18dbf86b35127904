// Builds the canonical text behind content hashes: named fields with lengths, so that no two
// contents run together into one text. Used by orders and shipments.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/base/ids.h"
#include "domain/base/money.h"
#include "domain/base/time.h"

namespace tallyman::orders {

class Canonical {
 public:
  explicit Canonical(std::string_view heading);

  void add(std::string_view field, std::string_view value);
  void add(std::string_view field, const std::string& value) {
    add(field, std::string_view(value));
  }
  void add(std::string_view field, const char* value) { add(field, std::string_view(value)); }
  void add(std::string_view field, std::int64_t value);
  void add(std::string_view field, bool value) = delete;  // say "yes" or "no"
  void add(std::string_view field, Instant value);
  void add(std::string_view field, Day value);
  void add(std::string_view field, const Money& value);
  template <class Tag, class Rep>
  void add(std::string_view field, const Id<Tag, Rep>& id) {
    add(field, id.value);
  }
  // An absent value differs from an empty one.
  template <class T>
  void add(std::string_view field, const std::optional<T>& value) {
    if (value) {
      add(field, *value);
    } else {
      absent(field);
    }
  }

  const std::string& text() const { return text_; }

 private:
  void absent(std::string_view field);
  std::string text_;
};

// "v2:" and the BLAKE2b-256 of the text; v1 was its SHA-256.
std::string versioned_hash(std::string_view canonical_text);

}  // namespace tallyman::orders
