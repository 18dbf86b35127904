#include "cli/page.h"

#include <fmt/format.h>

#include "cli/ask.h"

namespace tallyman::cli {

Target& Target::limit(int rows) {
  add("limit", std::to_string(rows));
  return *this;
}

Target& Target::with(std::string_view name, const std::string& value) {
  if (!value.empty()) add(name, encoded(value));
  return *this;
}

void Target::add(std::string_view name, const std::string& encoded_value) {
  text_ += fmt::format("{}{}={}", has_query_ ? '&' : '?', name, encoded_value);
  has_query_ = true;
}

Exit show_page(Doing& doing, const std::string& target, const PageForm& form) {
  const Asked asked = ask(doing, "GET", target);
  if (!asked.body) return asked.exit;
  if (doing.global.json) {
    doing.terminal.out(asked.text + "\n");
    return Exit::done;
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto& item : asked.body->at("items").as_array()) {
    rows.push_back(form.row(item.as_object()));
  }
  doing.terminal.out(rows.empty() && !form.when_empty.empty()
                         ? form.when_empty + "\n"
                         : table(form.columns, rows, doing.terminal.colour));
  if (const auto next = text_of(*asked.body, "next_cursor"); next != "-") {
    doing.terminal.error("more: --cursor " + next + "\n");
  }
  return Exit::done;
}

}  // namespace tallyman::cli
