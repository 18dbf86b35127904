#include "app/settings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <numeric>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "adapters/database/postgres_address.h"
#include "domain/base/mail_address.h"

namespace tallyman::app {
namespace {

constexpr std::size_t kMostAddresses = 20;

using Wrong = std::optional<std::string>;
constexpr auto kFine = std::nullopt;
const Wrong kNotAllowed = std::string{};  // what is allowed says enough

Wrong store_text(std::string& into, const FileValue& value) {
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr || text->empty()) return kNotAllowed;
  into = *text;
  return kFine;
}

// A whole number of the file, or its text in the environment.
std::optional<std::int64_t> whole_number(const FileValue& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr) return std::nullopt;
  std::int64_t number = 0;
  const auto* end = text->data() + text->size();
  const auto [at, error] = std::from_chars(text->data(), end, number);
  if (error != std::errc{} || at != end) return std::nullopt;
  return number;
}

template <std::int64_t Least, std::int64_t Most, class Into>
Wrong store_number(Into& into, const FileValue& value) {
  const auto number = whole_number(value);
  if (!number || *number < Least || *number > Most) return kNotAllowed;
  into = Into(static_cast<int>(*number));
  return kFine;
}

Wrong store_zone(std::string& into, const FileValue& value) {
  std::string name;
  if (auto wrong = store_text(name, value)) return wrong;
  const bool plain = name.find("..") == std::string::npos && name.front() != '/';
  std::error_code ignored;  // an unreadable zone is an unknown zone
  if (!plain || !std::filesystem::is_regular_file("/usr/share/zoneinfo/" + name, ignored)) {
    return "this machine knows no zone '" + name + "'";
  }
  into = std::move(name);
  return kFine;
}

Wrong store_folder(std::string& into, const FileValue& value) {
  std::string path;
  if (auto wrong = store_text(path, value)) return wrong;
  if (!path.starts_with('/')) return kNotAllowed;
  into = std::move(path);
  return kFine;
}

// ------------------------------------------------------------------------------------ database
constexpr std::string_view kSqlite = "sqlite:";

Wrong store_database(Config& config, const FileValue& value) {
  std::string url;
  if (auto wrong = store_text(url, value)) return wrong;
  if (url.starts_with("postgresql://") || url.starts_with("postgres://")) {
    config.database = {ports::Dialect::postgres, {}, Secret{std::move(url)}};
    return kFine;
  }
  if (!url.starts_with(kSqlite) || url.size() == kSqlite.size()) return kNotAllowed;
  config.database = {ports::Dialect::sqlite, url.substr(kSqlite.size()), {}};
  return kFine;
}

// "postgresql://book@db.example:5432/tallyman", as libpq understands it; of a text that it does not
// understand nothing is shown.
std::string without_password(const std::string& url) {
  const auto address = database::postgres_address(url);
  return address ? database::describe(*address) : std::string("postgresql://…");
}

std::string show_database(const Config& config) {
  switch (config.database.dialect) {
    case ports::Dialect::sqlite: return std::string(kSqlite) + config.database.file.string();
    case ports::Dialect::postgres: return without_password(config.database.url.reveal());
  }
  return {};
}

// ------------------------------------------------------------------------------------ shipstation
struct Origin {
  std::string_view scheme;
  std::string_view host;
};

std::optional<Origin> origin_of(std::string_view url) {
  const auto colon = url.find("://");
  if (colon == std::string_view::npos) return std::nullopt;
  auto host = url.substr(colon + 3);
  host = host.substr(0, host.find_first_of("/?#"));
  if (host.find('@') != std::string_view::npos) return std::nullopt;
  const auto end = host.starts_with('[') ? host.find(']') + 1 : host.find(':');
  return Origin{url.substr(0, colon), host.substr(0, end)};
}

bool is_loopback(std::string_view host) {
  if (host == "localhost" || host == "[::1]") return true;
  return host.starts_with("127.") &&
         host.find_first_not_of("0123456789.") == std::string_view::npos;
}

