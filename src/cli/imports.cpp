// tallyman import run | status
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "cli/ask.h"
#include "cli/nouns.h"
#include "cli/table.h"
#include "domain/imports/limits.h"

namespace tallyman::cli {

namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr auto kPoll = 200ms;
constexpr std::size_t kShownFindings = 50;

// The whole file, read with the rights of whoever asks; else what is wrong has been told.
std::optional<std::string> bytes_of(const std::string& path, Doing& doing) {
  const auto wrong = [&](const std::string& what) {
    doing.terminal.error("tallyman: " + path + " " + what + "\n");
    return std::nullopt;
  };
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (error || !std::filesystem::exists(status)) return wrong("is not there");
  if (!std::filesystem::is_regular_file(status)) return wrong("is no plain file");
  const auto size = std::filesystem::file_size(path, error);
  if (error) return wrong("cannot be read");
  if (size > imports::kFileBytes) {
    return wrong(
        fmt::format("has {} bytes; at most {} (64 MiB) are read", size, imports::kFileBytes));
  }
  std::ifstream file(path, std::ios::binary);
  std::string bytes(size, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(size));
  if (!file || file.gcount() != static_cast<std::streamsize>(size)) return wrong("cannot be read");
  if (bytes.empty()) return wrong("is empty");
  return bytes;
}

std::string finding_text(const json::object& finding) {
  std::string text = fmt::format("{}:{}  {}", text_of(finding, "line"), text_of(finding, "column"),
                                 text_of(finding, "kind"));
  if (const auto number = text_of(finding, "order_number"); number != "-") {
    text += "  order " + number;
  }
  if (const auto sku = text_of(finding, "sku"); sku != "-") {
    text += fmt::format("  {} x {}", text_of(finding, "quantity"), sku);
  }
  return text + "  " + text_of(finding, "reason") + "\n";
}

std::string findings_text(const json::array& findings, std::int64_t total) {
  std::string text;
  std::size_t shown = 0;
  for (const auto& finding : findings) {
    if (shown++ == kShownFindings) break;
    text += finding_text(finding.as_object());
  }
  if (total > static_cast<std::int64_t>(kShownFindings)) {
    text += fmt::format("… and {} more\n", total - static_cast<std::int64_t>(kShownFindings));
  }
  return text;
}

Exit exit_of(const json::object& told) {
  const std::string outcome = text_of(told, "outcome");
  if (outcome == "ok") return Exit::done;
  return outcome == "partial" ? Exit::partly : Exit::failed;
}

std::string target_of(std::string_view path, const std::string& file) {
  return fmt::format("{}?name={}", path, encoded(std::filesystem::path(file).filename().string()));
}

Exit preview(const ImportRun& command, const std::string& bytes, Doing& doing) {
  const Asked asked = ask(doing, "POST", target_of("/api/v1/imports/preview", command.file), bytes);
  if (!asked.body) return asked.exit;
  if (doing.global.json) {
    doing.terminal.out(asked.text + "\n");
    return exit_of(*asked.body);
  }
  doing.terminal.out(text_of(*asked.body, "message") + "\n" +
                     findings_text(asked.body->at("findings").as_array(),
                                   asked.body->at("findings_total").as_int64()) +
                     "Nothing was changed.\n");
  return exit_of(*asked.body);
}

// Every finding of a file: for people as many as are shown, for programs all.
std::optional<json::array> findings_of(const std::string& id, Doing& doing, Exit& exit) {
  json::array all;
  std::string cursor = "0";
  for (;;) {
    const Asked asked = ask(
        doing, "GET", fmt::format("/api/v1/imports/{}/findings?limit=500&cursor={}", id, cursor));
    if (!asked.body) {
      exit = asked.exit;
      return std::nullopt;
    }
    for (const auto& item : asked.body->at("items").as_array()) all.push_back(item);
    cursor = text_of(*asked.body, "next_cursor");
    if (cursor == "-") return all;
  }
}

Exit tell(const std::string& id, Doing& doing) {
  Asked asked = ask(doing, "GET", "/api/v1/imports/" + id);
  if (!asked.body) return asked.exit;
  Exit exit = exit_of(*asked.body);
  auto findings = findings_of(id, doing, exit);
  if (!findings) return exit;
  if (doing.global.json) {
    auto body = *asked.body;
    body["findings"] = std::move(*findings);
    doing.terminal.out(json::serialize(body) + "\n");
    return exit;
  }
  const auto total = static_cast<std::int64_t>(findings->size());
  doing.terminal.out(text_of(*asked.body, "message") + "\n" + findings_text(*findings, total));
  return exit;
}

bool is_over(const json::object& job) {
  const std::string state = text_of(job, "state");
  return state == "done" || state == "dead" || state == "cancelled";
}

Exit follow(const std::string& import, const std::string& job, Doing& doing) {
  for (;;) {
    const Asked asked = ask(doing, "GET", "/api/v1/jobs/" + job);
    if (!asked.body) return asked.exit;
    if (is_over(*asked.body)) {
      if (text_of(*asked.body, "state") == "done" && text_of(*asked.body, "outcome") != "skipped") {
        return tell(import, doing);
      }
      doing.terminal.error("tallyman: " + text_of(*asked.body, "message") + "\n");
      return Exit::failed;
    }
    if (const auto trouble = doing.trouble ? doing.trouble() : std::nullopt) {
      doing.terminal.error("tallyman: the order book cannot be used: " + *trouble + "\n");
      return Exit::failed;
    }
    if (doing.clock.wait(kPoll, doing.stop) == ports::WaitEnd::stopped) {
      doing.terminal.error("tallyman: stopped waiting for job " + job + "\n");
      return Exit::interrupted;
    }
  }
}

}  // namespace

