# The standard library's and fmt's headers that nearly every file includes, parsed once: a third of the time of a full
# build. Files still include what they use (the presets tsan and fuzz build without this, so that a forgotten one is
# noticed), and headers of our own are never in here: an edit of one would rebuild everything.
set(PRECOMPILED <algorithm> <array> <chrono> <cstdint> <filesystem> <functional> <map> <memory> <mutex> <optional>
  <span> <stop_token> <string> <string_view> <utility> <variant> <vector> <fmt/format.h>)

# What reuses it has to be a library that links fmt (programs are compiled with other flags).
file(WRITE ${CMAKE_BINARY_DIR}/empty/precompiled.cpp "namespace { [[maybe_unused]] int nothing; }\n")
add_library(precompiled STATIC ${CMAKE_BINARY_DIR}/empty/precompiled.cpp)
target_link_libraries(precompiled PRIVATE fmt::fmt)
target_precompile_headers(precompiled PRIVATE ${PRECOMPILED})
