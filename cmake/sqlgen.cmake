# Makes a typed struct per named statement of adapters/book/sql/*.sql (see adapters/database/sqlgen).
if(EXISTS ${CMAKE_SOURCE_DIR}/src/adapters/database/sqlgen/main.cpp)
  add_executable(sqlgen src/adapters/database/sqlgen/main.cpp)
  file(GLOB SQL_FILES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/adapters/book/sql/*.sql)
  foreach(file ${SQL_FILES})
    get_filename_component(subject ${file} NAME_WE)
    set(header ${CMAKE_BINARY_DIR}/generated/adapters/book/sql/${subject}.h)
    add_custom_command(OUTPUT ${header}
      COMMAND sqlgen ${file} ${header}
      DEPENDS sqlgen ${file} COMMENT "statements of ${subject}.sql" VERBATIM)
    list(APPEND SQL_HEADERS ${header})
  endforeach()
  add_custom_target(statements DEPENDS ${SQL_HEADERS})
  add_dependencies(book statements)
endif()
