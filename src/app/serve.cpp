#include "app/serve.h"

#include <atomic>
#include <cstdlib>

#include <fmt/format.h>

#include "api/body.h"
#include "api/ending.h"
#include "api/pages.h"
#include "api/routes.h"
#include "api/sign_in.h"
#include "app/door.h"
#include "domain/imports/limits.h"
#include "http_server/server.h"

namespace tallyman::app {

namespace {

constexpr Micros kLongest = std::chrono::hours{24};
constexpr Micros kLastLook = std::chrono::seconds{1};  // commands ask ten times a second

bool is_loopback(const std::string& host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

void wait_for_end(ports::Clock& clock, const std::stop_token& stop) {
  while (clock.wait(kLongest, stop) != ports::WaitEnd::stopped) {
  }
}

// A handler that ignores its stop would keep the process for ever: its job has been handed back and
// what it writes is void, so the process ends without it.
void drain(Program& program, Log& log) {
  const auto drained = program.drain({});
  if (drained.handed_back > 0) {
    log.info("jobs handed back", {{"count", std::to_string(drained.handed_back)}});
  }
  if (drained.stuck == 0) return;
  log.error("a job does not stop", {{"count", std::to_string(drained.stuck)}});
  std::quick_exit(static_cast<int>(cli::Exit::failed));
}

// Until somebody can sign in, whoever starts the program is told how to become the first admin.
void tell_setup_link(Program& program, const Outside& outside, const std::string& base,
                     cli::Terminal& terminal) {
  const auto link = api::setup_link(program.database(), outside.random);
  if (!link) return;
  terminal.error(
      fmt::format("Nobody can sign in yet. The first admin begins here, once and within a day:\n"
                  "  {}/setup#token={}\n",
                  base, link->reveal()));
}

// Commands of this machine go to one server of the order book: the first.
std::optional<std::string> free_socket(const Config& config, const Outside& outside,
                                       cli::Terminal& terminal) {
  std::string socket = socket_path(config);
  if (answers(socket, outside.clock) == Answering::no) return socket;
  terminal.error("Another server of this order book runs here: commands go to that one.\n");
  return std::nullopt;
}

}  // namespace

std::string locked_text(const Config& config, const Locked& locked) {
  return fmt::format(
      "another tallyman (process {}) is using the order book {}; only one program "
      "may write an SQLite file",
      locked.pid == 0 ? std::string("?") : std::to_string(locked.pid),
      config.database.file.string());
}

cli::Exit serve(const cli::Serve& command, const Config& config, const Outside& outside, Log& log,
                cli::Terminal& terminal, const std::stop_token& stop) {
  if (!is_loopback(config.listen.host) && config.door.hosts.empty()) {
    terminal.error(fmt::format(
        "tallyman: server.listen {} is not loopback, and server.hosts does not say by which names "
        "browsers may reach it.\nhint: set TALLYMAN_SERVER_HOSTS to those names, or "
        "TALLYMAN_LISTEN=127.0.0.1:{}\n",
        config.listen.host, config.listen.port));
    return cli::Exit::usage;
  }
  auto started = Program::build(config, outside, log, Pace::scheduled);
  if (const auto* locked = std::get_if<Locked>(&started)) {
    terminal.error("tallyman: " + locked_text(config, *locked) + "\n");
    return cli::Exit::conflict;
  }
  auto& program = *std::get<std::unique_ptr<Program>>(started);
  if (command.dev_assets) program.context().dev_assets = *command.dev_assets;
  http_server::Options options;
  options.listen = {.address = config.listen.host,
                    .port = config.listen.port,
                    .unix_socket = free_socket(config, outside, terminal)};
  options.headers = api::security_headers();
  options.limits.body_bytes = api::kLargestBody;
  options.large = {.path = std::string(api::kFilePath), .bytes = imports::kFileBytes};
  options.is_at_once = api::is_answered_at_once;
  options.on_error = [&log](const std::string& what) {
    log.error("request failed", {{"reason", what}});
  };
  std::atomic<bool> is_ending = false;
  http_server::Server server(std::move(options),
                             api::reads_only_while([&is_ending] { return is_ending.load(); },
                                                   api::make_handler(program.context())));
  program.go();
  terminal.error(fmt::format("tallyman {} on http://{}:{}, order book {}\n", kVersion,
                             config.listen.host, server.port(), program.database().description()));
  if (!program.context().status.configured) {
    terminal.error(
        "ShipStation is not set up: set TALLYMAN_SHIPSTATION_KEY and "
        "TALLYMAN_SHIPSTATION_SECRET.\n");
  }
  const std::string base = config.listen.url.empty()
                               ? fmt::format("http://{}:{}", config.listen.host, server.port())
                               : config.listen.url;
  tell_setup_link(program, outside, base, terminal);
  log.info("serving", {{"port", std::to_string(server.port())}});
  wait_for_end(outside.clock, stop);
  // Jobs first: who waits for one can still look how it ends.
  is_ending = true;
  const bool is_awaited = program.running() > 0;
  drain(program, log);
  if (is_awaited) outside.clock.wait(kLastLook, {}, nullptr);
  server.stop();
  log.info("stopped", {});
  return cli::Exit::done;
}

}  // namespace tallyman::app
