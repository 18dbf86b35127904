// tallyman bundles list | set
#include <fmt/format.h>

#include "cli/ask.h"
#include "cli/nouns.h"
#include "cli/table.h"
#include "domain/base/whole_number.h"

namespace tallyman::cli {

namespace {

namespace json = boost::json;

std::string components_text(const json::object& bundle) {
  std::string text;
  for (const auto& item : bundle.at("components").as_array()) {
    const auto& one = item.as_object();
    text += fmt::format("{}{}x{}", text.empty() ? "" : " ", text_of(one, "multiplier"),
                        text_of(one, "sku"));
  }
  return text;
}

std::string state_text(const json::object& bundle) {
  return bundle.at("active").as_bool() ? "active" : "off";
}

std::vector<std::string> row_of(const json::object& bundle) {
  const auto problem = text_of(bundle, "problem");
  return {text_of(bundle, "sku"), state_text(bundle), components_text(bundle),
          text_of(bundle, "description"), problem == "-" ? "" : problem};
}

// "15x17612"; none: it is not written so.
std::optional<json::object> component_in(const std::string& text) {
  const auto cross = text.find('x');
  if (cross == std::string::npos || cross + 1 == text.size()) return std::nullopt;
  const auto units = whole_number(text.substr(0, cross));
  if (!units) return std::nullopt;
  return json::object{{"sku", text.substr(cross + 1)}, {"multiplier", *units}};
}

}  // namespace

Exit run(const BundlesList&, Doing& doing) {
  const Asked asked = ask(doing, "GET", "/api/v1/bundles");
  if (!asked.body) return asked.exit;
  if (doing.global.json) {
    doing.terminal.out(asked.text + "\n");
    return Exit::done;
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto& item : asked.body->at("items").as_array())
    rows.push_back(row_of(item.as_object()));
  doing.terminal.out(
      table({{"BUNDLE"}, {"STATE"}, {"COMPONENTS"}, {"DESCRIPTION"}, {"PROBLEM"}}, rows));
  return Exit::done;
}

Exit run(const BundlesSet& command, Doing& doing) {
  json::array components;
  for (const auto& text : command.components) {
    auto one = component_in(text);
    if (!one) {
      doing.terminal.error("tallyman: '" + text +
                           "' is no component\nhint: units, x and a SKU, for example 15x17612\n");
      return Exit::usage;
    }
    components.push_back(std::move(*one));
  }
  const json::object body{{"description", command.description},
                          {"active", !command.off},
                          {"components", std::move(components)}};
  const Asked asked =
      ask(doing, "PUT", "/api/v1/bundles/" + encoded(command.sku), json::serialize(body));
  if (!asked.body) return asked.exit;
  doing.terminal.out(doing.global.json
                         ? asked.text + "\n"
                         : fmt::format("{} is {}: {}\n", command.sku, state_text(*asked.body),
                                       components_text(*asked.body)));
  return Exit::done;
}

}  // namespace tallyman::cli
