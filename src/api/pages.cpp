#include "api/pages.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <iterator>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <zlib.h>

#include "api/assets.h"
#include "domain/base/digest.h"

namespace tallyman::api {
namespace {

using http_server::Request;
using http_server::Response;

constexpr std::string_view kept_for_ever = "public, max-age=31536000, immutable";
constexpr std::string_view asked_each_time = "no-cache";

// A file that may answer a request, wherever it lies.
struct File {
  std::string_view mime;
  std::string etag;
  bool immutable = false;
  std::string plain;  // one of the two is there
  std::string_view gzip;
  std::size_t size = 0;
};

bool same_word(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) ==
           std::tolower(static_cast<unsigned char>(y));
  });
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// The parts of a header's list: "a, b;q=0" gives "a" and "b;q=0".
std::vector<std::string_view> parts(std::string_view list, char separator) {
  std::vector<std::string_view> found;
  while (true) {
    const auto end = list.find(separator);
    found.push_back(trimmed(list.substr(0, end)));
    if (end == std::string_view::npos) return found;
    list.remove_prefix(end + 1);
  }
}

// "q=0", "q=0.0" and "q=0.000" all mean "not this one".
bool refused(std::span<const std::string_view> parameters) {
  return std::ranges::any_of(parameters, [](std::string_view parameter) {
    if (!parameter.starts_with("q=") && !parameter.starts_with("Q=")) return false;
    return parameter.find_first_not_of("0.", 2) == std::string_view::npos;
  });
}

// Whether a list such as Accept or Accept-Encoding names exactly this word without refusing it.
bool names(const Request& request, std::string_view header, std::string_view word) {
  const auto value = ports::find_header(request.headers, header);
  if (!value) return false;
  for (const auto part : parts(*value, ',')) {
    const auto pieces = parts(part, ';');
    if (same_word(pieces.front(), word)) return !refused(std::span(pieces).subspan(1));
  }
  return false;
}

std::string inflated(std::string_view packed, std::size_t size) {
  std::string plain(size, '\0');
  z_stream stream{};
  if (inflateInit2(&stream, 15 + 16) != Z_OK) throw std::runtime_error("zlib does not start");
  // zlib reads through next_in and takes it for writable all the same.
  stream.next_in = reinterpret_cast<Bytef*>(
      const_cast<char*>(packed.data()));  // NOLINT(cppcoreguidelines-pro-type-const-cast)
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(plain.data());
  stream.avail_out = static_cast<uInt>(plain.size());
  const int done = inflate(&stream, Z_FINISH);
  inflateEnd(&stream);
  if (done != Z_STREAM_END) throw std::runtime_error("an embedded page does not unpack");
  return plain;
}

// Two encodings are two representations, so the packed one has its own tag.
bool already_there(const Request& request, std::string_view etag) {
  const auto known = ports::find_header(request.headers, "If-None-Match");
  if (!known) return false;
  return std::ranges::any_of(parts(*known, ','), [&](std::string_view tag) {
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    return tag == "*" || tag == etag;
  });
}

Response refusal(int status, std::string_view type, std::string_view body) {
  Response response;
  response.status = status;
  response.headers = {{"Content-Type", std::string(type)}, {"Cache-Control", "no-store"}};
  response.body = body;
  add_security_headers(response);
  return response;
}

Response plain_text(int status, std::string_view body) {
  return refusal(status, "text/plain; charset=utf-8", body);
}

Response answer(const Request& request, File file) {
  const bool packed = !file.gzip.empty() && names(request, "Accept-Encoding", "gzip");
  const std::string etag = "\"" + file.etag + (packed ? "-gz\"" : "\"");
  Response response;
  response.headers = {
      {"Cache-Control", std::string(file.immutable ? kept_for_ever : asked_each_time)},
      {"ETag", etag},
      {"Vary", "Accept-Encoding"}};
  add_security_headers(response);
  if (already_there(request, etag)) {
    response.status = 304;
    return response;
  }
  response.headers.emplace_back("Content-Type", file.mime);
  if (packed) {
    response.headers.emplace_back("Content-Encoding", "gzip");
    response.body = file.gzip;
  } else {
    response.body = file.gzip.empty() ? std::move(file.plain) : inflated(file.gzip, file.size);
  }
  return response;
}

