#include "domain/people/throttle.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace tallyman::people {
namespace {

using namespace std::chrono_literals;

const Instant kNow = instant_from_text("2026-11-20T12:00:00Z").value();

Micros wait_of(const SignInTries& tries, Instant now = kNow) {
  return rule_sign_in(tries, now).wait;
}

Micros wait_after(std::int64_t failures, Micros ago = 0s) {
  return wait_of({.pair = {.count = failures, .last = kNow - ago},
                  .account = {},
                  .address = {},
                  .everywhere = {}});
}

TEST(Throttle, TheFirstMistakesCostNothing) {
  EXPECT_EQ(wait_of({}), 0s);
  EXPECT_EQ(wait_after(4), 0s);
}

TEST(Throttle, EachFurtherOneDoublesTheWaitUpToALimit) {
  EXPECT_EQ(wait_after(5), 1s);
  EXPECT_EQ(wait_after(6), 2s);
  EXPECT_EQ(wait_after(9), 16s);
  EXPECT_EQ(wait_after(14), 300s);
  EXPECT_EQ(wait_after(1'000'000), 300s) << "it always ends";
}

TEST(Throttle, TheWaitRunsFromTheLastFailure) {
  EXPECT_EQ(wait_after(9, 10s), 6s);
  EXPECT_EQ(wait_after(9, 16s), 0s);
  EXPECT_EQ(wait_after(9, 1h), 0s);
  EXPECT_EQ(wait_after(9, -1h), 16s) << "a clock set back makes it no longer";
}

TEST(Throttle, AnAddressThatFailsEverywhereWaitsForEveryAccount) {
  const Failures many{.count = 25, .last = kNow};
  const Failures all{.count = 400, .last = kNow};
  EXPECT_EQ(wait_of({.pair = {}, .account = {}, .address = many, .everywhere = {}}), 32s);
  const Failures one{.count = 1, .last = kNow};
  EXPECT_EQ(wait_of({.pair = {}, .account = {}, .address = one, .everywhere = all}), 5s);
  EXPECT_EQ(wait_of({.pair = {}, .account = {}, .address = {}, .everywhere = all}), 0s)
      << "who has done nothing does not wait for others";
}

TEST(Throttle, WhoIsKnownThereDoesNotWaitForStrangers) {
  const Failures many{.count = 1000, .last = kNow};
  EXPECT_EQ(wait_of({.pair = {},
                     .account = many,
                     .address = many,
                     .everywhere = many,
                     .queue = {.places = 5, .last = kNow + 5min},
                     .peer = Peer::known}),
            0s);
  EXPECT_EQ(
      wait_of({.pair = many, .account = {}, .address = {}, .everywhere = {}, .peer = Peer::known}),
      300s)
      << "but for mistakes of its own";
}

TEST(Throttle, WhereManyGuessStrangersQueueForTheAccount) {
  const Failures at_its_limit{.count = 30, .last = kNow - 30s};
  SignInTries tries{.pair = {}, .account = at_its_limit, .address = {}, .everywhere = {}};
  auto ruling = rule_sign_in(tries, kNow);
  EXPECT_EQ(ruling.wait, 60s) << "90 s after the last failure";
  EXPECT_EQ(ruling.turn, kNow + 60s) << "a place of its own";

  tries.queue = {.places = 2, .last = kNow + 150s};
  ruling = rule_sign_in(tries, kNow);
  EXPECT_EQ(ruling.turn, kNow + 240s) << "behind those who came before";

  tries.pair = {.count = 1, .last = kNow - 40min};
  EXPECT_EQ(rule_sign_in(tries, kNow).turn, std::nullopt)
      << "who has failed here leaves three places to those who have not";

  tries.pair = {};
  tries.queue = {.places = 5, .last = kNow + 420s};
  ruling = rule_sign_in(tries, kNow);
  EXPECT_EQ(ruling.turn, std::nullopt) << "it is short";
  EXPECT_GT(ruling.wait, 0s);
}

TEST(Throttle, ATurnIsKeptUntilItIsTaken) {
  SignInTries tries{.pair = {},
                    .account = {.count = 60, .last = kNow},
                    .address = {},
                    .everywhere = {},
                    .queue = {.places = 3, .last = kNow + 200s, .mine = kNow + 20s}};
  EXPECT_EQ(rule_sign_in(tries, kNow).wait, 20s);
  EXPECT_EQ(rule_sign_in(tries, kNow).turn, std::nullopt) << "one place is enough";
  EXPECT_EQ(rule_sign_in(tries, kNow + 20s).wait, 0s) << "whoever failed in the meantime";
  tries.account.count = 29;
  EXPECT_EQ(rule_sign_in(tries, kNow).wait, 20s);
  tries.queue.mine = std::nullopt;
  EXPECT_EQ(rule_sign_in(tries, kNow).wait, 0s) << "below the limit nobody queues";
}

// Guessers who each try again the moment they may, for a day.
class Guessers {
 public:
  Guessers(int addresses, Peer peer)
      : failures_(static_cast<std::size_t>(addresses)), peer_(peer) {}

  std::vector<Instant> guess_for(Micros length) {
    for (Instant now = kNow; now < kNow + length; now += 1s) {
      for (std::size_t who = 0; who < failures_.size(); ++who) guess(who, now);
    }
    return all_;
  }

 private:
  static Failures count(const std::vector<Instant>& failures, Instant now) {
    const auto recent = std::count_if(failures.begin(), failures.end(),
                                      [&](Instant at) { return at > now - kFailuresCount; });
    return {.count = recent,
            .last = failures.empty() ? std::nullopt : std::optional(failures.back())};
  }
  void guess(std::size_t who, Instant now) {
    std::erase_if(turns_, [&](const auto& turn) { return turn.second <= now - kTurnIsGoodFor; });
    SignInTries tries{.pair = count(failures_[who], now),
                      .account = count(all_, now),
                      .address = {},
                      .everywhere = {},
                      .peer = peer_};
    tries.queue.places = static_cast<std::int64_t>(turns_.size());
    for (const auto& [of, at] : turns_) {
      tries.queue.last = std::max(tries.queue.last.value_or(at), at);
      if (of == who) tries.queue.mine = at;
    }
    const auto ruling = rule_sign_in(tries, now);
    if (ruling.turn) turns_.emplace_back(who, *ruling.turn);
    if (ruling.wait > 0s) return;
    std::erase_if(turns_, [&](const auto& turn) { return turn.first == who; });
    failures_[who].push_back(now);
    all_.push_back(now);
  }

  std::vector<std::vector<Instant>> failures_;
  std::vector<std::pair<std::size_t, Instant>> turns_;
  std::vector<Instant> all_;
  Peer peer_;
};

void expect_never_more_in_an_hour(const std::vector<Instant>& failures, std::size_t most) {
  EXPECT_GT(failures.size(), most);
  for (std::size_t i = 0; i + most < failures.size(); ++i) {
    ASSERT_GT(failures[i + most] - failures[i], 1h) << "failure " << i;
  }
}

TEST(Throttle, NoHourSeesAHundredFailuresOfAnAccount) {
  expect_never_more_in_an_hour(Guessers(1, Peer::known).guess_for(6h), 24);
  expect_never_more_in_an_hour(Guessers(12, Peer::stranger).guess_for(6h), 74);
}

TEST(Throttle, OneAddressAloneNeverFillsTheAccount) {
  expect_never_more_in_an_hour(Guessers(1, Peer::stranger).guess_for(24h), 24);
}

}  // namespace
}  // namespace tallyman::people
