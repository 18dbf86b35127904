#include "cli/ask.h"

#include <fmt/format.h>

namespace tallyman::cli {

namespace {

namespace json = boost::json;

Exit exit_of(int status) {
  if (status == 401 || status == 403) return Exit::credentials;
  if (status == 409) return Exit::conflict;
  if (status == 400 || status == 422) return Exit::usage;  // a value that is not allowed
  return Exit::failed;
}

}  // namespace

Asked ask(Doing& doing, std::string_view method, const std::string& target,
          const std::string& body) {
  Asked asked;
  ApiAnswer answer = doing.api(method, target, body);
  if (answer.status == 0) {
    doing.terminal.error("tallyman: " + answer.body + "\n");
    asked.exit = Exit::failed;
    return asked;
  }
  if (answer.status == 204) {
    asked.body.emplace();
    return asked;
  }
  json::error_code error;
  json::value value = json::parse(answer.body, error);
  if (error || !value.is_object()) {
    doing.terminal.error(
        fmt::format("tallyman: the server's answer ({}) cannot be read\n", answer.status));
    asked.exit = Exit::failed;
    return asked;
  }
  if (answer.status >= 300) {
    const auto& problem = value.get_object();
    doing.terminal.error(doing.global.json ? answer.body + "\n"
                                           : "tallyman: " + text_of(problem, "detail") + "\n");
    asked.exit = text_of(problem, "type") == "urn:tallyman:not-set-up" ? Exit::credentials
                                                                       : exit_of(answer.status);
    return asked;
  }
  asked.body = std::move(value.get_object());
  asked.text = std::move(answer.body);
  return asked;
}

Exit tell(const Asked& asked, Doing& doing, const std::string& sentence) {
  if (!asked.body) return asked.exit;
  doing.terminal.out((doing.global.json ? asked.text : sentence) + "\n");
  return Exit::done;
}

std::optional<Micros> end_of_waiting(std::optional<std::chrono::seconds> timeout,
                                     ports::Clock& clock) {
  if (!timeout) return std::nullopt;
  return clock.steady() + *timeout;
}

bool is_waited_out(std::optional<Micros> until, const std::string& job, Doing& doing) {
  if (!until || doing.clock.steady() < *until) return false;
  // Where this process does the work itself, it hands it back as it goes.
  const std::string then = doing.trouble ? "the next tallyman goes on with it"
                                         : "it goes on: tallyman jobs show " + job + " --follow";
  doing.terminal.error(fmt::format("tallyman: job {} was not over in time; {}\n", job, then));
  return true;
}

std::string encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                       (byte >= '0' && byte <= '9') || c == '-' || c == '_' || c == '.' || c == '~';
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return out;
}

std::string text_of(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (value == nullptr || value->is_null()) return "-";
  if (value->is_string()) return std::string(value->get_string());
  return json::serialize(*value);
}

}  // namespace tallyman::cli
