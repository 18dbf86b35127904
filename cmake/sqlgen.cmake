# Typed structs from named SQL statements (see src/adapters/database/sqlgen).
# statements(TARGET NAMESPACE FOLDER FILE…): custom target TARGET makes generated/FOLDER/<subject>.h per
# FILE and generated/FOLDER/all.h with all_statements().
file(GLOB SQLGEN_SOURCES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/adapters/database/sqlgen/*.cpp)
add_executable(sqlgen ${SQLGEN_SOURCES})
target_include_directories(sqlgen PRIVATE ${CMAKE_SOURCE_DIR}/src)

function(statements target namespace folder)
  set(out ${CMAKE_BINARY_DIR}/generated/${folder})
  set(headers)
  foreach(file ${ARGN})
    get_filename_component(subject ${file} NAME_WE)
    add_custom_command(OUTPUT ${out}/${subject}.h
      COMMAND sqlgen one ${namespace} ${file} ${out}/${subject}.h
      DEPENDS sqlgen ${file} COMMENT "statements of ${subject}.sql" VERBATIM)
    list(APPEND headers ${out}/${subject}.h)
  endforeach()
  add_custom_command(OUTPUT ${out}/all.h
    COMMAND sqlgen all ${namespace} ${folder} ${out}/all.h ${ARGN}
    DEPENDS sqlgen ${ARGN} COMMENT "list of all statements in ${folder}" VERBATIM)
  add_custom_target(${target} DEPENDS ${headers} ${out}/all.h)
endfunction()

file(GLOB SQL_FILES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/adapters/book/sql/*.sql)
statements(book_statements tallyman::book::sql adapters/book/sql ${SQL_FILES})
add_dependencies(book book_statements)
