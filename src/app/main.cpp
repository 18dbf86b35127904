// The whole story: understand the line, read the configuration, do it, tell how it ended.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "adapters/time/system_clock.h"
#include "adapters/time/system_random.h"
#include "adapters/time/system_threads.h"
#include "api/openapi.h"
#include "api/routes.h"
#include "app/config.h"
#include "app/doctor.h"
#include "app/door.h"
#include "app/log.h"
#include "app/program.h"
#include "app/serve.h"
#include "app/stop_signals.h"
#include "app/upkeep.h"
#include "cli/command.h"
#include "cli/run.h"
#include "domain/base/check.h"
#include "http_server/target.h"

namespace tallyman::app {

namespace {

using cli::Exit;

void write_to(FILE* stream, std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stream);
  std::fflush(stream);
}

// NOLINTNEXTLINE(concurrency-mt-unsafe): nothing in this program changes its environment
const char* variable(const char* name) { return std::getenv(name); }

bool is_dumb() {
  const char* term = variable("TERM");
  return term != nullptr && std::string_view(term) == "dumb";
}

// no-color.org: NO_COLOR counts when it is not empty; CLICOLOR_FORCE paints even for a pipe.
cli::Colour colour_of(const cli::Global& global) {
  const char* never = variable("NO_COLOR");
  if (global.colour == cli::ColourWish::never || (never != nullptr && *never != '\0')) {
    return cli::Colour::no;
  }
  const char* force = variable("CLICOLOR_FORCE");
  if (force != nullptr && *force != '\0' && std::string_view(force) != "0") {
    return cli::Colour::yes;
  }
  return isatty(STDOUT_FILENO) != 0 && !is_dumb() ? cli::Colour::yes : cli::Colour::no;
}

cli::Terminal terminal_of(const cli::Global& global) {
  cli::Terminal terminal{
      .out = [](std::string_view text) { write_to(stdout, text); },
      .error = [](std::string_view text) { write_to(stderr, text); },
      .progress = isatty(STDERR_FILENO) != 0 ? cli::Progress::live : cli::Progress::lines};
  if (global.quiet) terminal.progress = cli::Progress::none;
  // A dumb terminal cannot go back in its line.
  if (is_dumb() && terminal.progress == cli::Progress::live)
    terminal.progress = cli::Progress::lines;
  terminal.colour = colour_of(global);
  return terminal;
}

// Everything that one command is executed with.
struct Execution {
  const Config& config;
  const cli::Global& global;
  const Outside& outside;
  Log& log;
  cli::Terminal& terminal;
  std::stop_token stop;

  Exit operator()(const cli::Serve& command) {
    return serve(command, config, outside, log, terminal, stop);
  }
  Exit operator()(const cli::Demo& command) {
    return demo(command, config, outside, log, terminal, stop);
  }
  Exit operator()(const cli::Sandbox& command) { return sandbox(command, outside, terminal, stop); }
  Exit operator()(const cli::MigrateStatus&) {
    return migrate_status(config, outside, global, terminal);
  }
  Exit operator()(const cli::MigrateUp&) { return migrate_up(config, outside, global, terminal); }
  Exit operator()(const cli::ConfigShow& command) {
    return config_show(command, config, global, terminal);
  }
  Exit operator()(const cli::ConfigCheck&) const {
    terminal.out("The configuration is right.\n");
    return Exit::done;
  }
  Exit operator()(const cli::Version&) { return version(global, terminal); }
  Exit operator()(const cli::CompletionScript& command) const {
    terminal.out(cli::completion_script(command.shell));
    return Exit::done;
  }
  Exit operator()(const cli::Complete& command) {
    return complete(command, config, outside, terminal);
  }
  // Of this program, running or not: it needs neither server nor order book.
  Exit operator()(const cli::OpenApi&) const {
    terminal.out(api::openapi_text(kVersion));
    return Exit::done;
  }
  Exit operator()(const cli::Doctor&) {
    return tell_health(examine(config, outside), global, terminal);
  }
  Exit operator()(const cli::ApiCommand& command) {
    const std::string socket = socket_path(config);
    if (answers(socket, outside.clock) == Answering::yes) {
      return ask(command, socket_api(socket, outside.clock));
    }
    if (const auto missing = missing_book(command)) {
      terminal.error(*missing);
      return Exit::failed;
    }
    auto started = Program::build(config, outside, log, Pace::when_asked);
    if (const auto* locked = std::get_if<Locked>(&started)) {
      terminal.error("tallyman: " + locked_text(config, *locked) + "\n");
      return Exit::conflict;
    }
    auto& program = *std::get<std::unique_ptr<Program>>(started);
    // Only who asks for a run works here; other commands leave the queue to a server.
    const bool works = std::holds_alternative<cli::SyncRun>(command) ||
                       std::holds_alternative<cli::ImportRun>(command);
    if (!works) program.leave_work_to_nodes();
    const auto handler = api::make_handler(program.context());
    return ask(command, in_process(handler), [&program] { return program.trouble(); });
  }

