# embed_migrations(TARGET NAME FOLDER): puts FOLDER/{sqlite,postgres}/NNNN_words.sql into TARGET as
#   std::span<const ports::Migration> NAME(ports::Dialect)
# declared by hand (src/adapters/book/migrations.h). NAME is qualified, below tallyman::.
function(embed_migrations target name folder)
  string(REGEX REPLACE "::[^:]*$" "" namespace ${name})
  string(REGEX REPLACE "^.*::" "" function ${name})
  string(REPLACE "::" "_" prefix ${name})
  set(assembly "")
  set(symbols "")
  set(files)
  foreach(dialect sqlite postgres)
    file(GLOB steps CONFIGURE_DEPENDS ${folder}/${dialect}/*.sql)
    set(rows_${dialect} "")
    set(expected 0)
    foreach(step ${steps})
      get_filename_component(stem ${step} NAME_WE)
      math(EXPR expected "${expected} + 1")
      if(NOT stem MATCHES "^([0-9][0-9][0-9][0-9])_([a-z0-9_]+)$")
        message(FATAL_ERROR "${step}: a migration is named NNNN_words.sql")
      endif()
      set(words ${CMAKE_MATCH_2})
      string(REGEX REPLACE "^0+" "" number ${CMAKE_MATCH_1})
      if(NOT "${number}" STREQUAL "${expected}")
        message(FATAL_ERROR "${step}: migrations are numbered without a gap; expected ${expected}")
      endif()
      set(symbol ${prefix}_${dialect}_${number})
      string(APPEND assembly
        "${symbol}_begin:\n  .incbin \"${step}\"\n${symbol}_end:\n  .byte 0\n")
      string(PREPEND assembly "  .globl ${symbol}_begin, ${symbol}_end\n  .hidden ${symbol}_begin, ${symbol}_end\n")
      string(APPEND symbols "extern \"C\" const char ${symbol}_begin[];\nextern \"C\" const char ${symbol}_end[];\n")
      string(APPEND rows_${dialect}
        "      {.version = ${number}, .name = \"${words}\", .sql = text(${symbol}_begin, ${symbol}_end)},\n")
      list(APPEND files ${step})
    endforeach()
  endforeach()
  set(out ${CMAKE_BINARY_DIR}/generated/migrations/${prefix})
  file(CONFIGURE OUTPUT ${out}.S @ONLY CONTENT
"  .section .rodata
@assembly@
#ifdef __ELF__
  .section .note.GNU-stack,\"\",%progbits
#endif
")
  file(CONFIGURE OUTPUT ${out}.cpp @ONLY CONTENT
"// Made by cmake/migrations.cmake from @folder@.
#include <span>
#include <string_view>
#include <vector>

#include \"ports/database.h\"

@symbols@
namespace tallyman::@namespace@ {

namespace {
[[maybe_unused]] std::string_view text(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}
}  // namespace

std::span<const ports::Migration> @function@(ports::Dialect dialect);

std::span<const ports::Migration> @function@(ports::Dialect dialect) {
  static const std::vector<ports::Migration> sqlite = {
@rows_sqlite@  };
  static const std::vector<ports::Migration> postgres = {
@rows_postgres@  };
  return dialect == ports::Dialect::sqlite ? sqlite : postgres;
}

}  // namespace tallyman::@namespace@
")
  target_sources(${target} PRIVATE ${out}.S ${out}.cpp)
  set_source_files_properties(${out}.S TARGET_DIRECTORY ${target} PROPERTIES OBJECT_DEPENDS "${files}")
endfunction()

embed_migrations(book book::migrations ${CMAKE_SOURCE_DIR}/src/adapters/book/migrations)
