// Rows that make their page answer 500: found by position, everything else is read, and an outage
// is never taken for a bad row.
#include <gtest/gtest.h>

#include "domain/sync/model_server.h"

namespace tallyman::sync {
namespace {

using namespace model;

Start from(Instant lo, std::vector<KnownHole> holes = {}) {
  return {.from = lo, .now = kNoon, .repeated_hour = {}, .holes = std::move(holes)};
}

ReadPolicy pages_of(int size) {
  ReadPolicy policy;
  policy.page_size = size;
  return policy;
}

Server list_of(int rows, Micros apart, Bounds bounds = Bounds::exclusive) {
  Server server(bounds);
  for (int i = 0; i < rows; ++i) server.add(i + 1, kNoon - 2h + i * apart);
  return server;
}

void poison(Server& server, std::initializer_list<std::int64_t> ids) {
  for (const auto id : ids) server.rows.at(id).health = Row::Health::poison;
}

std::vector<std::int64_t> none() { return {}; }

struct Pass {
  Reader reader;
  Book book;
  int requests = 0;
};

Pass pass(Server& server, const ReadPolicy& policy, std::vector<KnownHole> known = {},
          Instant lo = kNoon - 2h) {
  Pass pass{.reader = Reader(policy, from(lo, std::move(known))), .book = {}, .requests = 0};
  pass.requests = drive(pass.reader, server, pass.book);
  return pass;
}

std::vector<KnownHole> known(const std::vector<Hole>& holes, Probe probe = Probe::due) {
  std::vector<KnownHole> all;
  for (const Hole& hole : holes) all.push_back({hole, probe});
  return all;
}

class PoisonOn : public testing::TestWithParam<Bounds> {};
INSTANTIATE_TEST_SUITE_P(Bounds, PoisonOn, testing::Values(Bounds::exclusive, Bounds::inclusive),
                         [](const auto& of) {
                           return of.param == Bounds::exclusive ? "Exclusive" : "Inclusive";
                         });

TEST_P(PoisonOn, AnUnreadableRowAtAnyPositionCostsNoOtherAndAtMostTwentyProbes) {
  for (std::int64_t id = 1; id <= 600; ++id) {
    Server server = list_of(600, 6s, GetParam());
    poison(server, {id});
    const Pass read = pass(server, {});
    ASSERT_EQ(read.reader.outcome(), Outcome::complete) << id << read.reader.broken()->what;
    ASSERT_EQ(missing(server, read.book), none()) << id;
    ASSERT_EQ(read.reader.holes().size(), 1U) << id;
    const Hole& hole = read.reader.holes().front();
    ASSERT_EQ(hole.rows, 1);
    ASSERT_EQ(hole.before.has_value(), id > 1) << id;
    ASSERT_EQ(hole.after.has_value(), id < 600) << id;
    if (id > 1) {
      ASSERT_EQ(*hole.before->id, id - 1);
    }
    if (id < 600) {
      ASSERT_EQ(*hole.after->id, id + 1);
    }
    ASSERT_LT(hole.from, server.rows.at(id).stamp);
    ASSERT_GT(hole.to, server.rows.at(id).stamp);
    ASSERT_EQ(read.reader.tally().received, 600);
    ASSERT_LE(read.reader.tally().total, read.reader.tally().received_of_total);
    ASSERT_LE(read.requests, 40) << id;
  }
}

TEST(Poison, IsolatingOneRowTakesAtMostTwentyProbesOfItsPage) {
  for (std::int64_t id = 1; id <= 500; ++id) {
    Server server = list_of(2'000, 6s);
    poison(server, {id});
    Sweep sweep({}, kNoon - 3h, std::nullopt, Extent::first_block);
    int probes = 0;
    while (const auto ask = sweep.next()) {
      ++probes;
      if (const auto page = server.list(*ask)) {
        sweep.answered({.rows = page->facts, .total = page->total, .served_at = kNoon});
      } else {
        sweep.refused();
      }
    }
    ASSERT_EQ(sweep.end(), SweepEnd::done);
    ASSERT_LE(probes, 18) << id;
    if (id == 1) {
      ASSERT_EQ(probes, 10) << "the half that is not good need not be asked for";
    }
  }
}

TEST_P(PoisonOn, SeveralUnreadableRowsOfOnePageAreAllFound) {
  Server server = list_of(480, 6s, GetParam());
  poison(server, {7, 130, 131, 290, 480});
  const Pass read = pass(server, {});
  ASSERT_EQ(read.reader.outcome(), Outcome::complete) << read.reader.broken()->what;
  EXPECT_EQ(missing(server, read.book), none());
  ASSERT_EQ(read.reader.holes().size(), 4U);
  EXPECT_EQ(read.reader.tally().in_holes, 5);
  EXPECT_EQ(read.reader.tally().received, 480);
}

TEST(Poison, AdjacentRowsAreOneHole) {
  Server server = list_of(20, 6s);
  poison(server, {10, 11, 12});
  const Pass read = pass(server, {});
  ASSERT_EQ(read.reader.holes().size(), 1U);
  EXPECT_EQ(read.reader.holes().front().rows, 3);
  EXPECT_EQ(read.reader.holes().front().key, "after 9");
  EXPECT_EQ(describe(read.reader.holes().front()),
            "3 unreadable rows after 9 (2026-11-20T10:00:48.000000Z) and before 13 "
            "(2026-11-20T10:01:12.000000Z), position 2 between 2026-11-20T10:00:46.000000Z and "
            "2026-11-20T10:01:14.000000Z");
}

TEST_P(PoisonOn, AnUnreadableRowAloneInTheWindowIsNoOutage) {
  Server server = list_of(1, 6s, GetParam());
  poison(server, {1});
  const Pass read = pass(server, {});
  ASSERT_EQ(read.reader.outcome(), Outcome::complete) << read.reader.broken()->what;
  ASSERT_EQ(read.reader.holes().size(), 1U);
  EXPECT_FALSE(read.reader.holes().front().before);
  EXPECT_FALSE(read.reader.holes().front().after);
  EXPECT_EQ(read.reader.tally().received, 1);
  EXPECT_LE(read.requests, 6);
}

TEST_P(PoisonOn, AnUnreadableRowInACrowdedSecondIsFound) {
  for (const std::int64_t id : {1, 2, 256, 257, 700, 1'299, 1'300}) {
    Server server(GetParam());
    for (int i = 0; i < 1'300; ++i) server.add(i + 1, kNoon - 1h + i % 650 * 1ms);
    for (int i = 0; i < 300; ++i) server.add(2'000 + i, kNoon - 50min + i * 1s);
    poison(server, {id});
    const Pass read = pass(server, {});
    ASSERT_EQ(read.reader.outcome(), Outcome::complete) << read.reader.broken()->what;
    EXPECT_EQ(missing(server, read.book), none()) << id;
    EXPECT_EQ(read.reader.tally().in_holes, 1) << id;
    EXPECT_EQ(read.reader.tally().received, 1'600) << id;
  }
}

TEST(Poison, WhenEverythingFailsItIsAnOutageAndNothingIsAHole) {
  for (const int rows : {0, 1, 20, 600}) {
    Server server = list_of(rows, 6s);
    server.down = true;
    const Pass read = pass(server, {});
    ASSERT_EQ(read.reader.outcome(), Outcome::broken);
    EXPECT_EQ(read.reader.broken()->trouble, Trouble::outage);
    EXPECT_TRUE(read.reader.holes().empty());
    EXPECT_LE(read.requests, 21) << "the page and at most 20 probes";
    EXPECT_EQ(read.book.handed, 0);
  }
}

TEST(Poison, AWindowWithoutASingleAnswerIsAnOutageHoweverSmallThePage) {
  Server server = list_of(3, 6s);
  server.down = true;
  const Pass read = pass(server, pages_of(4));
  ASSERT_EQ(read.reader.outcome(), Outcome::broken);
  EXPECT_EQ(read.reader.broken()->trouble, Trouble::outage);
  EXPECT_TRUE(read.reader.holes().empty());
}

TEST(Poison, AnOutageThatBeginsWhileIsolatingLeavesNoHoles) {
  for (int begins = 1; begins <= 20; ++begins) {
    Server server = list_of(600, 6s);
    poison(server, {300});
    Reader reader({}, from(kNoon - 2h));
    Book book;
    int requests = 0;
    drive(reader, server, book, [&] { server.down = ++requests >= begins; });
    if (reader.outcome() == Outcome::complete) continue;
    EXPECT_EQ(reader.broken()->trouble, Trouble::outage) << begins;
    EXPECT_LE(requests, begins + 21 + 21);
  }
}

TEST(Poison, TooManyUnreadableRowsAreTheSourcesTrouble) {
  Server server = list_of(400, 6s);
  for (std::int64_t id = 1; id <= 400; id += 8) poison(server, {id});
  const Pass read = pass(server, {});
  ASSERT_EQ(read.reader.outcome(), Outcome::broken);
  EXPECT_EQ(read.reader.broken()->trouble, Trouble::unreadable);
}

TEST_P(PoisonOn, AKnownHoleIsReadAroundCheaply) {
  for (const std::int64_t id : {1, 2, 150, 299, 300}) {
    Server server = list_of(300, 6s, GetParam());
    poison(server, {id});
    const Pass first = pass(server, {});
    const Pass second = pass(server, {}, known(first.reader.holes()));
    ASSERT_EQ(second.reader.outcome(), Outcome::complete) << second.reader.broken()->what;
    EXPECT_EQ(missing(server, second.book), none()) << id;
    ASSERT_EQ(second.reader.holes().size(), 1U) << id;
    EXPECT_EQ(second.reader.holes().front().key, first.reader.holes().front().key);
    EXPECT_TRUE(second.reader.healed().empty());
    EXPECT_LE(second.requests, 8) << id;
    EXPECT_EQ(second.reader.tally().received, 300);
    EXPECT_LE(second.reader.tally().total, second.reader.tally().received_of_total);
  }
}

TEST_P(PoisonOn, AHoleThatCanBeReadAgainIsHealedAndItsRowHandedOver) {
  Server server = list_of(300, 6s, GetParam());
  poison(server, {150, 220});
  const Pass first = pass(server, {});
  ASSERT_EQ(first.reader.holes().size(), 2U);
  server.rows.at(150).health = Row::Health::fine;
  const Pass second = pass(server, {}, known(first.reader.holes()));
  EXPECT_EQ(missing(server, second.book), none());
  ASSERT_EQ(second.reader.healed().size(), 1U);
  EXPECT_EQ(second.reader.healed().front().key, "after 149");
  ASSERT_EQ(second.reader.holes().size(), 1U);
  EXPECT_EQ(second.reader.holes().front().key, "after 219");
}

TEST(Poison, RowsThatCameInBehindAKnownHoleAreRead) {
  Server server = list_of(10, 6s);
  server.now = server.rows.at(10).stamp + 1s;
  poison(server, {10});
  const Pass first = pass(server, {}, {}, server.now - 10min);
  ASSERT_EQ(first.reader.holes().size(), 1U);
  for (int i = 0; i < 700; ++i) server.add(100 + i, server.now + i * 10ms);
  server.now += 1min;
  const Pass second = pass(server, {}, known(first.reader.holes()), server.now - 10min);
  ASSERT_EQ(second.reader.outcome(), Outcome::complete) << second.reader.broken()->what;
  EXPECT_EQ(missing(server, second.book), none());
  EXPECT_EQ(second.reader.holes().size(), 1U);
}

TEST(Poison, AKnownHoleWhoseNeighbourMovedAwayKeepsItsName) {
  Server server = list_of(30, 6s);
  poison(server, {15});
  const Pass first = pass(server, {});
  server.modify(14);
  server.modify(16);
  const Pass second = pass(server, {}, known(first.reader.holes()));
  EXPECT_EQ(missing(server, second.book), none());
  ASSERT_EQ(second.reader.holes().size(), 1U);
  EXPECT_EQ(second.reader.holes().front().key, "after 14");
  EXPECT_TRUE(second.reader.healed().empty());
}

TEST(Poison, AHoleBelowTheWindowIsProbedWithOneRequestWhenDue) {
  Server server = list_of(300, 6s);
  poison(server, {150});
  const Pass first = pass(server, {});
  const Instant later = kNoon - 10min;

  const Pass due = pass(server, {}, known(first.reader.holes()), later);
  EXPECT_EQ(due.requests, 2);
  ASSERT_EQ(due.reader.standing().size(), 1U);
  EXPECT_TRUE(due.reader.holes().empty());
  EXPECT_EQ(due.reader.tally().received, 0);

  const Pass not_due = pass(server, {}, known(first.reader.holes(), Probe::not_due), later);
  EXPECT_EQ(not_due.requests, 1);
  EXPECT_TRUE(not_due.reader.standing().empty());

  server.rows.at(150).health = Row::Health::fine;
  const Pass healed = pass(server, {}, known(first.reader.holes()), later);
  ASSERT_EQ(healed.reader.healed().size(), 1U);
  EXPECT_TRUE(healed.book.versions.contains(150));
}

TEST(Poison, AHoleBelowTheWindowThatMovedIsFoundAgain) {
  Server server = list_of(300, 6s);
  poison(server, {150});
  const Pass first = pass(server, {});
  server.modify(149);  // the row before it leaves, positions move
  const Pass second = pass(server, {}, known(first.reader.holes()), kNoon - 10min);
  ASSERT_EQ(second.reader.standing().size(), 1U);
  EXPECT_EQ(second.reader.standing().front().key, "after 149");
  EXPECT_TRUE(second.reader.healed().empty());
  EXPECT_EQ(missing(server, second.book, kNoon - 3h), none());
}

TEST(Poison, ARowThatTurnsUnreadableUnderTheRecountIsSteppedOver) {
  Server server = list_of(15, 6s);
  poison(server, {1});
  const Pass read = pass(server, pages_of(8));
  ASSERT_EQ(read.reader.outcome(), Outcome::complete);
  EXPECT_EQ(read.reader.tally().total, 15);
  EXPECT_EQ(read.reader.tally().received_of_total, 15);
}

}  // namespace
}  // namespace tallyman::sync
