#include "app/config.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <utility>

#include <unistd.h>

#include <fmt/format.h>

#include "app/config_file.h"
#include "app/settings.h"

namespace tallyman::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxFileBytes = 1U << 20U;  // of a configuration or secret file

Result<std::string> read_text(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return problem("cannot be read");
  std::string text;
  text.assign(std::istreambuf_iterator<char>(file), {});
  if (file.bad()) return problem("cannot be read");
  if (text.size() > kMaxFileBytes) return problem("is over 1 MiB");
  return text;
}

// One attempt to load: collects values, their origins and everything that is wrong.
class Loading {
 public:
  explicit Loading(const ConfigSources& sources) : sources_(sources) {}

  tl::expected<Config, std::vector<Problem>> run() {
    config_.database.file = default_database();
    for (const auto& setting : settings()) {
      if (setting.kind == Kind::secret) read_credential(setting);
    }
    if (const auto file = file_to_read()) read_file(*file);
    for (const auto& setting : settings()) read_variables(setting);
    check_mail();
    note_unknown_variables();
    if (!problems_.empty()) return tl::unexpected(std::move(problems_));
    return std::move(config_);
  }

 private:
  std::optional<std::string> variable(std::string_view name) const {
    const auto found = sources_.environment.find(name);
    if (found == sources_.environment.end() || found->second.empty()) return std::nullopt;
    return found->second;
  }

  void complain(std::string what) { problems_.push_back({std::move(what)}); }

  // systemd's state folder, else the user's (XDG base directories), else the system's.
  fs::path default_database() const {
    fs::path folder = "/var/lib/tallyman";
    if (const auto state = variable("STATE_DIRECTORY")) {
      folder = state->substr(0, state->find(':'));
    } else if (const auto xdg = variable("XDG_STATE_HOME"); xdg && fs::path(*xdg).is_absolute()) {
      folder = fs::path(*xdg) / "tallyman";
    } else if (const auto home = variable("HOME")) {
      folder = fs::path(*home) / ".local/state/tallyman";
    }
    return folder / "tallyman.db";
  }

  // What each setting allows by itself may still not go together.
  void check_mail() {
    const auto& mail = config_.mail;
    if (mail.server.empty()) return;
    const auto origin = config_.origins.find("mail.server");
    const std::string where = origin == config_.origins.end() ? "mail" : origin->second;
    if (mail.from.empty()) {
      complain(where +
               ": mail.server is set, but mail.from is not: mail needs an address to "
               "send from");
    }
    if (mail.security == mail::Security::none && !mail::is_loopback(mail.server)) {
      complain(where + ": mail.security: none would send mail in clear to " + mail.server +
               "; expected starttls or tls");
    }
  }

  std::optional<fs::path> file_to_read() {
    if (sources_.named) return sources_.named;
    if (const auto path = variable("TALLYMAN_CONFIG")) return *path;
    for (const auto& place : sources_.places) {
      std::error_code ignored;  // a place that cannot be looked at has no file for us
      if (fs::exists(place, ignored)) return place;
    }
    return std::nullopt;
  }

  void read_file(const fs::path& path) {
    const auto text = read_text(path);
    if (!text) return complain(fmt::format("{}: {}", path.string(), text.error().what));
    const auto entries = read_toml(*text, path.string());
    if (!entries) return problems_.push_back(entries.error());
    for (const auto& entry : *entries) {
      read_entry(entry, fmt::format("{}:{}", path.string(), entry.line));
    }
  }

  void read_entry(const FileEntry& entry, const std::string& origin) {
    const auto* setting = find_setting(entry.key);
    if (setting != nullptr && setting->kind == Kind::plain) {
      return store(*setting, entry.value, origin, entry.key);
    }
    if (setting != nullptr) {
      return complain(fmt::format(
          "{}: {}: a secret does not stand in this file; set {}, or {}_file = PATH here", origin,
          entry.key, setting->variable, entry.key));
    }
    if (entry.key.ends_with("_file")) {
      const auto* of = find_setting(std::string_view(entry.key).substr(0, entry.key.size() - 5));
      const auto* path = std::get_if<std::string>(&entry.value);
      if (of != nullptr && of->kind == Kind::secret) {
        if (path != nullptr) return read_secret_file(*of, *path, origin, entry.key);
        return complain(fmt::format("{}: {}: expected the path of a file", origin, entry.key));
      }
    }
    const auto meant = nearest(entry.key, known_keys());
    complain(fmt::format("{}: there is no setting '{}'{}", origin, entry.key,
                         meant ? "; did you mean '" + *meant + "'?" : ""));
  }

