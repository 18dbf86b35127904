// Six greedy callers of the schedule and one person on one key, each with connections of its own as
// another process would have, against the sandbox's own log. Its minute is scaled to five seconds.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "adapters/book/migrations.h"
#include "adapters/database/migrations.h"
#include "adapters/database/open.h"
#include "adapters/time/seeded_random.h"
#include "adapters/time/system_clock.h"
#include "engine/budgeted_http.h"
#include "sandbox/sandbox_http.h"
#include "sandbox/scaled_clock.h"
#include "sandbox/world.h"
#include "tests/adapters/book/book_on_both.h"

namespace tallyman::engine {
namespace {

using namespace std::chrono_literals;

constexpr int kGreedy = 6;
constexpr int kAllowed = 40;  // by ShipStation, in any minute

// 1 measures real minutes, by hand.
int speed() {
  const char* text = std::getenv("TALLYMAN_RATE_SPEED");
  return text == nullptr ? 12 : std::stoi(text);
}

ports::HttpRequest list_stores() {
  ports::HttpRequest request;
  request.url = "https://shipstation.example/stores";
  request.auth = {Secret(std::string(sandbox::kDemoKey)),
                  Secret(std::string(sandbox::kDemoSecret))};
  return request;
}

class RateRace : public ::testing::TestWithParam<ports::Dialect> {
 protected:
  RateRace() : fresh_(GetParam()) {
    database::migrate(*fresh_, book::migrations(GetParam())).value();
  }

  // One program: its own connections, its own memory.
  struct Program {
    Program(const std::string& url, ports::Http& partner, ports::Clock& clock,
            work::Urgency urgency, std::uint64_t seed)
        : random(seed),
          database(database::open_database(url, {.clock = clock, .random = random}).value()),
          http(partner, *database, clock, random,
               Budget{.credential = "key", .urgency = urgency, .window = Micros{60s} / speed()}) {}
    timing::SeededRandom random;
    std::unique_ptr<ports::Database> database;
    BudgetedHttp http;
  };

  // A person who clicks nine times a minute; answers how long each click waited.
  std::vector<Micros> click(Program& person, Micros length) {
    std::vector<Micros> waits;
    const Micros end = clock_.steady() + length;
    while (clock_.steady() < end) {
      const Micros asked = clock_.steady();
      EXPECT_TRUE(person.http.send(list_stores(), {}));
      waits.push_back(clock_.steady() - asked);
      clock_.wait(Micros{60s} / speed() / 9, {}, nullptr);
    }
    std::ranges::sort(waits);
    return waits;
  }

  std::int64_t most_in_a_minute() {
    std::int64_t most = 0;
    const auto seen = world_.recent_requests();
    for (std::size_t i = 0; i < seen.size(); ++i) {
      std::int64_t inside = 0;
      for (std::size_t j = i; j < seen.size() && seen[j].at - seen[i].at < 60s; ++j) ++inside;
      most = std::max(most, inside);
    }
    return most;
  }

  tests::FreshDatabase fresh_;
  timing::SystemClock clock_;
  sandbox::ScaledClock there_{clock_, speed()};
  sandbox::World world_{there_, {}};
  sandbox::SandboxHttp partner_{world_, there_};
};
INSTANTIATE_TEST_SUITE_P(Engine, RateRace, tests::kBothDialects, tests::dialect_name);

TEST_P(RateRace, NeverMoreThanFortyInAnyMinuteAndThePersonWaitsUnderASecond) {
  std::vector<std::unique_ptr<Program>> greedy;
  for (int i = 0; i < kGreedy; ++i) {
    greedy.push_back(std::make_unique<Program>(fresh_.url(), partner_, clock_,
                                               work::Urgency::background, 10U + i));
  }
  Program person(fresh_.url(), partner_, clock_, work::Urgency::person, 1);
  std::vector<Micros> waits;
  {
    std::vector<std::jthread> callers;
    for (auto& program : greedy) {
      callers.emplace_back([&program](const std::stop_token& stop) {
        while (!stop.stop_requested()) program->http.send(list_stores(), stop);
      });
    }
    waits = click(person, Micros{135s} / speed());
  }
  const auto seen = world_.recent_requests();
  const auto refused = std::ranges::count(seen, 429, &sandbox::RequestSeen::status);
  RecordProperty("requests", std::to_string(seen.size()));
  RecordProperty("most_in_a_minute", std::to_string(most_in_a_minute()));
  RecordProperty("person_median_us", std::to_string(waits[waits.size() / 2].count()));
  RecordProperty("person_longest_us", std::to_string(waits.back().count()));
  EXPECT_LE(most_in_a_minute(), kAllowed);
  EXPECT_EQ(refused, 0);
  EXPECT_GE(seen.size(), 80U) << "they were greedy indeed: more than two minutes' worth";
  EXPECT_GE(waits.size(), 15U);
  EXPECT_LT(waits.back(), 1s);
}

}  // namespace
}  // namespace tallyman::engine
