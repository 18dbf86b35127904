// ShipStation's door refuses: a real server that answers nothing else, asked by a real worker.
#include "adapters/book/controls.h"
#include "adapters/http/client.h"
#include "adapters/shipstation/api.h"
#include "adapters/time/zones.h"
#include "engine/haste.h"
#include "engine/worker_test.h"
#include "http_server/server.h"
#include "workflows/jobs.h"
#include "workflows/schedules.h"

namespace tallyman::engine {
namespace {

class Refused : public Workers {
 protected:
  // Runs the sync once against a ShipStation that answers `status` to everything.
  book::Job run_against(int status) {
    http_server::Server server({}, [status](const http_server::Request&) {
      return http_server::Response{.status = status,
                                   .headers = {{"Content-Type", "application/json"}},
                                   .body = R"({"message":"Not for you."})"};
    });
    const auto http = http::make_client(
        {.user_agent = "test", .ca_file = std::nullopt, .observer = nullptr, .clock = clock});
    shipstation::Settings access;
    access.base_url = "http://127.0.0.1:" + std::to_string(server.port());
    access.key = Secret{"key"};
    access.secret = Secret{"secret"};
    access.zone = timing::load_zone("America/Los_Angeles").value();
    const auto shipstation = shipstation::make_shipstation(*http, access);
    workflows::SyncSettings settings;
    settings.shipstation_zone = access.zone;
    workflows::ShipStationSync sync({.database = *database,
                                     .shipstation = *shipstation,
                                     .clock = clock,
                                     .random = random,
                                     .threads = threads},
                                    settings);
    ports::transact(*database, ports::TxMode::write, workflows::add_switches);
    Haste haste;
    const auto worker = this->worker(
        {{"shipstation-sync", workflows::shipstation_sync_job(
                                  {.person = sync, .background = sync, .haste = haste}, clock)}});
    const auto id = add({.kind = "shipstation-sync", .asked_by = "user:ana", .why = "a test"});
    return when(id, JobState::done);
  }
  bool is_on() {
    return ports::transact(*database, ports::TxMode::read,
                           [](ports::Tx& tx) { return book::is_enabled(tx, "shipstation-sync"); });
  }
};
INSTANTIATE_TEST_SUITE_P(Workflows, Refused, kBothDialects, dialect_name);

// It may come from anything between us and ShipStation: a firewall, a proxy, a block by country.
TEST_P(Refused, A403FailsTheRunAndSwitchesNothingOff) {
  const auto job = run_against(403);
  EXPECT_EQ(job.outcome, "failed") << job.message;
  EXPECT_EQ(one("SELECT failure FROM runs"), ports::word(ports::CallError::forbidden));
  EXPECT_TRUE(is_on());
}

}  // namespace
}  // namespace tallyman::engine