  void read_variables(const Setting& setting) {
    const std::string name(setting.variable);
    const auto value = variable(name);
    const auto path = setting.kind == Kind::secret ? variable(name + "_FILE") : std::nullopt;
    if (value && path) return complain(fmt::format("{0} and {0}_FILE are both set", name));
    if (value) store(setting, *value, name, setting.key);
    if (path) read_secret_file(setting, *path, name + "_FILE", setting.key);
  }

  // systemd's LoadCredential=shipstation_key:… puts files into one folder.
  void read_credential(const Setting& setting) {
    const auto folder = variable("CREDENTIALS_DIRECTORY");
    if (!folder) return;
    std::string name(setting.key);
    std::ranges::replace(name, '.', '_');
    const auto path = fs::path(*folder) / name;
    std::error_code ignored;  // no such credential: nothing is set by it
    if (!fs::exists(path, ignored)) return;
    read_secret_file(setting, path, "credential " + name, setting.key);
  }

  void read_secret_file(const Setting& setting, const fs::path& path, const std::string& origin,
                        std::string_view key) {
    auto text = read_text(path);
    if (!text) {
      return complain(fmt::format("{}: {}: {} {}", origin, key, path.string(), text.error().what));
    }
    while (text->ends_with('\n') || text->ends_with('\r')) text->pop_back();
    store(setting, *text, origin, key);
  }

  void store(const Setting& setting, const FileValue& value, const std::string& origin,
             std::string_view key) {
    const auto wrong = setting.store(config_, value);
    if (!wrong) {
      config_.origins.insert_or_assign(std::string(setting.key), origin);
      return;
    }
    complain(fmt::format("{}: {}: {}expected {}", origin, key, wrong->empty() ? "" : *wrong + "; ",
                         setting.allowed));
  }

  static std::vector<std::string> known_keys() {
    std::vector<std::string> keys;
    for (const auto& setting : settings()) {
      keys.push_back(std::string(setting.key) + (setting.kind == Kind::secret ? "_file" : ""));
    }
    return keys;
  }

  // A mistyped variable would silently do nothing. Not an error, because other programs of ours
  // (tests, scripts) have variables of their own; so only what is nearly a setting is mentioned.
  void note_unknown_variables() {
    std::vector<std::string> known{"TALLYMAN_CONFIG"};
    for (const auto& setting : settings()) {
      known.emplace_back(setting.variable);
      if (setting.kind == Kind::secret) known.push_back(known.back() + "_FILE");
    }
    for (const auto& [name, value] : sources_.environment) {
      if (!name.starts_with("TALLYMAN_") || std::ranges::find(known, name) != known.end()) continue;
      if (const auto meant = nearest(name, known)) {
        config_.notes.push_back(
            fmt::format("{} is set but is no setting; did you mean {}?", name, *meant));
      }
    }
  }

  const ConfigSources& sources_;
  Config config_;
  std::vector<Problem> problems_;
};

}  // namespace

Environment process_environment() {
  Environment all;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const auto equals = text.find('=');
    if (equals == std::string_view::npos) continue;
    all.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return all;
}

tl::expected<Config, std::vector<Problem>> load_config(const ConfigSources& sources) {
  return Loading(sources).run();
}

std::string page_url(const Config& config) {
  if (!config.listen.url.empty()) return config.listen.url;
  const bool six = config.listen.host.find(':') != std::string::npos;
  return fmt::format("http://{}{}{}:{}", six ? "[" : "", config.listen.host, six ? "]" : "",
                     config.listen.port);
}

std::vector<ShownSetting> shown(const Config& config) {
  std::vector<ShownSetting> rows;
  for (const auto& setting : settings()) {
    const auto origin = config.origins.find(setting.key);
    rows.push_back({.key = std::string(setting.key),
                    .value = setting.show(config),
                    .origin = origin == config.origins.end() ? "default" : origin->second,
                    .variable = std::string(setting.variable),
                    .allowed = std::string(setting.allowed)});
  }
  return rows;
}

}  // namespace tallyman::app
