// The folder into which the shop drops its file.
#pragma once

#include <optional>
#include <string>
#include <variant>

namespace tallyman::ports {

struct DropAbsent {};  // no such file there
// It is there and cannot be read, for now or for good.
struct DropUnusable {
  std::string why;   // for a person
  std::string mark;  // changes when the file does
};
struct DropFile {
  std::string bytes;
};
using Drop = std::variant<DropAbsent, DropUnusable, DropFile>;

class DropFolder {
 public:
  virtual ~DropFolder() = default;
  // The whole file as it stood at one moment: one that is being written is unusable.
  virtual Drop read() const = 0;
  // Changes when the file does; none: it is not there. Cheap.
  virtual std::optional<std::string> mark() const = 0;
  virtual std::string file_name() const = 0;  // "orders.xml"
  virtual std::string folder() const = 0;     // for people
};

}  // namespace tallyman::ports
