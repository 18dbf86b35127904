#include "api/repeat.h"

#include <algorithm>
#include <string>
#include <variant>

#include <fmt/format.h>

#include "adapters/book/idempotency.h"
#include "api/problem.h"
#include "domain/base/digest.h"
#include "ports/statements.h"

namespace tallyman::api {

namespace {

constexpr std::size_t kLongestKey = 200;
constexpr int kFirstError = 400;
constexpr int kFirstFault = 500;

std::string checked_key(std::string_view key) {
  const bool good = !key.empty() && key.size() <= kLongestKey &&
                    std::ranges::all_of(key, [](char c) { return c > ' ' && c < '\x7F'; });
  if (!good) {
    throw Refusal{400, "Bad request",
                  "Idempotency-Key must be 1 to 200 visible ASCII characters without blanks."};
  }
  return std::string(key);
}

std::string fingerprint_of(const http_server::Request& request) {
  std::string text = fmt::format("{} {}\n", request.method, request.path);
  for (const auto& [name, value] : request.query) text += fmt::format("{}={}\n", name, value);
  text += "\n";
  text += request.body;
  return sha256_hex(text);
}

http_server::Response stored(const book::GivenBefore& given) {
  const bool is_problem = given.status >= kFirstError;
  http_server::Response response{
      .status = static_cast<int>(given.status),
      .headers = {{"Cache-Control", "no-store"}, {"Idempotency-Replayed", "true"}},
      .body = given.answer};
  if (!given.answer.empty()) {
    response.headers.emplace_back("Content-Type", is_problem
                                                      ? "application/problem+json; charset=utf-8"
                                                      : "application/json; charset=utf-8");
  }
  return response;
}

class Keyed {
 public:
  Keyed(const Context& context, const Call& call, const std::string& key)
      : context_(context),
        fingerprint_(fingerprint_of(call.request)),
        request_{.who = call.who.who, .key = key, .fingerprint = fingerprint_} {}

  book::KeyState claim() {
    return ports::transact(context_.database, ports::TxMode::write,
                           [&](ports::Tx& tx) { return book::claim_key(tx, request_); });
  }
  void forget() {
    ports::transact(context_.database, ports::TxMode::write,
                    [&](ports::Tx& tx) { book::forget_key(tx, request_); });
  }
  void keep(const http_server::Response& response) {
    ports::transact(context_.database, ports::TxMode::write, [&](ports::Tx& tx) {
      book::keep_answer(tx, request_, response.status, response.body);
    });
  }

 private:
  const Context& context_;
  std::string fingerprint_;
  book::KeyedRequest request_;
};

http_server::Response shown_before() {
  return problem_response(409, "Done before",
                          "This was done the first time; its answer showed a secret and is not "
                          "kept. Nothing was done again.");
}

http_server::Response first_answer(const Context& context, const Route& route, const Call& call,
                                   Keyed& keyed) {
  try {
    auto response = route.answer(context, call);
    if (response.status >= kFirstFault) {
      keyed.forget();
    } else {
      keyed.keep(route.repeat == Repeat::refused ? shown_before() : response);
    }
    return response;
  } catch (...) {
    keyed.forget();  // nothing was done: the key may be used again
    throw;
  }
}

}  // namespace

http_server::Response answer_once(const Context& context, const Route& route, const Call& call) {
  const auto sent = ports::find_header(call.request.headers, "Idempotency-Key");
  if (!sent || route.method != "POST" || route.repeat == Repeat::done_again) {
    return route.answer(context, call);
  }
  const std::string key = checked_key(*sent);
  Keyed keyed(context, call, key);
  const auto state = keyed.claim();
  if (const auto* given = std::get_if<book::GivenBefore>(&state)) return stored(*given);
  if (std::holds_alternative<book::OtherRequest>(state)) {
    throw Refusal{422, "Key used before",
                  "This Idempotency-Key came with another request. Nothing was done."};
  }
  if (std::holds_alternative<book::StillRunning>(state)) {
    throw Refusal{409,
                  "Still running",
                  "The first request with this Idempotency-Key has not ended, or was cut off. Look "
                  "what became of it before you ask with another key.",
                  kNoType,
                  {{"Retry-After", "5"}}};
  }
  return first_answer(context, route, call, keyed);
}

}  // namespace tallyman::api
