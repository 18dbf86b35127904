// One file of one folder (ports/drop_folder.h). Links are not followed and nothing but a plain file
// is opened: what is dropped there must not make the program read anything else.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>

#include "ports/drop_folder.h"

namespace tallyman::files {

// `most`: a larger file is not read. `file_name` is a plain name, without a slash.
std::unique_ptr<ports::DropFolder> make_drop_folder(std::filesystem::path folder,
                                                    std::string file_name, std::size_t most);

}  // namespace tallyman::files
