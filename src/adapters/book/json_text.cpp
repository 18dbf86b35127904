#include "adapters/book/json_text.h"

#include <stdexcept>

#include <boost/json.hpp>

namespace tallyman::book {

namespace {

namespace json = boost::json;

json::value parsed(std::string_view text) {
  json::error_code error;
  json::value value = json::parse(text, error);
  if (error) throw std::runtime_error("a stored JSON text is damaged: " + error.message());
  return value;
}

json::value or_null(const std::optional<std::string>& text) {
  return text ? json::value(*text) : json::value(nullptr);
}

std::optional<std::string> text_or_none(const json::value& value) {
  if (!value.is_string()) return std::nullopt;
  return std::string(value.get_string());
}

}  // namespace

std::string to_json(const std::vector<orders::FieldChange>& changes) {
  json::array all;
  for (const auto& change : changes) {
    all.push_back(json::object{{"field", change.field},
                               {"before", or_null(change.before)},
                               {"after", or_null(change.after)}});
  }
  return json::serialize(all);
}

std::string to_json(const std::vector<std::string>& texts) {
  json::array all;
  for (const auto& text : texts) all.push_back(json::value(text));
  return json::serialize(all);
}

std::string to_json(const std::map<std::string, std::int64_t>& counts) {
  json::object all;
  for (const auto& [name, count] : counts) all[name] = count;
  return json::serialize(all);
}

std::vector<orders::FieldChange> changes_from_json(std::string_view text) {
  std::vector<orders::FieldChange> changes;
  const json::value all = parsed(text);
  for (const auto& item : all.as_array()) {
    const auto& object = item.as_object();
    changes.push_back({.field = std::string(object.at("field").as_string()),
                       .before = text_or_none(object.at("before")),
                       .after = text_or_none(object.at("after"))});
  }
  return changes;
}

std::vector<std::string> texts_from_json(std::string_view text) {
  std::vector<std::string> texts;
  const json::value all = parsed(text);
  for (const auto& item : all.as_array()) texts.emplace_back(item.as_string());
  return texts;
}

std::map<std::string, std::int64_t> counts_from_json(std::string_view text) {
  std::map<std::string, std::int64_t> counts;
  const json::value all = parsed(text);
  for (const auto& [name, count] : all.as_object()) counts[name] = count.as_int64();
  return counts;
}

}  // namespace tallyman::book
