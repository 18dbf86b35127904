#include "support/json_schema.h"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <regex>

#include <fmt/format.h>

namespace tallyman::tests {

namespace {

namespace json = boost::json;

// Words that say something to people and nothing to a checker.
constexpr std::array<std::string_view, 4> kRemarks = {"description", "title", "default", "$defs"};

bool is_remark(std::string_view keyword) {
  return keyword.starts_with("x-") || std::ranges::find(kRemarks, keyword) != kRemarks.end();
}

bool is_whole(const json::value& value) {
  if (value.is_int64() || value.is_uint64()) return true;
  return value.is_double() &&
         value.get_double() == static_cast<double>(static_cast<std::int64_t>(value.get_double()));
}

bool is_of_type(const json::value& value, std::string_view type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_bool();
  if (type == "null") return value.is_null();
  if (type == "integer") return is_whole(value);
  return type == "number" && value.is_number();
}

bool is_type(std::string_view word) {
  constexpr std::array<std::string_view, 7> kTypes = {"object", "array",   "string", "boolean",
                                                      "null",   "integer", "number"};
  return std::ranges::find(kTypes, word) != kTypes.end();
}

std::string short_text(const json::value& value) {
  const std::string text = json::serialize(value);
  return text.size() <= 60 ? text : text.substr(0, 60) + "…";
}

// RFC 3339, as far as a shape can tell.
const std::regex& shape_of(std::string_view format) {
  static const std::regex date(R"(\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))");
  static const std::regex date_time(
      R"(\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d)"
      R"((\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d))");
  return format == "date" ? date : date_time;
}

std::regex pattern_of(const json::value& text) {
  return std::regex(std::string(text.as_string()), std::regex::ECMAScript);
}

// One instance at one place against one schema.
class Check {
 public:
  Check(const json::value& root, std::vector<std::string>& found) : root_(root), found_(found) {}

  void run(const json::value& value, const json::value& schema, const std::string& place) {
    if (schema.is_bool()) {
      if (!schema.get_bool()) complain(place, "nothing may stand here");
      return;
    }
    for (const auto& [keyword, says] : schema.as_object()) {
      if (!is_remark(keyword)) apply(keyword, says, schema.get_object(), value, place);
    }
  }

 private:
  void complain(const std::string& place, const std::string& what) {
    found_.push_back((place.empty() ? "/" : place) + ": " + what);
  }

  bool fits(const json::value& value, const json::value& schema) const {
    std::vector<std::string> found;
    Check(root_, found).run(value, schema, "");
    return found.empty();
  }

  void apply(std::string_view keyword, const json::value& says, const json::object& schema,
             const json::value& value, const std::string& place) {
    if (keyword == "$ref") return refer(says, value, place);
    if (keyword == "type") return type(says, value, place);
    if (keyword == "enum" || keyword == "const") return one_of_values(says, value, place);
    if (keyword == "oneOf" || keyword == "anyOf" || keyword == "allOf") {
      return combine(keyword, says.as_array(), value, place);
    }
    if (value.is_object() && members(keyword, says, schema, value.get_object(), place)) return;
    if (value.is_array() && elements(keyword, says, value.get_array(), place)) return;
    if (value.is_string() && text(keyword, says, value.get_string(), place)) return;
    if (value.is_number()) number(keyword, says, value, place);
  }

  void refer(const json::value& target, const json::value& value, const std::string& place) {
    json::error_code error;
    const auto* schema = root_.find_pointer(target.as_string().subview(1), error);
    if (schema == nullptr)
      return complain(place, fmt::format("{} leads nowhere", short_text(target)));
    run(value, *schema, place);
  }

  void type(const json::value& says, const json::value& value, const std::string& place) {
    const auto fits_one = [&](const json::value& word) {
      return is_of_type(value, word.as_string());
    };
    const bool good =
        says.is_array() ? std::ranges::any_of(says.get_array(), fits_one) : fits_one(says);
    if (!good) {
      complain(place, fmt::format("expected {}, found {}", short_text(says), short_text(value)));
    }
  }

