#include "adapters/database/retry.h"

#include <set>

#include <gtest/gtest.h>

#include "adapters/database/utf8.h"
#include "tests/support/databases.h"

namespace tallyman::database {
namespace {

using ports::DbError;

constexpr DbError kAll[] = {
    DbError::constraint,      DbError::bad_value,      DbError::locked,      DbError::serialization,
    DbError::connection_lost, DbError::commit_unknown, DbError::unreachable, DbError::refused,
    DbError::read_only,       DbError::disk_full,      DbError::corrupt,     DbError::timeout,
    DbError::schema,          DbError::other};

TEST(Retry, OnlyWhatPassesByItselfIsTriedAgain) {
  const std::set<DbError> again = {DbError::locked, DbError::serialization,
                                   DbError::connection_lost, DbError::read_only};
  for (const DbError kind : kAll) {
    EXPECT_EQ(pause_before_retry({}, kind, 1, Micros{0}, 0).has_value(), again.contains(kind))
        << word(kind);
  }
}

TEST(Retry, AServerThatRefusesWhileItRestartsIsTriedAgain) {
  EXPECT_FALSE(pause_before_retry({}, DbError::unreachable, 1, Micros{0}, 0));
  EXPECT_TRUE(pause_before_retry({}, DbError::unreachable, 2, Micros{0}, 0));
}

TEST(Retry, PausesGrowHalfByChanceAndEndAfterFiveAttempts) {
  const auto pause = [](int failed, std::uint64_t chance) {
    return pause_before_retry({}, DbError::locked, failed, Micros{0}, chance);
  };
  EXPECT_EQ(pause(1, 0), Micros{25'000});
  EXPECT_EQ(pause(1, 24'999), Micros{49'999});
  EXPECT_EQ(pause(2, 0), Micros{100'000});
  EXPECT_EQ(pause(3, 0), Micros{400'000});
  EXPECT_EQ(pause(4, 0), Micros{1'600'000});
  EXPECT_EQ(pause(5, 0), std::nullopt);
}

TEST(Retry, NoAttemptBeginsLaterThanThirtySeconds) {
  EXPECT_TRUE(pause_before_retry({}, DbError::locked, 1, Micros{29'900'000}, 0));
  EXPECT_FALSE(pause_before_retry({}, DbError::locked, 1, Micros{29'990'000}, 0));
}

TEST(Retry, TheLastFailureIsTheOneThrown) {
  tests::QuickClock clock;
  tests::SteadyRandom random;
  int attempts = 0;
  try {
    run_with_retry({}, clock, random, [&] {
      ++attempts;
      throw ports::DbFailure(DbError::locked, "attempt " + std::to_string(attempts));
    });
    FAIL();
  } catch (const ports::DbFailure& failure) {
    EXPECT_STREQ(failure.what(), "attempt 5");
  }
  EXPECT_EQ(clock.waits(), 4);
}

TEST(StorableText, IsWellFormedUtf8WithoutNul) {
  using namespace std::string_view_literals;
  for (const auto text : {""sv, "plain"sv, "\xC2\x80"sv, "\xE0\xA0\x80"sv, "\xED\x9F\xBF"sv,
                          "\xEE\x80\x80"sv, "\xF0\x90\x80\x80"sv, "\xF4\x8F\xBF\xBF"sv}) {
    EXPECT_TRUE(is_storable_text(text)) << text;
  }
  for (const auto text :
       {"a\0b"sv, "\x80"sv, "\xC1\xBF"sv, "\xE0\x9F\xBF"sv, "\xED\xA0\x80"sv, "\xF0\x8F\xBF\xBF"sv,
        "\xF4\x90\x80\x80"sv, "\xF5\x80\x80\x80"sv, "\xE2\x82"sv, "\xC3"sv, "\xFF"sv}) {
    EXPECT_FALSE(is_storable_text(text)) << text;
  }
}

}  // namespace
}  // namespace tallyman::database
