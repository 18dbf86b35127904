// Asking the API and telling a person what it refused. Private to cli.
#pragma once

#include <optional>
#include <string>

#include <boost/json.hpp>

#include "cli/run.h"

namespace tallyman::cli {

// The parsed body of a 2xx answer; else the problem has been printed and `exit` says what to do.
struct Asked {
  std::optional<boost::json::object> body;
  std::string text;  // the body, untouched
  Exit exit = Exit::done;
};
// An answer without a body (204) is an empty object.
Asked ask(Doing& doing, std::string_view method, const std::string& target,
          const std::string& body = {});

// What came of it: the answer itself with --json, else the sentence; the exit.
Exit tell(const Asked& asked, Doing& doing, const std::string& sentence);

// --timeout on the clock's steady time; none: for as long as it takes.
std::optional<Micros> end_of_waiting(std::optional<std::chrono::seconds> timeout,
                                     ports::Clock& clock);
// Whether it has come; then that is told.
bool is_waited_out(std::optional<Micros> until, const std::string& job, Doing& doing);

// "q=17612%20-%20250340": for query values and path segments.
std::string encoded(std::string_view text);

// Members of a JSON object as text for people; "-" for null or absent.
std::string text_of(const boost::json::object& object, std::string_view name);

}  // namespace tallyman::cli