Wrong store_base_url(std::string& into, const FileValue& value) {
  std::string url;
  if (auto wrong = store_text(url, value)) return wrong;
  const auto origin = origin_of(url);
  if (!origin || origin->host.empty() || url.find_first_of("?# ") != std::string::npos) {
    return kNotAllowed;
  }
  if (origin->scheme == "http" && !is_loopback(origin->host)) {
    return "http would send the credentials in clear";
  }
  if (origin->scheme != "https" && origin->scheme != "http") return kNotAllowed;
  while (url.ends_with('/')) url.pop_back();
  into = std::move(url);
  return kFine;
}

Wrong store_secret(Secret& into, const FileValue& value) {
  std::string text;
  if (auto wrong = store_text(text, value)) return wrong;
  const auto is_control = [](char byte) { return static_cast<unsigned char>(byte) < 0x20U; };
  if (std::ranges::any_of(text, is_control)) return "it has a control character in it";
  into = Secret{std::move(text)};
  return kFine;
}

std::string show_secret(const Secret& secret) { return secret.is_set() ? "set" : "not set"; }

// ------------------------------------------------------------------------------------ orders
bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

Wrong store_prefix(std::string& into, const FileValue& value) {
  std::string text;
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    text = std::to_string(*number);
  } else if (auto wrong = store_text(text, value)) {
    return wrong;
  }
  if (!is_digits(text) || text.size() > 8) return kNotAllowed;
  into = std::move(text);
  return kFine;
}

std::vector<std::string> split_at_commas(std::string_view text) {
  std::vector<std::string> parts;
  while (true) {
    const auto end = text.find(',');
    auto part = text.substr(0, end);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    parts.emplace_back(part);
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

Wrong store_skus(std::vector<Sku>& into, const FileValue& value) {
  std::vector<std::string> texts;
  if (const auto* list = std::get_if<std::vector<std::string>>(&value)) texts = *list;
  if (const auto* text = std::get_if<std::string>(&value)) texts = split_at_commas(*text);
  std::vector<Sku> skus;
  for (auto& text : texts) {
    if (text.empty() || text.find_first_of(" \t") != std::string::npos) return kNotAllowed;
    if (std::ranges::find(skus, Sku{text}) != skus.end()) return "'" + text + "' is there twice";
    skus.push_back({std::move(text)});
  }
  if (skus.empty()) return kNotAllowed;
  into = std::move(skus);
  return kFine;
}

std::string show_skus(const std::vector<Sku>& skus) {
  std::vector<std::string_view> texts;
  for (const auto& sku : skus) texts.push_back(sku.value);
  return fmt::format("{}", fmt::join(texts, ","));
}

// ------------------------------------------------------------------------------------ doors
Wrong store_listen(ListenConfig& into, const FileValue& value) {
  std::string text;
  if (auto wrong = store_text(text, value)) return wrong;
  const auto colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0) return kNotAllowed;
  const auto port = whole_number(text.substr(colon + 1));
  if (!port || *port < 0 || *port > 65'535) return kNotAllowed;
  auto host = text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']'))
    host = host.substr(1, host.size() - 2);
  else if (host.find(':') != std::string::npos)
    return "write an IPv6 address in brackets";
  into = {std::move(host), static_cast<std::uint16_t>(*port)};
  return kFine;
}

std::string show_listen(const ListenConfig& listen) {
  const bool six = listen.host.find(':') != std::string::npos;
  return fmt::format("{}{}{}:{}", six ? "[" : "", listen.host, six ? "]" : "", listen.port);
}

Wrong store_page_url(std::string& into, const FileValue& value) {
  std::string url;
  if (auto wrong = store_text(url, value)) return wrong;
  const auto origin = origin_of(url);
  const bool web = origin && (origin->scheme == "https" || origin->scheme == "http");
  if (!web || origin->host.empty() || url.find_first_of("?# \t\r\n") != std::string::npos) {
    return kNotAllowed;
  }
  while (url.ends_with('/')) url.pop_back();
  into = std::move(url);
  return kFine;
}