  void one_of_values(const json::value& says, const json::value& value, const std::string& place) {
    const bool good = says.is_array()
                          ? std::ranges::find(says.get_array(), value) != says.get_array().end()
                          : says == value;
    if (!good) complain(place, fmt::format("{} is not {}", short_text(value), short_text(says)));
  }

  void combine(std::string_view keyword, const json::array& schemas, const json::value& value,
               const std::string& place) {
    const auto good = std::ranges::count_if(
        schemas, [&](const json::value& schema) { return fits(value, schema); });
    const auto all = std::ssize(schemas);
    bool enough = good == all;
    if (keyword == "oneOf") enough = good == 1;
    if (keyword == "anyOf") enough = good > 0;
    if (enough) return;
    complain(place, fmt::format("{} fits {} of {} of {}", short_text(value), good, all, keyword));
    // Why, for whoever has to mend it.
    for (const auto& schema : schemas) {
      if (good == 0 || keyword == "allOf") run(value, schema, place + "|");
    }
  }

  bool members(std::string_view keyword, const json::value& says, const json::object& schema,
               const json::object& object, const std::string& place) {
    if (keyword == "required") {
      for (const auto& name : says.as_array()) {
        if (!object.contains(name.as_string())) {
          complain(place, fmt::format("{} is missing", std::string_view(name.as_string())));
        }
      }
      return true;
    }
    if (keyword == "properties") {
      for (const auto& [name, described] : says.as_object()) {
        const auto* member = object.if_contains(name);
        if (member != nullptr) run(*member, described, place + "/" + std::string(name));
      }
      return true;
    }
    if (keyword == "patternProperties") {
      for (const auto& [pattern, described] : says.as_object()) {
        const std::regex named{std::string(pattern)};
        for (const auto& [name, member] : object) {
          if (!std::regex_search(std::string(name), named)) continue;
          run(member, described, place + "/" + std::string(name));
        }
      }
      return true;
    }
    if (keyword == "additionalProperties") {
      for (const auto& [name, member] : object) {
        if (is_described(schema, name)) continue;
        if (says.is_bool() && !says.get_bool()) {
          complain(place, fmt::format("{} is not described", std::string_view(name)));
        } else {
          run(member, says, place + "/" + std::string(name));
        }
      }
      return true;
    }
    return false;
  }

  static bool is_described(const json::object& schema, std::string_view name) {
    const auto* properties = schema.if_contains("properties");
    if (properties != nullptr && properties->as_object().contains(name)) return true;
    const auto* patterns = schema.if_contains("patternProperties");
    if (patterns == nullptr) return false;
    return std::ranges::any_of(patterns->as_object(), [&](const auto& row) {
      return std::regex_search(std::string(name), std::regex(std::string(row.key())));
    });
  }

  bool elements(std::string_view keyword, const json::value& says, const json::array& array,
                const std::string& place) {
    if (keyword == "items") {
      for (std::size_t i = 0; i < array.size(); ++i) {
        run(array[i], says, fmt::format("{}/{}", place, i));
      }
      return true;
    }
    if (keyword == "minItems" && array.size() < says.to_number<std::size_t>()) {
      complain(place, fmt::format("fewer than {} elements", short_text(says)));
    }
    if (keyword == "maxItems" && array.size() > says.to_number<std::size_t>()) {
      complain(place, fmt::format("more than {} elements", short_text(says)));
    }
    return false;
  }

  bool text(std::string_view keyword, const json::value& says, const json::string& value,
            const std::string& place) {
    const std::string found(value);
    if (keyword == "pattern" && !std::regex_search(found, pattern_of(says))) {
      complain(place, fmt::format("{} does not match {}", short_text(value), short_text(says)));
    }
    if (keyword == "format" && !std::regex_match(found, shape_of(says.as_string()))) {
      complain(place, fmt::format("{} is no {}", short_text(value), short_text(says)));
    }
    if (keyword == "minLength" && found.size() < says.to_number<std::size_t>()) {
      complain(place, fmt::format("shorter than {}", short_text(says)));
    }
    if (keyword == "maxLength" && found.size() > says.to_number<std::size_t>()) {
      complain(place, fmt::format("longer than {}", short_text(says)));
    }
    return true;
  }