std::string_view media_of(std::string_view target) {
  return target.starts_with("/api/v1/imports") ? "application/xml" : "application/json";
}

Exit run(const ImportRun& command, Doing& doing) {
  if (!command.wait && doing.trouble) {
    doing.terminal.error(
        "tallyman: no server runs that could go on with it\nhint: leave out --no-wait, or start "
        "tallyman serve\n");
    return Exit::usage;
  }
  const auto bytes = bytes_of(command.file, doing);
  if (!bytes) return Exit::failed;
  if (command.dry_run) return preview(command, *bytes, doing);
  const Asked asked = ask(doing, "POST", target_of("/api/v1/imports", command.file), *bytes);
  if (!asked.body) return asked.exit;
  const std::string import = text_of(*asked.body, "import_id");
  const std::string job = text_of(*asked.body, "job_id");
  if (command.wait) return follow(import, job, doing);
  doing.terminal.out(doing.global.json ? asked.text + "\n"
                                       : fmt::format("import {}  job {}\n", import, job));
  return Exit::still_running;
}

Exit run(const ImportStatus& command, Doing& doing) {
  const Asked asked = ask(doing, "GET", fmt::format("/api/v1/imports?limit={}", command.limit));
  if (!asked.body) return asked.exit;
  if (doing.global.json) {
    doing.terminal.out(asked.text + "\n");
    return Exit::done;
  }
  const std::string folder = text_of(*asked.body, "folder");
  doing.terminal.out(
      folder == "-" ? "No folder is watched (import.folder).\n"
                    : fmt::format("Watched: {}/{}\n", folder, text_of(*asked.body, "file_name")));
  std::vector<std::vector<std::string>> rows;
  for (const auto& item : asked.body->at("items").as_array()) {
    const auto& file = item.as_object();
    const auto& counts = file.at("counts").as_object();
    rows.push_back({text_of(file, "id"), text_of(file, "received_at").substr(0, 16),
                    text_of(file, "name"), text_of(file, "source"), text_of(file, "outcome"),
                    text_of(counts, "orders"), text_of(counts, "inserted"),
                    text_of(counts, "updated"), text_of(counts, "skipped"),
                    text_of(counts, "quarantined")});
  }
  doing.terminal.out(table({{"ID", Align::right},
                            {"RECEIVED"},
                            {"FILE"},
                            {"FROM"},
                            {"OUTCOME"},
                            {"ORDERS", Align::right},
                            {"NEW", Align::right},
                            {"CHANGED", Align::right},
                            {"LEFT OUT", Align::right},
                            {"QUARANTINE", Align::right}},
                           rows));
  return Exit::done;
}

}  // namespace tallyman::cli
