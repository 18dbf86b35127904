#include "api/door_test.h"

#include <fstream>
#include <iterator>

#include "adapters/book/api_tokens.h"
#include "adapters/book/migrations.h"
#include "adapters/book/users.h"
#include "adapters/database/migrations.h"
#include "adapters/database/open.h"
#include "adapters/time/zones.h"
#include "api/contract.h"
#include "domain/base/digest.h"
#include "domain/people/token_text.h"
#include "http_server/target.h"
#include "ports/statements.h"

namespace tallyman::tests {

namespace json = boost::json;

struct DoorTest::Rest {
  Rest(ports::Database& database, timing::VirtualClock& clock)
      : context{.database = database,
                .clock = clock,
                .warehouse = timing::load_zone("America/Chicago").value(),
                .known_skus = {},
                .status = {},
                .version = "test"} {}
  api::Context context;
};

namespace {

std::unique_ptr<ports::Database> open(FreshDatabase& fresh, timing::VirtualClock& clock,
                                      timing::SeededRandom& random) {
  database::migrate(*fresh, book::migrations(fresh->dialect())).value();
  return database::open_database(fresh.url(), {.clock = clock, .random = random}).value();
}

}  // namespace

DoorTest::DoorTest()
    : fresh_(GetParam()),
      clock_(instant_from_text("2026-11-20T15:00:00Z").value()),
      database_(open(fresh_, clock_, random_)),
      rest_(std::make_unique<Rest>(*database_, clock_)),
      context_(rest_->context),
      handler_(api::make_handler(context_)) {
  context_.door.hosts = {std::string(kHost)};
  context_.door.proxies = {"10.0.0.1"};
  context_.passwords = &passwords_;
  context_.random = &random_;
}

DoorTest::~DoorTest() = default;

http_server::Response DoorTest::send(http_server::Request request) {
  const auto target = http_server::parse_target(request.path).value();
  request.path = target.path;
  request.query = target.query;
  auto response = handler_(request);
  for (const auto& complaint : Contract::of_this_program().complaints(request, response)) {
    ADD_FAILURE() << request.method << " " << request.path << ", " << response.status << ": "
                  << complaint;
  }
  return response;
}

void DoorTest::add_user(const std::string& name, const std::string& role, std::string_view words) {
  const auto hash = passwords_.inner->hash(Secret(std::string(words)));
  ports::transact(*database_, ports::TxMode::write, [&](ports::Tx& tx) {
    ASSERT_TRUE(book::add_user(tx, name, people::role_from(role).value(), hash));
  });
}

std::string DoorTest::add_token(const std::string& role) {
  const auto bits = [&] {
    return people::Bits256{random_.next(), random_.next(), random_.next(), random_.next()};
  };
  const auto token = people::make_token(bits(), bits());
  ports::transact(*database_, ports::TxMode::write, [&](ports::Tx& tx) {
    book::add_token(tx, {.id = token.id,
                         .hash = sha256_hex(token.text),
                         .name = role,
                         .role = people::role_from(role).value(),
                         .created_by = "user:ana"});
  });
  return token.text;
}

// PostgreSQL tells its own time: there everything that was written moves into the past instead.
void DoorTest::pass(Micros length) {
  clock_.advance(length);
  if (GetParam() == ports::Dialect::sqlite) return;
  const auto by = " - " + std::to_string(length.count());
  fresh_.script("UPDATE sessions SET seen_us = seen_us" + by + ", created_us = created_us" + by +
                ", expires_us = expires_us" + by + ";UPDATE login_failures SET at_us = at_us" + by +
                ";UPDATE setup_links SET expires_us = expires_us" + by +
                ";UPDATE api_tokens SET expires_us = expires_us" + by +
                ", last_used_us = last_used_us" + by +
                ";UPDATE idempotency_keys SET at_us = at_us" + by);
}

std::vector<std::string> DoorTest::rows(const std::string& sql) {
  std::vector<std::string> found;
  for (auto& row : fresh_.rows(sql)) found.push_back(std::move(row.at(0)));
  return found;
}

std::string DoorTest::everything_stored() {
  std::string all;
  if (GetParam() == ports::Dialect::sqlite) {
    const std::string file = fresh_.url().substr(std::string_view("sqlite:").size());
    for (const auto* part : {"", "-wal"}) {
      std::ifstream in(file + part, std::ios::binary);
      all.append(std::istreambuf_iterator<char>(in), {});
    }
    return all;
  }
  for (const auto& table : rows("SELECT CAST(table_name AS text) FROM information_schema.tables "
                                "WHERE table_schema = 'public'")) {
    for (const auto& row : rows("SELECT CAST(t AS text) FROM " + table + " t")) all += row + "\n";
  }
  return all;
}

std::string header(const http_server::Response& response, std::string_view name) {
  return std::string(ports::find_header(response.headers, name).value_or(""));
}

json::object parsed(const http_server::Response& response) {
  return json::parse(response.body).as_object();
}

std::string detail_of(const http_server::Response& response) {
  return std::string(parsed(response).at("detail").as_string());
}

http_server::Request Browser::request(const std::string& method, const std::string& path) const {
  http_server::Request request;
  request.method = method;
  request.path = path;
  request.peer = peer_;
  std::map<std::string, std::string> all{{"Host", std::string(kHost)}};
  if (!cookie.empty()) all["Cookie"] = cookie;
  if (method != "GET") {
    const auto over = headers.find("X-Forwarded-Proto");
    all["Origin"] = (over == headers.end() ? "http" : over->second) + "://" + std::string(kHost);
    all["Sec-Fetch-Site"] = "same-origin";
    if (!csrf.empty()) all["X-CSRF-Token"] = csrf;
  }
  for (const auto& [name, value] : headers) all[name] = value;
  for (const auto& [name, value] : all) {
    if (!value.empty()) request.headers.emplace_back(name, value);
  }
  return request;
}

http_server::Response Browser::send(const std::string& method, const std::string& path,
                                    const json::object& body) {
  auto asked = request(method, path);
  if (!body.empty()) {
    asked.body = json::serialize(body);
    if (!headers.contains("Content-Type")) {
      asked.headers.emplace_back("Content-Type", "application/json");
    }
  }
  auto response = test_.send(std::move(asked));
  keep(response);
  return response;
}

http_server::Response Browser::sign_in(const std::string& name, std::string_view words) {
  return send("POST", "/api/v1/session", {{"name", name}, {"password", words}});
}

void Browser::keep(const http_server::Response& response) {
  const auto set = ports::find_header(response.headers, "Set-Cookie");
  if (!set) return;
  cookie = set->substr(0, set->find(';'));
  if (response.body.empty()) return;
  const auto body = parsed(response);
  const auto* token = body.if_contains("csrf");
  csrf = token != nullptr && token->is_string() ? std::string(token->as_string()) : "";
}

}  // namespace tallyman::tests