std::optional<File> embedded(std::string_view path) {
  const auto all = assets();
  const auto found = std::ranges::find(all, path, &Asset::path);
  if (found == all.end()) return std::nullopt;
  return File{.mime = found->mime,
              .etag = std::string(found->etag),
              .immutable = found->immutable,
              .plain = {},
              .gzip = found->gzip,
              .size = found->size};
}

// Only names that were embedded could be asked for there; here the path is looked at first.
bool stays_inside(std::string_view path) {
  if (path.find_first_of(std::string_view("\\\0", 2)) != std::string_view::npos) return false;
  const auto names_below = parts(path.substr(1), '/');
  return std::ranges::none_of(
      names_below, [](std::string_view name) { return name.empty() || name.starts_with('.'); });
}

std::string_view media_type(const std::filesystem::path& file) {
  static constexpr std::array<std::array<std::string_view, 2>, 5> types{{
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".svg", "image/svg+xml"},
      {".woff2", "font/woff2"},
  }};
  for (const auto& [extension, type] : types) {
    if (file.extension() == extension) return type;
  }
  return "application/octet-stream";
}

std::optional<File> on_disk(const std::filesystem::path& folder, std::string_view path) {
  if (!stays_inside(path)) return std::nullopt;
  const auto place = folder / path.substr(1);
  if (!std::filesystem::is_regular_file(place)) return std::nullopt;
  std::ifstream in(place, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + place.string());
  std::string content{std::istreambuf_iterator<char>(in), {}};
  return File{.mime = media_type(place),
              .etag = sha256_hex(content).substr(0, 20),
              .plain = std::move(content),
              .gzip = {}};
}

bool belongs_to_api(std::string_view path) {
  static constexpr std::string_view roots[] = {"/api", "/health", "/metrics"};
  return std::ranges::any_of(roots, [&](std::string_view root) {
    return path.starts_with(root) && (path.size() == root.size() || path[root.size()] == '/');
  });
}

template <typename Find>
std::optional<Response> serve(const Request& request, const Find& find) {
  if (belongs_to_api(request.path)) return std::nullopt;
  if (request.method != "GET" && request.method != "HEAD") {
    Response response = plain_text(405, "This page can only be read.\n");
    response.headers.emplace_back("Allow", "GET, HEAD");
    return response;
  }
  std::string_view asked = request.path;
  if (asked == "/") asked = "/index.html";
  if (auto file = find(asked)) return answer(request, std::move(*file));
  // A stale tab that asks for an old chunk must fail loudly, never get the page in its place.
  const bool names_a_page = !asked.starts_with("/assets/") && names(request, "Accept", "text/html");
  if (!names_a_page) return plain_text(404, "There is nothing at this address.\n");
  auto index = find("/index.html");
  if (!index) return plain_text(404, "There is no index.html among the pages.\n");
  return answer(request, std::move(*index));
}

}  // namespace

std::optional<Response> page(const Request& request) { return serve(request, embedded); }

std::optional<Response> page(const Request& request, const std::filesystem::path& dev_assets) {
  return serve(request, [&](std::string_view path) { return on_disk(dev_assets, path); });
}

Response no_such_endpoint() {
  return refusal(404, "application/problem+json",
                 R"({"type":"about:blank","title":"Not found","status":404,)"
                 R"("detail":"The API has no such path."})");
}

const ports::Headers& security_headers() {
  static const ports::Headers headers = {
      {"Content-Security-Policy",
       "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
       "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
       "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
       "require-trusted-types-for 'script'; trusted-types tallyman"},
      {"X-Content-Type-Options", "nosniff"},
      {"Referrer-Policy", "same-origin"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Permissions-Policy", "camera=(), microphone=(), geolocation=()"},
  };
  return headers;
}

void add_security_headers(Response& response) {
  for (const auto& [name, value] : security_headers()) {
    if (!ports::find_header(response.headers, name)) response.headers.emplace_back(name, value);
  }
}

}  // namespace tallyman::api
