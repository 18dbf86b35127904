#include "adapters/book/idempotency.h"

#include <chrono>

#include "adapters/book/sql/idempotency.h"
#include "domain/base/check.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {
constexpr Micros kKept = std::chrono::hours{24};
}

KeyState claim_key(ports::Tx& tx, const KeyedRequest& request) {
  ports::execute<sql::ForgetOldIdempotencyKeys>(tx, {.before_us = tx.now() - kKept});
  if (ports::execute<sql::ClaimIdempotencyKey>(tx, {.who = request.who,
                                                    .request_key = request.key,
                                                    .fingerprint = request.fingerprint,
                                                    .now_us = tx.now()}) == 1) {
    return FirstTime{};
  }
  auto row = ports::select_one<sql::FindIdempotencyKey>(
      tx, {.who = request.who, .request_key = request.key});
  if (!row) return StillRunning{};  // forgotten by somebody else a moment ago
  if (row->fingerprint != request.fingerprint) return OtherRequest{};
  if (!row->status) return StillRunning{};
  return GivenBefore{.status = *row->status, .answer = std::move(row->answer).value_or("")};
}

void keep_answer(ports::Tx& tx, const KeyedRequest& request, std::int64_t status,
                 std::string_view answer) {
  ports::execute<sql::KeepIdempotentAnswer>(
      tx, {.who = request.who, .request_key = request.key, .status = status, .answer = answer});
}

void forget_key(ports::Tx& tx, const KeyedRequest& request) {
  ports::execute<sql::ForgetIdempotencyKey>(tx, {.who = request.who, .request_key = request.key});
}

}  // namespace tallyman::book