std::string or_not_set(const std::string& text) { return text.empty() ? "not set" : text; }

// ------------------------------------------------------------------------------------ mail
Wrong store_server(std::string& into, const FileValue& value) {
  std::string name;
  if (auto wrong = store_text(name, value)) return wrong;
  constexpr std::string_view kLetters =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:";
  if (name.find_first_not_of(kLetters) != std::string::npos) return kNotAllowed;
  into = std::move(name);
  return kFine;
}

Wrong store_user(std::string& into, const FileValue& value) {
  Secret text;  // the same bytes are allowed
  if (auto wrong = store_secret(text, value)) return wrong;
  into = text.reveal();
  return kFine;
}

Wrong store_address(std::string& into, const FileValue& value) {
  std::string text;
  if (auto wrong = store_text(text, value)) return wrong;
  auto address = mail_address_from(text);
  if (!address) return kNotAllowed;
  into = std::move(*address);
  return kFine;
}

// As the settings kept in the database read them: domain/settings.
Wrong store_addresses(std::vector<std::string>& into, const FileValue& value) {
  std::vector<std::string> texts;
  if (const auto* list = std::get_if<std::vector<std::string>>(&value)) texts = *list;
  if (const auto* text = std::get_if<std::string>(&value)) texts = split_at_commas(*text);
  std::vector<std::string> addresses;
  for (const auto& text : texts) {
    auto address = mail_address_from(text);
    if (!address) return "'" + text + "' is no e-mail address";
    if (std::ranges::find(addresses, *address) != addresses.end()) {
      return "'" + text + "' is there twice";
    }
    addresses.push_back(std::move(*address));
  }
  if (addresses.empty() || addresses.size() > kMostAddresses) return kNotAllowed;
  into = std::move(addresses);
  return kFine;
}

// A name or address as a browser shows it, without port; "[::1]" for IPv6.
bool is_host_name(std::string_view text) {
  if (text.starts_with('[')) {
    return text.ends_with(']') &&
           text.substr(1).find_first_not_of("0123456789abcdef:.]") == std::string_view::npos;
  }
  return text.size() <= 253 &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-.") == std::string_view::npos;
}

bool is_address(std::string_view text) {
  return text.find_first_not_of("0123456789abcdef:.") == std::string_view::npos &&
         text.find_first_of(":.") != std::string_view::npos;
}

