// Answers given once are given again: a request repeated with its Idempotency-Key within a day has
// no second effect.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "ports/database.h"

namespace tallyman::book {

struct KeyedRequest {
  std::string_view who;
  std::string_view key;
  std::string_view fingerprint;  // of method, path and body
};

struct FirstTime {};
struct GivenBefore {
  std::int64_t status = 0;
  std::string answer;
};
struct StillRunning {};  // begun and not ended; or its program was killed in between
struct OtherRequest {};  // the key was used for something else
using KeyState = std::variant<FirstTime, GivenBefore, StillRunning, OtherRequest>;

// Claims the key; of two at once only one is FirstTime.
KeyState claim_key(ports::Tx& tx, const KeyedRequest& request);
void keep_answer(ports::Tx& tx, const KeyedRequest& request, std::int64_t status,
                 std::string_view answer);
// Nothing was done: the same key may ask again.
void forget_key(ports::Tx& tx, const KeyedRequest& request);

}  // namespace tallyman::book
