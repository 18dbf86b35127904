// The API's own description, held against what the API does: every answer of every test of the API
// passes through here.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "http_server/message.h"
#include "support/json_schema.h"

namespace tallyman::tests {

class Contract {
 public:
  // Of an OpenAPI document.
  explicit Contract(boost::json::value document);

  // The one of this program.
  static Contract& of_this_program();

  // How the answer differs from what is documented for this request: status, media type, body,
  // caching; and, where it was accepted, the body of the request. Pages are no part of it.
  std::vector<std::string> complaints(const http_server::Request& request,
                                      const http_server::Response& response);

  // Operations that nobody has yet seen answered as they should be when all goes well.
  std::set<std::string> never_seen_well() const { return unseen_; }

 private:
  struct Place {
    std::string pointer;  // of the operation in the document
    const boost::json::object* operation = nullptr;
  };
  std::optional<Place> find(const http_server::Request& request) const;
  void check_answer(const Place& place, const http_server::Request& request,
                    const http_server::Response& response, std::vector<std::string>& found);

  JsonSchema schema_;
  std::set<std::string> unseen_;
};

}  // namespace tallyman::tests
