#include "domain/people/throttle.h"

#include <gtest/gtest.h>

#include <vector>

namespace tallyman::people {
namespace {

using namespace std::chrono_literals;

const Instant kNow = instant_from_text("2026-11-20T12:00:00Z").value();

Micros wait_after(std::int64_t failures, Micros ago = 0s) {
  return wait_before_sign_in({.account = {.count = failures, .last = kNow - ago},
                              .address = {},
                              .everywhere = {},
                              .peer = Peer::stranger},
                             kNow);
}

TEST(Throttle, TheFirstMistakesCostNothing) {
  EXPECT_EQ(wait_before_sign_in({}, kNow), 0s);
  EXPECT_EQ(wait_after(4), 0s);
}

TEST(Throttle, EachFurtherOneDoublesTheWaitUpToALimit) {
  EXPECT_EQ(wait_after(5), 1s);
  EXPECT_EQ(wait_after(6), 2s);
  EXPECT_EQ(wait_after(9), 16s);
  EXPECT_EQ(wait_after(12), 100s);
  EXPECT_EQ(wait_after(1'000'000), 100s) << "it always ends";
}

TEST(Throttle, TheWaitRunsFromTheLastFailure) {
  EXPECT_EQ(wait_after(9, 10s), 6s);
  EXPECT_EQ(wait_after(9, 16s), 0s);
  EXPECT_EQ(wait_after(9, 1h), 0s);
  EXPECT_EQ(wait_after(9, -1h), 16s) << "a clock set back makes it no longer";
}

TEST(Throttle, AnAddressThatFailsEverywhereWaitsForEveryAccount) {
  const Failures many{.count = 25, .last = kNow};
  EXPECT_EQ(wait_before_sign_in({.account = {}, .address = many, .everywhere = {}}, kNow), 32s);
  EXPECT_EQ(wait_before_sign_in(
                {.account = {}, .address = {}, .everywhere = {.count = 400, .last = kNow}}, kNow),
            5s);
}

TEST(Throttle, WhoIsKnownThereDoesNotWaitForStrangers) {
  const Failures many{.count = 1000, .last = kNow};
  EXPECT_EQ(wait_before_sign_in(
                {.account = {}, .address = many, .everywhere = many, .peer = Peer::known}, kNow),
            0s);
  EXPECT_EQ(wait_before_sign_in(
                {.account = many, .address = {}, .everywhere = {}, .peer = Peer::known}, kNow),
            100s)
      << "but for mistakes of its own";
}

// The guesser who tries again the moment it may, for a day.
TEST(Throttle, NoHourSeesAHundredFailuresOfAnAccount) {
  std::vector<Instant> failures;
  Instant now = kNow;
  while (now < kNow + 24h) {
    const auto recent = std::count_if(failures.begin(), failures.end(),
                                      [&](Instant at) { return at > now - kFailuresCount; });
    const SignInTries tries{
        .account = {.count = recent,
                    .last = failures.empty() ? std::nullopt : std::optional(failures.back())},
        .address = {},
        .everywhere = {}};
    const Micros wait = wait_before_sign_in(tries, now);
    if (wait == 0s) {
      failures.push_back(now);
    } else {
      now += wait;
    }
  }
  EXPECT_GT(failures.size(), 500U);
  for (std::size_t i = 0; i + 50 < failures.size(); ++i) {
    ASSERT_GT(failures[i + 50] - failures[i], 1h) << "from strangers; as many from known peers";
  }
}

}  // namespace
}  // namespace tallyman::people
