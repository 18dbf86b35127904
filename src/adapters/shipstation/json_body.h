// A whole answer as a checked JSON document, and the envelope that all of ShipStation's lists
// share. Only for the .cpp files of wire and failures.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "adapters/shipstation/json_read.h"
#include "domain/base/result.h"
#include "ports/shipstation.h"

namespace tallyman::shipstation {

// The body's document, opened only when it is sound JSON in UTF-8 from end to end. Views and values
// from it die with it.
class JsonBody {
 public:
  JsonBody() = default;
  JsonBody(const JsonBody&) = delete;
  JsonBody& operator=(const JsonBody&) = delete;

  // May grow the capacity of `body` (the reader needs spare bytes behind it).
  static Result<std::unique_ptr<JsonBody>> open(std::string& body);
  Result<Value> root();  // once
  // The exact bytes of a value that was not read yet; it stays readable.
  std::string raw_bytes(Value& value) const;

 private:
  std::string_view body_;
  simdjson::ondemand::parser parser_;
  simdjson::ondemand::document document_;
};

// {"<list>":[…],"total":N,…}. `pages` may be 0 or missing and is not looked at. `row` turns one
// element, of whatever type, into a row.
template <class Seen, class Row>
Result<ports::Page<Seen>> read_page(std::string& body, const Zone& zone, std::string_view list,
                                    Row row) {
  auto opened = JsonBody::open(body);
  if (!opened) return tl::unexpected(opened.error());
  const auto root = (*opened)->root();
  if (!root) return tl::unexpected(root.error());
  ports::Page<Seen> page;
  std::optional<std::int64_t> total;
  std::size_t lists = 0;
  Reading envelope(zone);
  each_member(envelope, *root, [&](std::string_view name, Value value) {
    const Inside inside(envelope, name == list ? list : std::string_view{"total"});
    if (name == "total") total = read_whole(envelope, value);
    if (name != list) return;
    ++lists;
    const auto type = type_of(envelope, value);
    if (type == simdjson::ondemand::json_type::null) envelope.fail("expected a list, got null");
    each_element(envelope, value,
                 [&](Value element) { page.rows.push_back(row(**opened, element)); });
  });
  if (envelope.problem()) return problem(*envelope.problem());
  if (lists != 1)
    return problem(std::string{list} + (lists == 0 ? ": is missing" : ": sent twice"));
  if (!total) return problem("total: is missing");
  if (*total < 0) return problem("total: expected a count, got " + std::to_string(*total));
  page.total = *total;
  return page;
}

}  // namespace tallyman::shipstation
