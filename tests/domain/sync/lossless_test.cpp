// Seeded runs over a list that changes under the reader, and the same runs with a rule broken on
// purpose: the test must be able to lose rows, or it proves nothing.
#include <gtest/gtest.h>

#include "domain/sync/model_server.h"
#include "domain/sync/watermark.h"

namespace tallyman::sync {
namespace {

using namespace model;

struct Story {
  int unreadable = 0;
  int rows = 3'000;
  int modifications = 20;  // between two requests
  Micros latest = 60s;     // how late a change may become visible
  Bounds bounds = Bounds::exclusive;
};

// Several runs, five minutes apart, then a quiet half hour with runs. Answers the rows lost.
std::size_t rows_lost(std::uint64_t seed, const ReadPolicy& policy, const Story& story) {
  std::mt19937_64 random(seed);
  const auto below = [&](std::int64_t n) {
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(n));
  };
  Server server(story.bounds);
  for (int i = 0; i < story.rows; ++i) {
    server.add(i + 1, kNoon - 3h + Micros{below(3 * 3'600'000) * 1'000});
  }
  for (int i = 0; i < story.unreadable; ++i) {
    server.rows.at(1 + below(story.rows)).health = Row::Health::poison;
  }
  const auto change = [&](int times) {
    for (int i = 0; i < times; ++i) {
      server.now += Micros{below(100'000)};
      server.modify(1 + below(story.rows),
                    below(5) == 0 ? Micros{below(story.latest.count() + 1)} : Micros{0});
    }
  };

  Book book;
  Instant watermark = kNoon - 4h;
  std::optional<Instant> read_until;
  std::vector<KnownHole> known;
  const auto run = [&](int modifications) {
    const Instant lo = lower_bound(watermark, read_until, server.now, Zone{}, policy);
    Reader reader(policy, {.from = lo, .now = server.now, .repeated_hour = {}, .holes = known});
    drive(reader, server, book, [&] {
      server.now += 1s;
      change(modifications);
    });
    known.clear();
    for (const Hole& hole : reader.holes()) known.push_back({hole, Probe::due});
    for (const Hole& hole : reader.standing()) known.push_back({hole, Probe::due});
    EXPECT_EQ(reader.outcome(), Outcome::complete)
        << "seed " << seed << ": " << reader.broken()->what;
    watermark = next_watermark(watermark, book.newest, *reader.hi());
    read_until = next_read_until(read_until, *reader.hi());
  };
  for (int i = 0; i < 4; ++i) {
    run(story.modifications);
    server.now += 4min;
    change(200);  // up to the moment the next run begins
  }
  for (int i = 0; i < 6; ++i) {
    server.now += 5min;
    run(0);
  }
  return missing(server, book).size();
}

std::size_t rows_lost_in(int seeds, const ReadPolicy& policy, const Story& story) {
  std::size_t lost = 0;
  for (int seed = 1; seed <= seeds; ++seed) {
    lost += rows_lost(static_cast<std::uint64_t>(seed), policy, story);
  }
  return lost;
}

ReadPolicy small_pages() {
  ReadPolicy policy;
  policy.page_size = 200;
  return policy;
}

TEST(Lossless, NoRowIsLostInAHundredSeedsOfChanges) {
  EXPECT_EQ(rows_lost_in(50, small_pages(), {.bounds = Bounds::exclusive}), 0U);
  EXPECT_EQ(rows_lost_in(50, small_pages(), {.bounds = Bounds::inclusive}), 0U);
  EXPECT_EQ(rows_lost_in(10, {}, {.rows = 6'000}), 0U);
}

TEST(Lossless, UnreadableRowsOfABusyListCostNoOther) {
  EXPECT_EQ(rows_lost_in(30, small_pages(), {.unreadable = 4, .modifications = 2}), 0U);
}

TEST(Lossless, WithoutOverlapLateRowsAreLost) {
  ReadPolicy policy = small_pages();
  policy.overlap = 0s;
  EXPECT_GT(rows_lost_in(10, policy, {}), 0U);
}

TEST(Lossless, WithPageNumbersRowsAreLostEvenWithOverlap) {
  ReadPolicy policy = small_pages();
  policy.anchoring = Anchoring::by_page_number;
  EXPECT_GT(rows_lost_in(10, policy, {}), 0U);
}

// 1,300 rows of one second, some of which are modified while they are read. Answers the rows lost,
// none when the pass gave up.
std::optional<std::size_t> ties_lost(std::uint64_t seed, const ReadPolicy& policy, int poisoned,
                                     int modifications) {
  std::mt19937_64 random(seed);
  Server server(seed % 2 == 0 ? Bounds::exclusive : Bounds::inclusive);
  for (int i = 0; i < 1'300; ++i) server.add(i + 1, kNoon - 2h + i % 300 * 3ms);
  for (int i = 0; i < poisoned; ++i) {
    server.rows.at(1 + static_cast<std::int64_t>(random() % 1'300)).health = Row::Health::poison;
  }
  Reader reader(policy, {.from = kNoon - 3h, .now = kNoon, .repeated_hour = {}, .holes = {}});
  Book book;
  drive(reader, server, book, [&] {
    server.now += 1s;
    for (int i = 0; i < modifications; ++i) {
      const auto id = 1 + static_cast<std::int64_t>(random() % 1'300);
      if (server.rows.at(id).health == Row::Health::fine) server.modify(id);
    }
  });
  if (reader.outcome() != Outcome::complete) return std::nullopt;
  return missing(server, book, *reader.hi()).size();
}

TEST(Lossless, NoRowOfACrowdedSecondIsLostWhileItsRowsChange) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    ASSERT_EQ(ties_lost(seed, small_pages(), 0, 20), 0U) << "seed " << seed;
  }
}

TEST(Lossless, ACrowdedSecondReadFromItsStartLosesRows) {
  ReadPolicy policy = small_pages();
  policy.window_order = WindowOrder::from_the_start;
  std::size_t lost = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    lost += ties_lost(seed, policy, 0, 20).value_or(0);
  }
  EXPECT_GT(lost, 0U);
}

// An unreadable row that moves faster than it can be closed in on may end the pass, but a pass that
// completes has lost nothing.
TEST(Lossless, UnreadableRowsInACrowdedSecondCostNoOther) {
  int complete = 0;
  for (const int modifications : {0, 1, 3}) {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
      const auto lost = ties_lost(seed, small_pages(), 2, modifications);
      if (!lost) continue;
      ASSERT_EQ(*lost, 0U) << "seed " << seed << ", " << modifications << " modifications";
      ++complete;
    }
  }
  EXPECT_GE(complete, 60) << "at least all those that lie still";
}

}  // namespace
}  // namespace tallyman::sync
