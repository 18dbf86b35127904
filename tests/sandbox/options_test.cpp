#include "sandbox/options.h"

#include "sandbox/fixture.h"
#include "sandbox/scaled_clock.h"

namespace tallyman::sandbox {
namespace {

Result<Options> options(std::vector<std::string_view> args) { return options_from(args); }

TEST(Options, AreReadWithTheirDefaults) {
  const auto plain = options({});
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->orders, 2000);
  EXPECT_EQ(plain->listen, "127.0.0.1:8089");
  EXPECT_EQ(plain->rate_limit, RateLimit::on);
  const auto full = options({"--listen", "127.0.0.1:0", "--seed=42", "--orders", "20000", "--speed",
                             "60x", "--fault", "late_visibility=0.3:20", "--fault=html_page=0.01",
                             "--switch", "start=inclusive", "--no-rate-limit"});
  ASSERT_TRUE(full) << full.error().what;
  EXPECT_EQ(full->seed, 42);
  EXPECT_EQ(full->speed, 60);
  ASSERT_EQ(full->faults.size(), 2);
  EXPECT_EQ(full->faults[0].fault, Fault::late_visibility);
  EXPECT_EQ(full->faults[0].probability, 0.3);
  EXPECT_EQ(full->faults[0].amount, 20);
  EXPECT_EQ(full->faults[1].fault, Fault::html_page);
  EXPECT_EQ(full->behaviour.start, StartBound::inclusive);
  EXPECT_EQ(full->rate_limit, RateLimit::off);
}

TEST(Options, AWrongWordIsNamedWithWhatWouldBeRight) {
  const auto said = [](std::vector<std::string_view> args) {
    const auto result = options(std::move(args));
    return result ? std::string("accepted") : result.error().what;
  };
  EXPECT_EQ(said({"--colour"}), "unknown option '--colour'; --help lists all");
  EXPECT_EQ(said({"--seed"}), "--seed needs N");
  EXPECT_EQ(said({"--orders", "-1"}), "--orders -1: expected a whole number from 0 to 200000");
  EXPECT_EQ(said({"--listen", "8089"}),
            "--listen 8089: expected ADDRESS:PORT, for example 127.0.0.1:8089");
  EXPECT_EQ(said({"--fault", "html_page=2"}),
            "--fault html_page=2: html_page: expected a probability from 0 to 1, got '2'");
  EXPECT_EQ(said({"--no-rate-limit=yes"}), "--no-rate-limit takes no value");
  const std::string unknown = said({"--fault", "gremlins=1"});
  EXPECT_NE(unknown.find("no such fault: 'gremlins'"), std::string::npos);
  for (const FaultRow& fault : fault_table()) {
    EXPECT_NE(unknown.find(fault.name), std::string::npos) << fault.name;
  }
  EXPECT_NE(said({"--switch", "start=maybe"}).find("start=after-its-second"), std::string::npos);
}

TEST(Options, HelpNamesEveryFaultAndSwitch) {
  const std::string help = options_help();
  for (const FaultRow& fault : fault_table()) {
    EXPECT_NE(help.find(fault.name), std::string::npos) << fault.name;
  }
  for (const char* word : {"--listen", "--speed", "large-page=reject", "one-page=zero"}) {
    EXPECT_NE(help.find(word), std::string::npos) << word;
  }
  EXPECT_TRUE(options({"--help"})->wants_help);
}

TEST(Options, MakeAWorldThatAnswersToItsOwnKey) {
  VirtualClock clock{at("2026-11-20T14:30:00Z")};
  const auto chosen = options({"--orders", "40", "--key", "k", "--secret", "s"}).value();
  World world(clock, setup_from(chosen, pacific()));
  prepare(world, chosen);
  EXPECT_EQ(world.snapshot().size(), 40);
  http_server::Request request = served("GET", "/stores");
  EXPECT_EQ(world.handle(request).status, 401);
  request.headers.emplace_back("authorization", "Basic azpz");
  EXPECT_EQ(world.handle(request).status, 200);
  EXPECT_NE(greeting(chosen, "http://127.0.0.1:8089").find("known.sql"), std::string::npos);
}

TEST(ScaledClock, RunsFasterAndWaitsShorter) {
  VirtualClock base{at("2026-11-20T14:30:00Z")};
  ScaledClock fast(base, 60);
  EXPECT_EQ(fast.now(), at("2026-11-20T14:30:00Z"));
  base.advance(1s);
  EXPECT_EQ(fast.now(), at("2026-11-20T14:31:00Z"));
  EXPECT_EQ(fast.wait(60s, {}, nullptr), ports::WaitEnd::reached);
  EXPECT_EQ(base.now(), at("2026-11-20T14:30:02Z"));
  EXPECT_EQ(fast.steady(), 120s);
}

TEST(VirtualClock, WaitsUntilReachedWokenOrStopped) {
  VirtualClock clock{at("2026-11-20T14:30:00Z")};
  ports::Event event;
  event.set();
  EXPECT_EQ(clock.wait(5s, {}, &event), ports::WaitEnd::woken);
  EXPECT_EQ(clock.wait(5s, {}, &event), ports::WaitEnd::reached);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(clock.wait(5s, stop.get_token(), nullptr), ports::WaitEnd::stopped);
  EXPECT_EQ(clock.now(), at("2026-11-20T14:30:05Z"));
}

}  // namespace
}  // namespace tallyman::sandbox
