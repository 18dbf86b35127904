// docs/schema.md says what every table and every column means.
#include <fstream>
#include <map>
#include <set>
#include <utility>

#include "tests/adapters/book/book_on_both.h"

namespace tallyman::tests {
namespace {

// What the page says once for every table.
const std::set<std::string> kSaidOnce = {"id",          "account_id",     "run_id",
                                         "job_id",      "seen_us",        "created_at",
                                         "updated_at",  "order_inbox_id", "shipstation_order_id",
                                         "order_number"};

bool is_of_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || (c >= 'A' && c <= 'Z');
}

std::set<std::string> words_of(const std::string& text) {
  std::set<std::string> words;
  std::string word;
  for (const char c : text + " ") {
    if (is_of_name(c)) {
      word += c;
    } else if (!word.empty()) {
      words.insert(std::exchange(word, {}));
    }
  }
  return words;
}

// The tables that a line begins to speak of: all that a heading names, or the first word of a line.
std::set<std::string> begun_by(const std::string& line, const std::set<std::string>& tables) {
  const bool is_heading = line.starts_with("### ");
  if (!is_heading && !line.starts_with("`")) return {};
  std::set<std::string> begun;
  const auto end = is_heading ? line.size() : line.find('`', 1);
  for (const auto& word : words_of(line.substr(0, end))) {
    if (tables.contains(word)) begun.insert(word);
  }
  return begun;
}

// What the page says of each table: from where it begins to where another does.
std::map<std::string, std::set<std::string>> said_by_page(const std::set<std::string>& tables) {
  std::ifstream page(std::string(TALLYMAN_SOURCE_DIR) + "/docs/schema.md");
  std::map<std::string, std::set<std::string>> said;
  std::set<std::string> about;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("## ")) about.clear();
    if (auto begun = begun_by(line, tables); !begun.empty()) about = std::move(begun);
    for (const auto& table : about) said[table].merge(words_of(line));
  }
  return said;
}

class SchemaPage : public BookOnBoth {};
INSTANTIATE_TEST_SUITE_P(Book, SchemaPage, kBothDialects, dialect_name);

TEST_P(SchemaPage, NamesEveryTableAndEveryColumn) {
  const auto columns = database.rows(
      GetParam() == ports::Dialect::sqlite
          ? "SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c "
            "WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'"
          : "SELECT table_name::text, column_name::text FROM information_schema.columns "
            "WHERE table_schema = current_schema()",
      2);
  ASSERT_GT(columns.size(), 300U);
  std::set<std::string> tables;
  for (const auto& column : columns) tables.insert(column.at(0));
  auto said = said_by_page(tables);
  for (const auto& column : columns) {
    if (kSaidOnce.contains(column.at(1))) continue;
    EXPECT_TRUE(said[column.at(0)].contains(column.at(1)))
        << "docs/schema.md does not say what " << column.at(0) << "." << column.at(1) << " means";
  }
}

}  // namespace
}  // namespace tallyman::tests