  void number(std::string_view keyword, const json::value& says, const json::value& value,
              const std::string& place) {
    if (keyword == "minimum" && value.to_number<double>() < says.to_number<double>()) {
      complain(place, fmt::format("{} is less than {}", short_text(value), short_text(says)));
    }
    if (keyword == "maximum" && value.to_number<double>() > says.to_number<double>()) {
      complain(place, fmt::format("{} is more than {}", short_text(value), short_text(says)));
    }
  }

  const json::value& root_;
  std::vector<std::string>& found_;
};

// Looks at a schema instead of an instance.
class Look {
 public:
  Look(const json::value& root, std::vector<std::string>& found) : root_(root), found_(found) {}

  void run(const json::value& schema, const std::string& place) {
    if (schema.is_bool()) return;
    if (!schema.is_object()) return complain(place, "a schema is an object or true or false");
    for (const auto& [keyword, says] : schema.get_object()) {
      if (!is_remark(keyword)) keyword_of(keyword, says, place);
    }
    required_are_described(schema.get_object(), place);
  }

 private:
  void complain(const std::string& place, const std::string& what) {
    found_.push_back((place.empty() ? "/" : place) + ": " + what);
  }

  void keyword_of(std::string_view keyword, const json::value& says, const std::string& place) {
    const std::string below = place + "/" + std::string(keyword);
    if (keyword == "properties" || keyword == "patternProperties") {
      for (const auto& [name, schema] : says.as_object())
        run(schema, below + "/" + std::string(name));
    } else if (keyword == "oneOf" || keyword == "anyOf" || keyword == "allOf") {
      for (const auto& schema : says.as_array()) run(schema, below);
    } else if (keyword == "additionalProperties" || keyword == "items") {
      run(says, below);
    } else if (keyword == "$ref") {
      json::error_code error;
      const std::string_view target = says.as_string();
      if (!target.starts_with('#') || root_.find_pointer(target.substr(1), error) == nullptr) {
        complain(place, fmt::format("{} leads nowhere", target));
      }
    } else if (keyword == "type") {
      const auto known = [](const json::value& word) { return is_type(word.as_string()); };
      if (says.is_array() ? !std::ranges::all_of(says.get_array(), known) : !known(says)) {
        complain(place, fmt::format("{} is no type", short_text(says)));
      }
    } else if (keyword == "format") {
      if (says != "date-time" && says != "date") {
        complain(place, fmt::format("the format {} is not checked", short_text(says)));
      }
    } else if (keyword == "pattern") {
      pattern_of(says);
    } else {
      plain(keyword, place);
    }
  }

  void plain(std::string_view keyword, const std::string& place) {
    constexpr std::array<std::string_view, 9> kPlain = {"required", "enum",      "const",
                                                        "minimum",  "maximum",   "minItems",
                                                        "maxItems", "minLength", "maxLength"};
    if (std::ranges::find(kPlain, keyword) == kPlain.end()) {
      complain(place, fmt::format("the keyword {} is not checked", keyword));
    }
  }

  void required_are_described(const json::object& schema, const std::string& place) {
    const auto* required = schema.if_contains("required");
    const auto* properties = schema.if_contains("properties");
    if (required == nullptr) return;
    for (const auto& name : required->as_array()) {
      if (properties == nullptr || !properties->as_object().contains(name.as_string())) {
        complain(place, fmt::format("{} is required and not described",
                                    std::string_view(name.as_string())));
      }
    }
  }

  const json::value& root_;
  std::vector<std::string>& found_;
};

}  // namespace

std::vector<std::string> JsonSchema::complaints(const json::value& value,
                                                std::string_view pointer) const {
  std::vector<std::string> found;
  Check(root_, found).run(value, root_.at_pointer(pointer), "");
  return found;
}

std::vector<std::string> JsonSchema::faults(std::string_view pointer) const {
  std::vector<std::string> found;
  Look(root_, found).run(root_.at_pointer(pointer), std::string(pointer));
  return found;
}

}  // namespace tallyman::tests
