// Serves the pages: which path gets which file, with which cache and security headers. The rules
// are the table of ux.md §2.7. What the files are is decided by web/ and src/api/embed.
#pragma once

#include <filesystem>
#include <optional>

#include "http_server/message.h"

namespace tallyman::api {

// The answer from the embedded files, security headers included. None for /api, /health and
// /metrics (and everything below them): those belong to the API's own routes. For HEAD the body is
// the one GET would carry; the server leaves it out.
std::optional<http_server::Response> page(const http_server::Request& request);

// The same from a folder on disk (`serve --dev-assets DIR`), uncompressed, nothing immutable, so
// that a rebuilt page is seen at the next reload.
std::optional<http_server::Response> page(const http_server::Request& request,
                                          const std::filesystem::path& dev_assets);

// What a path below /api that has no route answers: 404 problem, not stored.
http_server::Response no_such_endpoint();

// Content-Security-Policy and its companions, for every response of every door.
const ports::Headers& security_headers();

// Adds those that the response does not carry yet.
void add_security_headers(http_server::Response& response);

}  // namespace tallyman::api
