// One page of rows, as every list prints it: a table for people, the answer itself with --json, and
// how to go on. Private to cli.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "cli/run.h"
#include "cli/table.h"

namespace tallyman::cli {

// "/api/v1/jobs?limit=50&state=dead": path, limit, and the values that are not empty.
class Target {
 public:
  explicit Target(std::string path) : text_(std::move(path)) {}
  Target& limit(int rows);
  Target& with(std::string_view name, const std::string& value);
  const std::string& text() const { return text_; }

 private:
  void add(std::string_view name, const std::string& encoded_value);
  std::string text_;
  bool has_query_ = false;
};

struct PageForm {
  std::vector<Column> columns;
  // The cells of one of `items`; may tell a warning on standard error.
  std::function<std::vector<std::string>(const boost::json::object& item)> row;
  std::string when_empty{};  // a sentence in place of headers without rows; empty: the headers
};

Exit show_page(Doing& doing, const std::string& target, const PageForm& form);

}  // namespace tallyman::cli
