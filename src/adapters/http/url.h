// Where a request may go. The address is taken apart by libcurl's own parser and handed to the
// transfer in that form, so that what was checked is what is used.
#pragma once

#include <memory>
#include <string>

#include <curl/curl.h>

#include "domain/base/result.h"
#include "ports/http.h"

namespace tallyman::http {

struct CurlUrlFree {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

struct Url {
  std::unique_ptr<CURLU, CurlUrlFree> parsed;
  const char* scheme = "https";  // the only one this transfer may use
  std::string host;              // without brackets
  std::string path;              // as sent, without the query
};

// Refused: anything but https, http to another machine (unless a Unix socket is used instead of
// the network), and a user or password within the address. The problem never repeats the address.
Result<Url> parse_url(const ports::HttpRequest& request);

}  // namespace tallyman::http
