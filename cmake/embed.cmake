# Packs web/dist into the api room (see src/api/embed). web/dist is committed, so no Node is needed
# here; without TALLYMAN_WEB one page of text takes its place.
if(TALLYMAN_WEB)
  set(PAGES ${CMAKE_SOURCE_DIR}/web/dist)
else()
  set(PAGES ${CMAKE_SOURCE_DIR}/src/api/embed/text)
endif()
set(PACKED ${CMAKE_BINARY_DIR}/generated/pages)
file(GLOB_RECURSE PAGE_FILES CONFIGURE_DEPENDS ${PAGES}/*)

add_executable(embed src/api/embed/main.cpp)
target_link_libraries(embed PRIVATE domain ZLIB::ZLIB)

set(PACKED_BODIES)
set(index 0)
foreach(file ${PAGE_FILES})
  list(APPEND PACKED_BODIES ${PACKED}/gz/${index}.gz)
  math(EXPR index "${index} + 1")
endforeach()

# The tool leaves an unchanged file as it is; the stamp says when it last ran.
add_custom_command(OUTPUT ${PACKED}/stamp
  BYPRODUCTS ${PACKED}/assets.S ${PACKED}/assets.cpp ${PACKED_BODIES}
  COMMAND embed ${PAGES} ${PACKED}
  COMMAND ${CMAKE_COMMAND} -E touch ${PACKED}/stamp
  DEPENDS embed ${PAGE_FILES} COMMENT "packing the pages" VERBATIM)
add_custom_target(packed_pages DEPENDS ${PACKED}/stamp)

set_source_files_properties(${PACKED}/assets.S ${PACKED}/assets.cpp PROPERTIES GENERATED TRUE)
# .incbin is invisible to the dependency scanner, hence the explicit list.
set_source_files_properties(${PACKED}/assets.S PROPERTIES
  OBJECT_DEPENDS "${PACKED_BODIES}" COMPILE_OPTIONS "-Wa,--noexecstack")
target_sources(api PRIVATE ${PACKED}/assets.S ${PACKED}/assets.cpp)
target_link_libraries(api PRIVATE ZLIB::ZLIB)
add_dependencies(api packed_pages)
