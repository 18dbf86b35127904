#include "app/door.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <stdexcept>

#include <fmt/format.h>

#include "adapters/http/client.h"
#include "app/program.h"
#include "domain/base/digest.h"

namespace tallyman::app {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t kNameDigits = 20;
constexpr auto kPatience = 2s;

std::string runtime_folder() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing in this program changes its environment
  const char* given = std::getenv("XDG_RUNTIME_DIR");
  return given != nullptr && *given != '\0' ? std::string(given) + "/tallyman"
                                            : fmt::format("/tmp/tallyman-{}", geteuid());
}

// Ours alone, or nobody's: another user must not be able to listen in our place.
void make_private(const std::string& folder) {
  if (mkdir(folder.c_str(), S_IRWXU) == 0) return;
  struct stat facts{};
  if (lstat(folder.c_str(), &facts) != 0 || !S_ISDIR(facts.st_mode) || facts.st_uid != geteuid() ||
      (facts.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    throw std::runtime_error(fmt::format(
        "{} is not a folder that only this user may enter (mode 0700); the program's socket "
        "belongs there",
        folder));
  }
}

std::string identity(const Config& config) {
  if (config.database.dialect == ports::Dialect::postgres) return config.database.url.reveal();
  return std::filesystem::weakly_canonical(std::filesystem::absolute(config.database.file))
      .string();
}

ports::HttpMethod method_of(std::string_view word) {
  for (const auto method : {ports::HttpMethod::post, ports::HttpMethod::put,
                            ports::HttpMethod::patch, ports::HttpMethod::del}) {
    if (ports::word(method) == word) return method;
  }
  return ports::HttpMethod::get;
}

ports::HttpRequest request_to(const std::string& socket, std::string_view method,
                              const std::string& target, const std::string& body = {}) {
  ports::HttpRequest request;
  request.method = method_of(method);
  request.body = body;
  if (!body.empty()) request.headers = {{"Content-Type", std::string(cli::media_of(target))}};
  request.url = "http://localhost" + target;
  request.unix_socket = socket;
  request.connect_timeout = kPatience;
  return request;
}

std::unique_ptr<ports::Http> client(ports::Clock& clock) {
  return http::make_client({.user_agent = fmt::format("tallyman/{}", kVersion),
                            .ca_file = std::nullopt,
                            .observer = nullptr,
                            .clock = clock});
}

}  // namespace

std::string socket_path(const Config& config) {
  const std::string folder = runtime_folder();
  make_private(folder);
  return fmt::format("{}/{}.sock", folder, sha256_hex(identity(config)).substr(0, kNameDigits));
}

cli::Api socket_api(const std::string& socket, ports::Clock& clock,
                    std::chrono::milliseconds patience) {
  // Shared: std::function needs a target that can be copied.
  const std::shared_ptr<ports::Http> http = client(clock);
  return [http, socket, patience](std::string_view method, const std::string& target,
                                  const std::string& body) -> cli::ApiAnswer {
    auto request = request_to(socket, method, target, body);
    request.total_timeout = patience;
    auto answer = http->send(request, {});
    if (!answer) return {.status = 0, .body = "the server went away: " + answer.error().what};
    return {.status = answer->status, .body = std::move(answer->body)};
  };
}

Answering answers(const std::string& socket, ports::Clock& clock) {
  if (!std::filesystem::exists(socket)) return Answering::no;
  auto request = request_to(socket, "GET", "/health/live");
  request.total_timeout = kPatience;  // a server that hangs is not waited for: its lock names it
  const auto answer = client(clock)->send(request, {});
  return answer && answer->status == 200 ? Answering::yes : Answering::no;
}

}  // namespace tallyman::app