 private:
  // Looking makes no order book: a mistyped path must not answer "nothing needs attention".
  std::optional<std::string> missing_book(const cli::ApiCommand& command) const {
    const bool may_make = std::holds_alternative<cli::SyncRun>(command) ||
                          std::holds_alternative<cli::UserAdd>(command);
    const auto& database = config.database;
    if (may_make || database.dialect != ports::Dialect::sqlite) return std::nullopt;
    std::error_code ignored;  // what cannot be looked at is told when it is opened
    if (std::filesystem::exists(database.file, ignored) || ignored) return std::nullopt;
    return "tallyman: there is no order book at " + database.file.string() +
           "\nhint: tallyman migrate up makes one; TALLYMAN_DATABASE says where it is\n";
  }

  Exit ask(const cli::ApiCommand& command, const cli::Api& api,
           std::function<std::optional<std::string>()> trouble = {}) {
    cli::Doing doing{.global = global,
                     .api = api,
                     .clock = outside.clock,
                     .stop = stop,
                     .terminal = terminal,
                     .trouble = std::move(trouble),
                     .warehouse = zone_named(config.timezone)};
    return cli::run_api_command(command, doing);
  }

  static cli::Api in_process(const http_server::Handler& handler) {
    return [&handler](std::string_view method, const std::string& target,
                      const std::string& body) -> cli::ApiAnswer {
      const auto parsed = http_server::parse_target(target);
      check(parsed.has_value(), "the program's own requests are well formed");
      http_server::Request request;
      request.method = method;
      request.path = parsed->path;
      request.query = parsed->query;
      request.body = body;
      if (!body.empty()) {
        request.headers = {{"Content-Type", std::string(cli::media_of(target))}};
      }
      request.peer = "unix";  // the same user of this machine, as over the socket
      auto response = handler(request);
      return {.status = response.status, .body = std::move(response.body)};
    };
  }
};

Exit with_config(const cli::Parsed& parsed, cli::Terminal& terminal) {
  auto config = load_config({.named = parsed.global.config, .environment = process_environment()});
  if (!config && std::holds_alternative<cli::Doctor>(parsed.command)) {
    return tell_unreadable_config(config.error(), parsed.global, terminal);
  }
  if (const auto* begun = std::get_if<cli::Complete>(&parsed.command);
      begun != nullptr && !config) {
    for (const auto& word : cli::complete(begun->words).words) terminal.out(word + "\n");
    return Exit::done;
  }
  if (!config) {
    for (const auto& problem : config.error()) terminal.error("tallyman: " + problem.what + "\n");
    return Exit::usage;
  }
  for (const auto& note : config->notes) terminal.error("note: " + note + "\n");
  StopSignals signals;
  timing::SystemClock clock;
  timing::SystemRandom random;
  timing::SystemThreads threads;
  const Outside outside{.clock = clock, .random = random, .threads = threads};
  const bool daemon = std::holds_alternative<cli::Serve>(parsed.command);
  // A command that ends soon tells its result itself; its log would only be in the way, unless
  // somebody asked for one.
  const bool silent = !daemon && !config->origins.contains("log.level");
  Log to_stderr(config->log, clock);
  Log to_nobody(config->log, clock, [](LogLevel, std::string_view) {});
  Log& log = silent ? to_nobody : to_stderr;
  Execution execution{.config = *config,
                      .global = parsed.global,
                      .outside = outside,
                      .log = log,
                      .terminal = terminal,
                      .stop = signals.token()};
  return std::visit(execution, parsed.command);
}

int run(const std::vector<std::string>& arguments) {
  const auto parsed = cli::parse(arguments);
  if (!parsed) {
    write_to(stdout, parsed.error().out);
    write_to(stderr, parsed.error().error);
    return parsed.error().exit;
  }
  cli::Terminal terminal = terminal_of(parsed->global);
  try {
    return static_cast<int>(with_config(*parsed, terminal));
  } catch (const std::exception& failure) {
    terminal.error(std::string("tallyman: ") + failure.what() + "\n");
    return static_cast<int>(Exit::failed);
  }
}

}  // namespace

}  // namespace tallyman::app

int main(int count, char** words) {
  return tallyman::app::run(std::vector<std::string>(words + 1, words + count));
}
