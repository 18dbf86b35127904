#include "adapters/database/sqlgen/emit.h"

#include <cstddef>

namespace tallyman::sqlgen {

namespace {

std::string_view value_type(Type type) {
  switch (type) {
    case Type::flag:
    case Type::integer: return "integer";
    case Type::text: return "text";
    case Type::instant: return "instant";
    case Type::day: return "day";
    case Type::micros: return "micros";
    case Type::blob: return "blob";
  }
  return "";
}

std::string_view param_type(Type type) {
  switch (type) {
    case Type::integer: return "std::int64_t";
    case Type::text:
    case Type::blob: return "std::string_view";
    case Type::instant:
    case Type::micros: return "Instant";
    case Type::day: return "Day";
    case Type::flag: return "bool";
  }
  return "";
}

std::string_view row_type(Type type) {
  return type == Type::text || type == Type::blob ? "std::string" : param_type(type);
}

std::string optional_of(std::string_view type, const Field& field) {
  return field.nullable ? "std::optional<" + std::string(type) + ">" : std::string(type);
}

// The port's value made from `expression`, which is not NULL.
std::string value_of(const Field& field, const std::string& expression) {
  switch (field.type) {
    case Type::flag: return "std::int64_t{" + expression + " ? 1 : 0}";
    case Type::blob: return "ports::Blob{" + expression + "}";
    case Type::integer:
    case Type::text:
    case Type::instant:
    case Type::day:
    case Type::micros: return expression;
  }
  return "";
}

std::string read_of(const Field& field, const std::string& column) {
  switch (field.type) {
    case Type::integer: return "row.integer(" + column + ")";
    case Type::flag: return "(row.integer(" + column + ") != 0)";
    case Type::text: return "std::string(row.text(" + column + "))";
    case Type::blob: return "std::string(row.blob(" + column + "))";
    case Type::instant:
    case Type::micros: return "row.instant(" + column + ")";
    case Type::day: return "row.day(" + column + ")";
  }
  return "";
}

// Params carry no initialisers: a forgotten one is a compiler warning, never a silent NULL.
std::string params_struct(const NamedStatement& statement) {
  std::string text = "  struct Params {\n";
  for (const Field& field : statement.params) {
    text += "    " + optional_of(param_type(field.type), field) + " " + field.name + ";\n";
  }
  return text + "  };\n";
}

std::string row_struct(const NamedStatement& statement) {
  std::string text = "  struct Row {\n";
  for (const Field& field : statement.columns) {
    text += "    " + optional_of(row_type(field.type), field) + " " + field.name + "{};\n";
  }
  return text + "    friend bool operator==(const Row&, const Row&) = default;\n  };\n";
}

std::string types_array(std::string_view name, const std::vector<Field>& fields) {
  std::string text =
      "  static constexpr std::array<ports::ValueType, " + std::to_string(fields.size()) + "> ";
  text.append(name).append("{");
  for (std::size_t at = 0; at < fields.size(); ++at) {
    if (at > 0) text += ", ";
    text.append("ports::ValueType::").append(value_type(fields[at].type));
  }
  return text + "};\n";
}

std::string names_array(const std::vector<Field>& fields) {
  std::string text = "  static constexpr std::array<std::string_view, " +
                     std::to_string(fields.size()) + "> kColumnNames{";
  for (std::size_t at = 0; at < fields.size(); ++at) {
    if (at > 0) text += ", ";
    text += "\"" + fields[at].name + "\"";
  }
  return text + "};\n";
}

std::string raw_string(std::string_view sql) { return "R\"sql(" + std::string(sql) + ")sql\""; }

std::string statement_function(const NamedStatement& statement) {
  return "  static const ports::Statement& statement() {\n"
         "    static constexpr ports::Statement kStatement{\n"
         "        .name = \"" +
         statement.name +
         "\",\n"
         "        .sqlite = " +
         raw_string(statement.sqlite) +
         ",\n"
         "        .postgres = " +
         raw_string(statement.postgres) +
         ",\n"
         "        .params = kParamTypes,\n"
         "        .columns = kColumnTypes,\n"
         "        .column_names = kColumnNames};\n"
         "    return kStatement;\n"
         "  }\n";
}

std::string bind_function(const NamedStatement& statement) {
  if (statement.params.empty()) {
    return "  static void bind(const Params& /*params*/, ports::Value* /*out*/) {}\n";
  }
  std::string text = "  static void bind(const Params& params, ports::Value* out) {\n";
  for (std::size_t at = 0; at < statement.params.size(); ++at) {
    const Field& field = statement.params[at];
    const std::string member = "params." + field.name;
    const std::string out = "    out[" + std::to_string(at) + "] = ";
    if (field.nullable) {
      text += out + member + " ? ports::Value{" + value_of(field, "*" + member) +
              "} : ports::Value{};\n";
    } else {
      text += out + value_of(field, member) + ";\n";
    }
  }
  return text + "  }\n";
}

std::string read_function(const NamedStatement& statement) {
  std::string text = "  static Row read(const ports::RowView& row) {\n    Row result;\n";
  for (std::size_t at = 0; at < statement.columns.size(); ++at) {
    const Field& field = statement.columns[at];
    const std::string column = std::to_string(at);
    const std::string set = "result." + field.name + " = " + read_of(field, column) + ";\n";
    text += field.nullable ? "    if (!row.is_null(" + column + ")) " + set : "    " + set;
  }
  return text + "    return result;\n  }\n";
}

std::string statement_struct(const NamedStatement& statement) {
  std::string text = "struct " + camel_case(statement.name) + " {\n";
  text += params_struct(statement);
  if (!statement.columns.empty()) text += row_struct(statement);
  text +=
      "  static constexpr std::size_t kParams = " + std::to_string(statement.params.size()) + ";\n";
  text += types_array("kParamTypes", statement.params);
  text += types_array("kColumnTypes", statement.columns);
  text += names_array(statement.columns);
  text += statement_function(statement);
  text += bind_function(statement);
  if (!statement.columns.empty()) text += read_function(statement);
  return text + "};\n\n";
}

}  // namespace

std::string header(std::string_view source, std::string_view name_space,
                   std::span<const NamedStatement> statements) {
  const std::string space(name_space);
  std::string text =
      "// Made by sqlgen from " + std::string(source) + "; edit that file instead.\n";
  text +=
      "#pragma once\n\n#include <array>\n#include <cstddef>\n#include <cstdint>\n"
      "#include <optional>\n#include <string>\n#include <string_view>\n\n"
      "#include \"domain/base/time.h\"\n#include \"ports/database.h\"\n\n";
  text += "namespace " + space + " {\n\n";
  for (const NamedStatement& statement : statements) text += statement_struct(statement);
  return text + "}  // namespace " + space + "\n";
}

std::string header_of_all(std::string_view name_space, std::span<const Subject> subjects) {
  const std::string space(name_space);
  std::string text = "// Made by sqlgen: every named statement of this program.\n#pragma once\n\n";
  text += "#include <array>\n\n";
  std::string list;
  std::size_t count = 0;
  for (const Subject& subject : subjects) {
    text += "#include \"" + subject.header + "\"\n";
    for (const NamedStatement& statement : subject.statements) {
      list += "      &" + camel_case(statement.name) + "::statement(),\n";
      ++count;
    }
  }
  text += "#include \"ports/database.h\"\n\nnamespace " + space + " {\n\n";
  text += "inline std::array<const ports::Statement*, " + std::to_string(count) +
          "> all_statements() {\n  return {\n" + list + "  };\n}\n\n";
  return text + "}  // namespace " + space + "\n";
}

}  // namespace tallyman::sqlgen
