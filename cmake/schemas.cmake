# Puts src/api/schemas/*.json into the api room as `schema_files()` (src/api/schemas.h), untouched: what they
# say is read when the API's description is asked for, and checked by tests/api.
file(GLOB SCHEMA_FILES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/api/schemas/*.json)
set(SCHEMA_SYMBOLS "")
set(SCHEMA_DECLARED "")
set(SCHEMA_ROWS "")
foreach(file ${SCHEMA_FILES})
  get_filename_component(subject ${file} NAME_WE)
  if(NOT subject MATCHES "^[a-z0-9_]+$")
    message(FATAL_ERROR "${file}: a file of schemas is named by its subject in small letters")
  endif()
  set(symbol tallyman_schemas_${subject})
  string(APPEND SCHEMA_SYMBOLS "  .globl ${symbol}, ${symbol}_end\n  .hidden ${symbol}, ${symbol}_end\n"
    "${symbol}:\n  .incbin \"${file}\"\n${symbol}_end:\n  .byte 0\n")
  string(APPEND SCHEMA_DECLARED "extern \"C\" const char ${symbol}[];\nextern \"C\" const char ${symbol}_end[];\n")
  string(APPEND SCHEMA_ROWS "      {\"${subject}\", {${symbol}, ${symbol}_end}},\n")
endforeach()

set(SCHEMAS_OUT ${CMAKE_BINARY_DIR}/generated/schemas/schemas)
file(CONFIGURE OUTPUT ${SCHEMAS_OUT}.S @ONLY CONTENT
"  .section .rodata
@SCHEMA_SYMBOLS@
#ifdef __ELF__
  .section .note.GNU-stack,\"\",%progbits
#endif
")
file(CONFIGURE OUTPUT ${SCHEMAS_OUT}.cpp @ONLY CONTENT
"// Made by cmake/schemas.cmake from src/api/schemas.
#include \"api/schemas.h\"

@SCHEMA_DECLARED@
namespace tallyman::api {

std::span<const SchemaFile> schema_files() {
  static const SchemaFile all[] = {
@SCHEMA_ROWS@  };
  return all;
}

}  // namespace tallyman::api
")
# .incbin is invisible to the dependency scanner, hence the explicit list.
set_source_files_properties(${SCHEMAS_OUT}.S PROPERTIES OBJECT_DEPENDS "${SCHEMA_FILES}")
target_sources(api PRIVATE ${SCHEMAS_OUT}.S ${SCHEMAS_OUT}.cpp)