Wrong store_names(std::vector<std::string>& into, const FileValue& value,
                  bool (*is_good)(std::string_view)) {
  std::vector<std::string> names;
  if (const auto* list = std::get_if<std::vector<std::string>>(&value)) names = *list;
  if (const auto* text = std::get_if<std::string>(&value)) names = split_at_commas(*text);
  for (auto& name : names) {
    std::ranges::transform(name, name.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    if (name.empty() || !is_good(name)) return kNotAllowed;
  }
  if (names.empty()) return kNotAllowed;
  into = std::move(names);
  return kFine;
}

std::string show_names(const std::vector<std::string>& names) {
  return names.empty() ? "none" : fmt::format("{}", fmt::join(names, ","));
}

// `Unit` is what the setting counts in.
template <class Unit, std::int64_t Least, std::int64_t Most>
Wrong store_length(Micros& into, const FileValue& value) {
  Unit length{};
  if (auto wrong = store_number<Least, Most>(length, value)) return wrong;
  into = length;
  return kFine;
}

template <class Unit>
std::string show_length(Micros length) {
  return std::to_string(std::chrono::duration_cast<Unit>(length).count());
}

template <class Word, std::size_t N>
using Words = std::array<std::pair<std::string_view, Word>, N>;

constexpr Words<LogLevel, 4> kLevels{{{"error", LogLevel::error},
                                      {"warning", LogLevel::warning},
                                      {"info", LogLevel::info},
                                      {"debug", LogLevel::debug}}};
constexpr Words<LogFormat, 3> kFormats{
    {{"auto", LogFormat::automatic}, {"json", LogFormat::json}, {"text", LogFormat::text}}};

constexpr Words<mail::Security, 3> kSecurities{{{"tls", mail::Security::tls},
                                                {"starttls", mail::Security::starttls},
                                                {"none", mail::Security::none}}};

template <class Word, std::size_t N>
Wrong store_word(Word& into, const FileValue& value, const Words<Word, N>& words) {
  std::string text;
  if (auto wrong = store_text(text, value)) return wrong;
  for (const auto& [name, word] : words) {
    if (name != text) continue;
    into = word;
    return kFine;
  }
  return kNotAllowed;
}

template <class Word, std::size_t N>
std::string show_word(Word shown, const Words<Word, N>& words) {
  for (const auto& [name, word] : words) {
    if (word == shown) return std::string(name);
  }
  return {};
}

// ------------------------------------------------------------------------------------ the table
using Value = FileValue;

constexpr std::array kSettings{
    Setting{"database.url", "TALLYMAN_DATABASE", "sqlite:PATH or postgresql://USER@HOST/NAME",
            Kind::plain, store_database, show_database},
    Setting{"audit.key_path", "TALLYMAN_AUDIT_KEY_PATH",
            "a file of mode 0600, the same on every node", Kind::plain,
            [](Config& c, const Value& v) { return store_text(c.audit.key_path, v); },
            [](const Config& c) { return or_not_set(c.audit.key_path); }},
    Setting{"timezone", "TALLYMAN_TIMEZONE", "a zone name such as America/Chicago", Kind::plain,
            [](Config& c, const Value& v) { return store_zone(c.timezone, v); },
            [](const Config& c) { return c.timezone; }},
    Setting{"shipstation.url", "TALLYMAN_SHIPSTATION_URL",
            "an https address (http only to this machine) without query", Kind::plain,
            [](Config& c, const Value& v) { return store_base_url(c.shipstation.url, v); },
            [](const Config& c) { return c.shipstation.url; }},
    Setting{"shipstation.key", "TALLYMAN_SHIPSTATION_KEY", "the API key", Kind::secret,
            [](Config& c, const Value& v) { return store_secret(c.shipstation.key, v); },
            [](const Config& c) { return show_secret(c.shipstation.key); }},
    Setting{"shipstation.secret", "TALLYMAN_SHIPSTATION_SECRET", "the API secret", Kind::secret,
            [](Config& c, const Value& v) { return store_secret(c.shipstation.secret, v); },
            [](const Config& c) { return show_secret(c.shipstation.secret); }},
    Setting{"shipstation.timezone", "TALLYMAN_SHIPSTATION_TIMEZONE",
            "a zone name such as America/Los_Angeles", Kind::plain,
            [](Config& c, const Value& v) { return store_zone(c.shipstation.timezone, v); },
            [](const Config& c) { return c.shipstation.timezone; }},
    Setting{"shipstation.requests_per_minute", "TALLYMAN_SHIPSTATION_REQUESTS_PER_MINUTE",
            "a whole number from 1 to 600", Kind::plain,
            [](Config& c, const Value& v) {
              return store_number<1, 600>(c.shipstation.requests_per_minute, v);
            },
            [](const Config& c) { return std::to_string(c.shipstation.requests_per_minute); }},
    Setting{
        "shipstation.page_size", "TALLYMAN_SHIPSTATION_PAGE_SIZE", "a whole number from 1 to 500",
        Kind::plain,
        [](Config& c, const Value& v) { return store_number<1, 500>(c.shipstation.page_size, v); },
        [](const Config& c) { return std::to_string(c.shipstation.page_size); }},
    Setting{"sync.interval_minutes", "TALLYMAN_SYNC_INTERVAL_MINUTES",
            "a whole number from 1 to 1440", Kind::plain,
            [](Config& c, const Value& v) { return store_number<1, 1440>(c.sync.interval, v); },
            [](const Config& c) { return std::to_string(c.sync.interval.count()); }},
    Setting{"sync.overlap_minutes", "TALLYMAN_SYNC_OVERLAP_MINUTES",
            "a whole number from 1 to 1440", Kind::plain,
            [](Config& c, const Value& v) { return store_number<1, 1440>(c.sync.overlap, v); },
            [](const Config& c) { return std::to_string(c.sync.overlap.count()); }},
    Setting{"sync.seed_days", "TALLYMAN_SYNC_SEED_DAYS", "a whole number from 14 to 30",
            Kind::plain,
            [](Config& c, const Value& v) { return store_number<14, 30>(c.sync.seed, v); },
            [](const Config& c) { return std::to_string(c.sync.seed.count()); }},
    Setting{"sync.lease_seconds", "TALLYMAN_SYNC_LEASE_SECONDS", "a whole number from 5 to 600",
            Kind::plain,
            [](Config& c, const Value& v) { return store_number<5, 600>(c.sync.lease, v); },
            [](const Config& c) { return std::to_string(c.sync.lease.count()); }},
    Setting{"orders.manual_prefix", "TALLYMAN_ORDERS_MANUAL_PREFIX", "one to eight digits",
            Kind::plain,
            [](Config& c, const Value& v) { return store_prefix(c.orders.manual_prefix, v); },
            [](const Config& c) { return c.orders.manual_prefix; }},
    Setting{"orders.key_skus", "TALLYMAN_ORDERS_KEY_SKUS",
            "a list of SKUs (in the environment separated by commas)", Kind::plain,
            [](Config& c, const Value& v) { return store_skus(c.orders.key_skus, v); },
            [](const Config& c) { return show_skus(c.orders.key_skus); }},
    Setting{"import.folder", "TALLYMAN_IMPORT_FOLDER", "a folder, beginning with /", Kind::plain,
            [](Config& c, const Value& v) { return store_folder(c.import.folder, v); },
            [](const Config& c) { return or_not_set(c.import.folder); }},
    Setting{"server.listen", "TALLYMAN_LISTEN", "ADDRESS:PORT, for example 127.0.0.1:8080",
            Kind::plain, [](Config& c, const Value& v) { return store_listen(c.listen, v); },
            [](const Config& c) { return show_listen(c.listen); }},
    Setting{"server.drain_seconds", "TALLYMAN_SERVER_DRAIN_SECONDS", "a whole number from 0 to 600",
            Kind::plain,
            [](Config& c, const Value& v) { return store_number<0, 600>(c.listen.drain, v); },
            [](const Config& c) { return std::to_string(c.listen.drain.count()); }},
    Setting{"server.url", "TALLYMAN_SERVER_URL",
            "the address of the pages, for example https://tally.example.com", Kind::plain,
            [](Config& c, const Value& v) { return store_page_url(c.listen.url, v); },
            [](const Config& c) { return or_not_set(c.listen.url); }},
    Setting{"mail.server", "TALLYMAN_MAIL_SERVER", "the name or address of a mail server",
            Kind::plain, [](Config& c, const Value& v) { return store_server(c.mail.server, v); },
            [](const Config& c) { return or_not_set(c.mail.server); }},
    Setting{"mail.port", "TALLYMAN_MAIL_PORT", "a whole number from 1 to 65535", Kind::plain,
            [](Config& c, const Value& v) { return store_number<1, 65535>(c.mail.port, v); },
            [](const Config& c) { return std::to_string(c.mail.port); }},
    Setting{"mail.security", "TALLYMAN_MAIL_SECURITY", "starttls, tls or none", Kind::plain,
            [](Config& c, const Value& v) { return store_word(c.mail.security, v, kSecurities); },
            [](const Config& c) { return show_word(c.mail.security, kSecurities); }},
    Setting{"mail.user", "TALLYMAN_MAIL_USER", "the user's name at the mail server", Kind::plain,
            [](Config& c, const Value& v) { return store_user(c.mail.user, v); },
            [](const Config& c) { return or_not_set(c.mail.user); }},
    Setting{"mail.password", "TALLYMAN_MAIL_PASSWORD", "the user's password", Kind::secret,
            [](Config& c, const Value& v) { return store_secret(c.mail.password, v); },
            [](const Config& c) { return show_secret(c.mail.password); }},
    Setting{"mail.from", "TALLYMAN_MAIL_FROM", "an e-mail address such as tally@example.com",
            Kind::plain, [](Config& c, const Value& v) { return store_address(c.mail.from, v); },
            [](const Config& c) { return or_not_set(c.mail.from); }},
    Setting{"mail.alerts_to", "TALLYMAN_MAIL_ALERTS_TO",
            "at most 20 e-mail addresses (in the environment separated by commas)", Kind::plain,
            [](Config& c, const Value& v) { return store_addresses(c.mail.alerts_to, v); },
            [](const Config& c) {
              return or_not_set(fmt::format("{}", fmt::join(c.mail.alerts_to, ", ")));
            }},
    Setting{"server.hosts", "TALLYMAN_SERVER_HOSTS",
            "a list of names or addresses without port (in the environment separated by commas)",
            Kind::plain,
            [](Config& c, const Value& v) { return store_names(c.door.hosts, v, is_host_name); },
            [](const Config& c) { return show_names(c.door.hosts); }},
    Setting{"server.trusted_proxies", "TALLYMAN_SERVER_TRUSTED_PROXIES",
            "a list of IP addresses (in the environment separated by commas)", Kind::plain,
            [](Config& c, const Value& v) { return store_names(c.door.proxies, v, is_address); },
            [](const Config& c) { return show_names(c.door.proxies); }},
    Setting{
        "server.idle_minutes", "TALLYMAN_SERVER_IDLE_MINUTES", "a whole number from 5 to 1440",
        Kind::plain,
        [](Config& c, const Value& v) {
          return store_length<std::chrono::minutes, 5, 1440>(c.door.sessions.idle, v);
        },
        [](const Config& c) { return show_length<std::chrono::minutes>(c.door.sessions.idle); }},
    Setting{
        "server.session_hours", "TALLYMAN_SERVER_SESSION_HOURS", "a whole number from 1 to 168",
        Kind::plain,
        [](Config& c, const Value& v) {
          return store_length<std::chrono::hours, 1, 168>(c.door.sessions.longest, v);
        },
        [](const Config& c) { return show_length<std::chrono::hours>(c.door.sessions.longest); }},
    Setting{"log.level", "TALLYMAN_LOG_LEVEL", "error, warning, info or debug", Kind::plain,
            [](Config& c, const Value& v) { return store_word(c.log.level, v, kLevels); },
            [](const Config& c) { return show_word(c.log.level, kLevels); }},
    Setting{"log.format", "TALLYMAN_LOG_FORMAT", "auto, json or text", Kind::plain,
            [](Config& c, const Value& v) { return store_word(c.log.format, v, kFormats); },
            [](const Config& c) { return show_word(c.log.format, kFormats); }},
};

// Letters to change, insert, drop or swap to get from one word to the other.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::iota(before.begin(), before.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::vector<std::size_t> row(b.size() + 1, i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const auto change = before[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U);
      row[j] = std::min({change, before[j] + 1, row[j - 1] + 1});
    }
    before = std::move(row);
  }
  return before.back();
}

std::string_view last_part(std::string_view key) { return key.substr(key.rfind('.') + 1); }

}  // namespace

std::span<const Setting> settings() { return kSettings; }

const Setting* find_setting(std::string_view key) {
  const auto* found = std::ranges::find(kSettings, key, &Setting::key);
  return found == kSettings.end() ? nullptr : found;
}

std::optional<std::string> nearest(std::string_view mistyped, std::span<const std::string> known) {
  const std::string* best = nullptr;
  std::size_t best_distance = mistyped.size() < 6 ? 1 : 3;  // farther is another word
  for (const auto& word : known) {
    const bool same_name = last_part(word) == last_part(mistyped);  // in the wrong table
    const auto away = same_name ? 1 : distance(mistyped, word);
    if (away > best_distance || (best != nullptr && away == best_distance)) continue;
    best = &word;
    best_distance = away;
  }
  if (best == nullptr) return std::nullopt;
  return *best;
}

}  // namespace tallyman::app
