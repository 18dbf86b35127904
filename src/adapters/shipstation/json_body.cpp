#include "adapters/shipstation/json_body.h"

#include "adapters/shipstation/json_check.h"

namespace tallyman::shipstation {

Result<std::unique_ptr<JsonBody>> JsonBody::open(std::string& body) {
  if (body.starts_with("\xEF\xBB\xBF")) body.erase(0, 3);
  if (body.find_first_not_of(" \t\r\n") == std::string::npos) return problem("the answer is empty");
  if (!simdjson::validate_utf8(body.data(), body.size())) {
    return problem("the answer is not valid UTF-8");
  }
  if (auto fault = json_fault(body)) return problem(*fault);
  body.reserve(body.size() + simdjson::SIMDJSON_PADDING);
  auto json = std::make_unique<JsonBody>();
  json->body_ = body;
  const auto error =
      json->parser_.iterate(body.data(), body.size(), body.capacity()).get(json->document_);
  if (error != simdjson::SUCCESS) {
    return problem("the answer cannot be read: " + std::string{simdjson::error_message(error)});
  }
  return json;
}

Result<Value> JsonBody::root() {
  Value value;
  // A bare text or number at the root is no document of ours, and the reader has no value for it.
  if (document_.get_value().get(value) != simdjson::SUCCESS) {
    return problem("expected an object, got a bare value");
  }
  return value;
}

std::string JsonBody::raw_bytes(Value& value) const {
  const auto start = static_cast<std::size_t>(value.raw_json_token().data() - body_.data());
  return std::string{first_value(body_.substr(start))};
}

}  // namespace tallyman::shipstation
