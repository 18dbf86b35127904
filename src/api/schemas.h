// The schemas of what the API takes and answers, as they lie in the binary: one file per subject
// (src/api/schemas/*.json), each an object of schema name -> JSON Schema 2020-12. Names are unique
// over all files.
#pragma once

#include <span>
#include <string_view>

namespace tallyman::api {

struct SchemaFile {
  std::string_view subject;  // "orders"
  std::string_view json;
};

std::span<const SchemaFile> schema_files();

}  // namespace tallyman::api
