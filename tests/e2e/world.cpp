#include "tests/e2e/world.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <stdexcept>

#include "adapters/database/open.h"
#include "adapters/http/client.h"
#include "adapters/time/system_clock.h"
#include "tests/support/postgres.h"

namespace tallyman::tests {

namespace json = boost::json;

Book::Book(ports::Dialect dialect) : dialect_(dialect) {
  switch (dialect) {
    case ports::Dialect::sqlite: url_ = "sqlite:" + (folder_.path() / "book.db").string(); break;
    case ports::Dialect::postgres: url_ = PostgresServer::of_this_program().new_database(); break;
  }
}

std::unique_ptr<ports::Database> Book::open() const {
  auto opened = database::open_database(url_, {.clock = clock_, .random = random_});
  if (!opened) throw std::runtime_error(opened.error().what);
  return std::move(*opened);
}

std::vector<Row> Book::rows(std::string_view sql, std::size_t columns) const {
  const std::vector<ports::ValueType> types(columns, ports::ValueType::text);
  const ports::Statement statement{
      .name = "look", .sqlite = sql, .postgres = sql, .params = {}, .columns = types};
  std::vector<Row> found;
  open()->transact(ports::TxMode::read, [&](ports::Tx& tx) {
    found.clear();
    tx.run(statement, {}, [&](const ports::RowView& row) {
      auto& cells = found.emplace_back();
      for (std::size_t at = 0; at < columns; ++at) {
        cells.emplace_back(row.is_null(at) ? "NULL" : std::string(row.text(at)));
      }
    });
  });
  return found;
}

std::string Book::one(std::string_view sql) const {
  const auto all = rows(sql);
  if (all.size() != 1) return "(" + std::to_string(all.size()) + " rows)";
  return all.front().front();
}

void Book::script(std::string_view sql) const {
  open()->transact(ports::TxMode::write, [&](ports::Tx& tx) { tx.script(sql); });
}

std::vector<Row> Book::dump() const {
  std::vector<Row> all;
  const auto add = [&](const std::string& table, const std::string& order,
                       const std::vector<std::string>& columns) {
    std::string list;
    for (const auto& column : columns) {
      list += (list.empty() ? "CAST(" : ", CAST(") + column + " AS TEXT)";
    }
    for (auto& row :
         rows("SELECT " + list + " FROM " + table + " ORDER BY " + order, columns.size())) {
      row.insert(row.begin(), table);
      all.push_back(std::move(row));
    }
  };
  add("orders_inbox", "id",
      {"id",
       "order_number",
       "order_date",
       "customer_email",
       "status",
       "shipstation_order_id",
       "total_items",
       "total_amount_cents",
       "source_system",
       "created_at",
       "updated_at",
       "ship_name",
       "ship_street1",
       "ship_city",
       "bill_name",
       "shipping_carrier_code",
       "shipping_service_code",
       "ship_date",
       "tracking_number",
       "is_flagged",
       "notes"});
  add("order_items_inbox", "id",
      {"id", "order_inbox_id", "shipstation_line_id", "sku", "sku_lot", "quantity",
       "unit_price_cents"});
  add("shipped_orders", "id", {"id", "ship_date", "order_number", "total_items", "created_at"});
  add("shipped_items", "id",
      {"id", "ship_date", "sku_lot", "base_sku", "quantity_shipped", "order_number",
       "tracking_number", "created_at"});
  add("order_events", "event_id",
      {"event_id", "order_inbox_id", "order_number", "at_us", "kind", "title", "detail",
       "changes"});
  return all;
}

Answer ask(ports::HttpMethod method, const std::string& url, const std::string& body,
           const ports::Headers& headers) {
  timing::SystemClock clock;
  const auto client = http::make_client(
      {.user_agent = "test", .ca_file = std::nullopt, .observer = nullptr, .clock = clock});
  ports::HttpRequest request;
  request.method = method;
  request.url = url;
  request.body = body;
  request.headers = headers;
  auto answer = client->send(request, {});
  if (!answer) throw std::runtime_error(url + ": " + answer.error().what);
  return {.status = answer->status,
          .headers = std::move(answer->headers),
          .body = std::move(answer->body)};
}

Environment bare_environment(const std::string& folder) {
  Environment environment{
      {"PATH", "/usr/local/bin:/usr/bin:/bin"}, {"HOME", folder}, {"XDG_RUNTIME_DIR", folder}};
  for (const char* name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS"}) {
    if (const char* value = std::getenv(name)) environment[name] = value;
  }
  return environment;
}

namespace {

Process start_sandbox(const std::vector<std::string>& options) {
  std::vector<std::string> words{kProgram, "sandbox", "--listen", "127.0.0.1:0"};
  words.insert(words.end(), options.begin(), options.end());
  return {words, bare_environment("/nonexistent")};
}

}  // namespace

SandboxProcess::SandboxProcess(const std::vector<std::string>& options)
    : process_(start_sandbox(options)) {
  url_ = process_.wait_for_out("ShipStation V1 at ");
}

json::object SandboxProcess::get(const std::string& path) const {
  const Answer answer = ask(ports::HttpMethod::get, url_ + path);
  if (answer.status != 200) throw std::runtime_error(path + ": " + answer.body);
  return json::parse(answer.body).as_object();
}

json::object SandboxProcess::post(const std::string& path, const json::object& body) const {
  const Answer answer = ask(ports::HttpMethod::post, url_ + path, json::serialize(body));
  if (answer.status >= 300) throw std::runtime_error(path + ": " + answer.body);
  return json::parse(answer.body).as_object();
}

void SandboxProcess::fault(const std::string& name, json::object facts) const {
  facts["name"] = name;
  post("/_sandbox/faults", facts);
}

void SandboxProcess::hang_in_the_middle(std::int64_t seconds) const {
  fault("slow", {{"amount", seconds}, {"after", 2}, {"path", "/orders"}});
}

void SandboxProcess::calm() const { ask(ports::HttpMethod::del, url_ + "/_sandbox/faults"); }

std::string SandboxProcess::known_sql() const {
  return ask(ports::HttpMethod::get, url_ + "/_sandbox/known.sql").body;
}

std::int64_t SandboxProcess::requests() const {
  return get("/_sandbox/stats").at("total").to_number<std::int64_t>();
}

namespace {

std::vector<std::string> without_limit(std::vector<std::string> options) {
  options.emplace_back("--no-rate-limit");
  return options;
}

}  // namespace

World::World(ports::Dialect dialect, std::vector<std::string> options)
    : sandbox_(without_limit(std::move(options))),
      book_(dialect),
      environment_(bare_environment(folder_.path().string())) {
  environment_["TALLYMAN_DATABASE"] = book_.url();
  environment_["TALLYMAN_SHIPSTATION_URL"] = sandbox_.url();
  environment_["TALLYMAN_SHIPSTATION_KEY"] = "sandbox-key";
  environment_["TALLYMAN_SHIPSTATION_SECRET"] = "sandbox-secret";
  environment_["TALLYMAN_SHIPSTATION_REQUESTS_PER_MINUTE"] = "600";
  environment_["TALLYMAN_LISTEN"] = "127.0.0.1:0";
}

void World::prepare() {
  const Ended migrated = tallyman({"migrate", "up"});
  if (migrated.code != 0) throw std::runtime_error(migrated.error);
  book_.script(sandbox_.known_sql());
}

Process World::start(const std::vector<std::string>& words) const {
  std::vector<std::string> line{kProgram};
  line.insert(line.end(), words.begin(), words.end());
  return {line, environment_};
}

Ended World::tallyman(const std::vector<std::string>& words) const { return start(words).wait(); }

json::object World::sync() const {
  const Ended ended = tallyman({"sync", "run", "--json"});
  if (ended.code != 0) {
    ADD_FAILURE() << "sync run ended with " << ended.code << "\n" << ended.out << ended.error;
  }
  json::error_code bad;
  const json::value document = json::parse(ended.out, bad);
  return bad || !document.is_object() ? json::object{} : document.as_object();
}

}  // namespace tallyman::tests
