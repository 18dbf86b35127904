// Holds a JSON value against a schema (JSON Schema 2020-12). Knows exactly the keywords that our
// documents use; an unknown one is itself a complaint, so that nothing goes unchecked silently.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

namespace tallyman::tests {

class JsonSchema {
 public:
  // References ("#/components/schemas/Order") are looked up in `root`.
  explicit JsonSchema(boost::json::value root) : root_(std::move(root)) {}

  // What is wrong with `value` as an instance of the schema at `pointer` of the root ("" is the
  // root itself): "/items/3/lot: expected string, found 7". Empty: nothing.
  std::vector<std::string> complaints(const boost::json::value& value,
                                      std::string_view pointer) const;

  // What is wrong with the schema at `pointer` itself: unknown keywords, references that lead
  // nowhere, required members that are not described, patterns that do not compile.
  std::vector<std::string> faults(std::string_view pointer) const;

  const boost::json::value& root() const { return root_; }

 private:
  boost::json::value root_;
};

}  // namespace tallyman::tests
