// tallyman sandbox: the pretend ShipStation as a server of its own.
#include <limits>

#include <fmt/format.h>

#include "adapters/time/zones.h"
#include "app/serve.h"
#include "domain/base/whole_number.h"
#include "http_server/server.h"
#include "sandbox/options.h"
#include "sandbox/scaled_clock.h"
#include "sandbox/world.h"

namespace tallyman::app {

namespace {

constexpr Micros kLongest = std::chrono::hours{24};

// "127.0.0.1:9900", ":9900" or "9900".
std::optional<http_server::Listen> listen_from(std::string_view text) {
  http_server::Listen listen;
  const auto colon = text.rfind(':');
  if (colon != std::string_view::npos) {
    if (colon > 0) listen.address = std::string(text.substr(0, colon));
    text.remove_prefix(colon + 1);
  }
  const auto port = whole_number(text);
  if (!port || *port < 0 || *port > std::numeric_limits<std::uint16_t>::max()) return std::nullopt;
  listen.port = static_cast<std::uint16_t>(*port);
  return listen;
}

}  // namespace

cli::Exit sandbox(const cli::Sandbox& command, const Outside& outside, cli::Terminal& terminal,
                  const std::stop_token& stop) {
  const std::vector<std::string_view> words(command.arguments.begin(), command.arguments.end());
  const auto options = sandbox::options_from(words);
  if (!options) {
    terminal.error("tallyman sandbox: " + options.error().what + "\n");
    return cli::Exit::usage;
  }
  if (options->wants_help) {
    terminal.out(sandbox::options_help());
    return cli::Exit::done;
  }
  const auto listen = listen_from(options->listen);
  if (!listen) {
    terminal.error("tallyman sandbox: --listen wants ADDRESS:PORT, for example 127.0.0.1:9900\n");
    return cli::Exit::usage;
  }
  sandbox::ScaledClock clock(outside.clock, options->speed);
  sandbox::World world(
      clock, sandbox::setup_from(*options, timing::load_zone("America/Los_Angeles").value()));
  sandbox::prepare(world, *options);
  http_server::Options door;
  door.listen = *listen;
  http_server::Server server(std::move(door), [&world](const http_server::Request& request) {
    return world.handle(request);
  });
  terminal.out(
      sandbox::greeting(*options, fmt::format("http://{}:{}", listen->address, server.port())));
  while (clock.wait(kLongest, stop, nullptr) != ports::WaitEnd::stopped) {
  }
  server.stop();
  return cli::Exit::done;
}

}  // namespace tallyman::app
