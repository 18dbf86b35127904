// Small steps between our words and JSON, shared by the handlers.
#pragma once

#include <optional>
#include <string>

#include <boost/json.hpp>

#include "domain/base/money.h"
#include "domain/base/time.h"
#include "http_server/message.h"
#include "views/proof.h"

namespace tallyman::api {

inline boost::json::value to_json(const std::optional<std::string>& text) {
  return text ? boost::json::value(*text) : boost::json::value(nullptr);
}
// An empty text says nothing.
inline boost::json::value text_or_null(const std::string& text) {
  return text.empty() ? boost::json::value(nullptr) : boost::json::value(text);
}
inline boost::json::value to_json(const std::optional<Instant>& at) {
  return at ? boost::json::value(to_text(*at)) : boost::json::value(nullptr);
}
inline boost::json::value to_json(const std::optional<Day>& day) {
  return day ? boost::json::value(to_text(*day)) : boost::json::value(nullptr);
}
inline boost::json::value cents(const std::optional<Money>& money) {
  return money ? boost::json::value(money->minor) : boost::json::value(nullptr);
}

void add_provenance(boost::json::object& object, const views::Provenance& provenance);

http_server::Response json_response(int status, const boost::json::value& body);

// The query's whole number within [least, most], else `usual`. Throws Refusal when it is neither.
std::int64_t number_in_query(const http_server::Request& request, std::string_view name,
                             std::int64_t usual, std::int64_t least, std::int64_t most);

}  // namespace tallyman::api
