#include "domain/sync/reader.h"

#include <gtest/gtest.h>

#include "domain/sync/model_server.h"
#include "domain/sync/watermark.h"

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

class EitherServer : public testing::TestWithParam<Bounds> {};
INSTANTIATE_TEST_SUITE_P(Bounds, EitherServer,
                         testing::Values(Bounds::exclusive, Bounds::inclusive), [](const auto& of) {
                           return of.param == Bounds::exclusive ? "Exclusive" : "Inclusive";
                         });

TEST_P(EitherServer, AnIdleCycleCostsOneRequest) {
  Server server(GetParam());
  server.add(1, kNoon - 3min);
  Reader reader({}, from(kNoon - 10min));
  Book book;
  EXPECT_EQ(drive(reader, server, book), 1);
  EXPECT_EQ(reader.outcome(), Outcome::complete);
  EXPECT_EQ(reader.hi(), kNoon - 5s);
  EXPECT_EQ(reader.tally().total, 1);
  EXPECT_EQ(reader.tally().received, 1);
}

TEST_P(EitherServer, AnEmptyListIsAGoodAnswer) {
  Server server(GetParam());
  Reader reader({}, from(kNoon - 10min));
  Book book;
  EXPECT_EQ(drive(reader, server, book), 1);
  EXPECT_EQ(reader.outcome(), Outcome::complete);
  EXPECT_EQ(reader.tally().received, 0);
}

TEST_P(EitherServer, ReadsManyPagesWithoutLosingRowsAtTheirBorders) {
  Server server(GetParam());
  for (int i = 0; i < 2'345; ++i) server.add(i + 1, kNoon - 1h + i * 700ms);
  Reader reader({}, from(kNoon - 1h));
  Book book;
  const int requests = drive(reader, server, book);
  EXPECT_EQ(missing(server, book), std::vector<std::int64_t>{});
  EXPECT_EQ(book.handed, 2'345) << "each row is handed over once";
  EXPECT_LE(requests, 6);
  EXPECT_EQ(reader.tally().total, 2'345);
  EXPECT_EQ(reader.tally().received, 2'345);
}

TEST_P(EitherServer, AFullPageAtTheEndIsFollowedByAnother) {
  Server server(GetParam());
  for (int i = 0; i < 50; ++i) server.add(i + 1, kNoon - 1h + i * 10s);
  Reader reader(pages_of(50), from(kNoon - 1h));
  Book book;
  EXPECT_EQ(drive(reader, server, book), 2);
  EXPECT_EQ(missing(server, book), std::vector<std::int64_t>{});
}

TEST_P(EitherServer, ManyRowsOfOneSecondAreAllRead) {
  Server server(GetParam());
  for (int i = 0; i < 300; ++i) server.add(i + 1, kNoon - 1h + i * 1s);
  for (int i = 0; i < 1'300; ++i) server.add(10'000 + i, kNoon - 30min + i % 900 * 1ms);
  for (int i = 0; i < 700; ++i) server.add(20'000 + i, kNoon - 30min + 1s + i % 700 * 1ms);
  for (int i = 0; i < 300; ++i) server.add(30'000 + i, kNoon - 20min + i * 1s);
  Reader reader({}, from(kNoon - 1h));
  Book book;
  const int requests = drive(reader, server, book);
  ASSERT_EQ(reader.outcome(), Outcome::complete) << reader.broken()->what;
  EXPECT_EQ(missing(server, book), std::vector<std::int64_t>{});
  EXPECT_EQ(reader.tally().received, 2'600);
  EXPECT_LE(requests, 24);
}

TEST_P(EitherServer, TheServersCapOnPageSizeDoesNotEndThePass) {
  Server server(GetParam());
  server.cap = 100;
  for (int i = 0; i < 450; ++i) server.add(i + 1, kNoon - 1h + i * 3s);
  Reader reader({}, from(kNoon - 1h));
  Book book;
  drive(reader, server, book);
  EXPECT_EQ(missing(server, book), std::vector<std::int64_t>{});
}

TEST(Reader, SendsNoUpperBoundAndAlwaysPageOne) {
  Reader reader({}, from(kNoon - 10min + 250ms));
  EXPECT_EQ(*reader.next(), (Ask{.from = kNoon - 10min - 1s,
                                 .to = std::nullopt,
                                 .page = 1,
                                 .page_size = 500,
                                 .purpose = AskFor::page}));
}

TEST(Reader, WithoutADateHeaderTheCallersNowCounts) {
  Reader reader({}, from(kNoon - 10min));
  reader.answered({.rows = {}, .total = 0, .served_at = {}});
  EXPECT_EQ(reader.hi(), kNoon - 5s);
}

TEST(Reader, TheTailBeyondTheFrozenBoundIsNotChased) {
  Server server;
  for (int i = 0; i < 30; ++i) server.add(i + 1, kNoon - 1min + i * 1s);
  Reader reader(pages_of(10), from(kNoon - 10min));
  Book book;
  std::int64_t id = 100;
  const int requests = drive(reader, server, book, [&] {
    server.now += 4s;
    for (int i = 0; i < 10; ++i) server.add(++id, server.now - 3s + i * 300ms);
  });
  EXPECT_EQ(reader.outcome(), Outcome::complete);
  EXPECT_LE(requests, 8);
  EXPECT_EQ(missing(server, book, *reader.hi()), std::vector<std::int64_t>{});
}

TEST(Reader, ARowModifiedWhileReadingIsHandedOverAgainAsNewer) {
  Server server;
  for (int i = 0; i < 15; ++i) server.add(i + 1, kNoon - 1h + i * 10s);
  Reader reader(pages_of(10), from(kNoon - 1h));
  const auto first = server.list(*reader.next());
  reader.answered({.rows = first->facts, .total = first->total, .served_at = first->served_at});
  server.now += 1s;
  server.modify(3);
  const auto second = server.list(*reader.next());
  const auto kept = reader.answered(
      {.rows = second->facts, .total = second->total, .served_at = second->served_at});
  ASSERT_EQ(kept.size(), 6U);
  EXPECT_EQ(second->facts[kept.back().index].id, 3);
  EXPECT_EQ(kept.back().novelty, Novelty::newer);
  EXPECT_EQ(kept.front().novelty, Novelty::first);
}

TEST(Reader, AChangedDocumentUnderTheSameStampIsNewer) {
  const std::vector<RowFact> one{{.id = 1, .stamp = kNoon - 1min, .fingerprint = 7}};
  SeenRows seen;
  EXPECT_EQ(seen.take(one[0]), Novelty::first);
  EXPECT_EQ(seen.take(one[0]), std::nullopt);
  EXPECT_EQ(seen.take({.id = 1, .stamp = kNoon - 1min, .fingerprint = 8}), Novelty::newer);
  EXPECT_EQ(seen.take({.id = 1, .stamp = kNoon - 2min, .fingerprint = 9}), std::nullopt)
      << "a stale replica does not win";
}

TEST(Reader, RowsWithoutIdAreToldApartByTheirBytes) {
  SeenRows seen;
  EXPECT_EQ(seen.take({.id = {}, .stamp = {}, .fingerprint = 5}), Novelty::first);
  EXPECT_EQ(seen.take({.id = {}, .stamp = {}, .fingerprint = 5}), std::nullopt);
  EXPECT_EQ(seen.take({.id = {}, .stamp = {}, .fingerprint = 6}), Novelty::first);
  EXPECT_EQ(seen.distinct(), 2);
}

TEST(Reader, ADescendingPageBreaksThePassWithAReadableReason) {
  Server server;
  for (int i = 0; i < 5; ++i) server.add(i + 1, kNoon - 9min + i * 10s);
  server.descending = true;
  Reader reader({}, from(kNoon - 10min));
  Book book;
  drive(reader, server, book);
  ASSERT_EQ(reader.outcome(), Outcome::broken);
  EXPECT_EQ(reader.broken()->trouble, Trouble::disordered);
  EXPECT_EQ(reader.broken()->what, "page 1 is not in ascending order of modifyDate");
  EXPECT_EQ(book.handed, 0);
}

TEST(Reader, AServerThatIgnoresTheBoundsBreaksThePass) {
  Server server;
  for (int i = 0; i < 5; ++i) server.add(i + 1, kNoon - 9h + i * 10s);
  server.ignores_bounds = true;
  Reader reader({}, from(kNoon - 10min));
  Book book;
  drive(reader, server, book);
  ASSERT_EQ(reader.outcome(), Outcome::broken);
  EXPECT_EQ(reader.broken()->trouble, Trouble::filter_ignored);
}

TEST(Reader, AnEmptyPageOfACountedListIsNoAnswer) {
  Reader reader({}, from(kNoon - 10min));
  reader.answered({.rows = {}, .total = 12, .served_at = kNoon});
  EXPECT_EQ(reader.outcome(), Outcome::broken);
  EXPECT_EQ(reader.broken()->what, "page 1 is empty although 12 rows are counted");
}

TEST(Reader, NullElementsCountAsListed) {
  std::vector<RowFact> rows;
  for (int i = 0; i < 8; ++i) rows.push_back({.id = i, .stamp = kNoon - 5min + i * 1s});
  Reader reader(pages_of(10), from(kNoon - 10min));
  reader.answered({.rows = rows, .total = 10, .served_at = kNoon, .dropped = 2});
  ASSERT_TRUE(reader.next()) << "a full page: more may follow";
  const std::vector<RowFact> last{rows.back()};
  reader.answered({.rows = last, .total = 1, .served_at = kNoon});
  EXPECT_EQ(reader.outcome(), Outcome::complete);
  EXPECT_EQ(reader.tally().received, 8);
  EXPECT_EQ(reader.tally().received_of_total, 10);
}

TEST(Reader, ARowThatVanishesWhileReadingIsSettledByARecount) {
  Server server;
  for (int i = 0; i < 15; ++i) server.add(i + 1, kNoon - 1h + i * 10s);
  Reader reader(pages_of(10), from(kNoon - 1h));
  Book book;
  int requests = 0;
  drive(reader, server, book, [&] {
    if (++requests == 1) server.rows.erase(14);  // merged into another order
  });
  EXPECT_EQ(reader.outcome(), Outcome::complete);
  EXPECT_EQ(requests, 3) << "two pages and the recount";
  EXPECT_EQ(reader.tally().total, 14);
  EXPECT_EQ(reader.tally().received_of_total, 14);
}

TEST(Reader, ARowTheServerCountsButNeverListsLeavesThePassUnproven) {
  Reader reader({}, from(kNoon - 10min));
  const std::vector<RowFact> rows{{.id = 1, .stamp = kNoon - 5min}};
  reader.answered({.rows = rows, .total = 2, .served_at = kNoon});
  while (const auto ask = reader.next()) {
    const bool later = ask->from >= kNoon - 5min;
    reader.answered({.rows = later ? std::span<const RowFact>{} : std::span<const RowFact>{rows},
                     .total = later ? 0 : 2,
                     .served_at = kNoon});
  }
  ASSERT_EQ(reader.outcome(), Outcome::complete);
  EXPECT_EQ(reader.tally().total, 2);
  EXPECT_EQ(reader.tally().received_of_total, 1);
}

TEST(Reader, ALimitEndsAPassThatGoesOnForEver) {
  ReadPolicy policy = pages_of(2);
  policy.ask_limit = 5;
  Server server;
  for (int i = 0; i < 100; ++i) server.add(i + 1, kNoon - 1h + i * 10s);
  Reader reader(policy, from(kNoon - 1h));
  Book book;
  EXPECT_EQ(drive(reader, server, book), 5);
  ASSERT_EQ(reader.outcome(), Outcome::broken);
  EXPECT_EQ(reader.broken()->trouble, Trouble::endless);
}

TEST_P(EitherServer, APassResumesFromEveryCheckpointWithoutReadingAgain) {
  Server server(GetParam());
  for (int i = 0; i < 120; ++i) server.add(i + 1, kNoon - 1h + i * 900ms);
  for (int i = 0; i < 45; ++i) server.add(500 + i, kNoon - 40min + i * 2ms);
  for (int i = 0; i < 60; ++i) server.add(700 + i, kNoon - 30min + i * 5s);
  server.add(690, kNoon - 30min + 7s, Row::Health::poison);

  for (int crash = 1;; ++crash) {
    Book book;
    std::optional<Checkpoint> saved;
    std::optional<Reader> reader(std::in_place, pages_of(20), from(kNoon - 1h));
    std::int64_t handed_at_save = 0;
    bool crashed = false;
    for (int requests = 0; const auto ask = reader->next();) {
      if (++requests == crash && !crashed) {
        crashed = true;
        const std::int64_t lost = book.handed - handed_at_save;
        if (saved) {
          reader.emplace(pages_of(20), from(kNoon - 1h), *saved);
        } else {
          reader.emplace(pages_of(20), from(kNoon - 1h));
        }
        book.handed -= lost;
        continue;
      }
      if (const auto page = server.list(*ask)) {
        book.keep(*page,
                  reader->answered(
                      {.rows = page->facts, .total = page->total, .served_at = page->served_at}));
      } else {
        reader->refused();
      }
      if (const auto checkpoint = reader->checkpoint()) {
        saved = checkpoint;
        handed_at_save = book.handed;
      }
    }
    ASSERT_EQ(reader->outcome(), Outcome::complete) << reader->broken()->what;
    ASSERT_EQ(missing(server, book), std::vector<std::int64_t>{}) << "crash at request " << crash;
    ASSERT_EQ(book.handed, 225) << "crash at request " << crash;
    ASSERT_EQ(reader->tally().received, 226);
    ASSERT_LE(reader->tally().total, reader->tally().received_of_total);
    ASSERT_EQ(reader->holes().size(), 1U) << "crash at request " << crash;
    if (!crashed) break;
  }
}

TEST(Reader, AResumedPassIsProvenByARecountOfItsWindow) {
  Server server;
  for (int i = 0; i < 30; ++i) server.add(i + 1, kNoon - 1h + i * 10s);
  Reader first(pages_of(10), from(kNoon - 1h));
  const auto page = server.list(*first.next());
  first.answered({.rows = page->facts, .total = page->total, .served_at = page->served_at});
  server.now += 10min;
  server.modify(3);  // handed over before the crash, and again after it

  Reader resumed(pages_of(10), from(kNoon), first.checkpoint().value());
  Book book;
  std::optional<Ask> last;
  while (const auto ask = resumed.next()) {
    last = ask;
    const auto next = server.list(*ask);
    book.keep(*next,
              resumed.answered(
                  {.rows = next->facts, .total = next->total, .served_at = next->served_at}));
  }
  EXPECT_EQ(last->purpose, AskFor::recount);
  EXPECT_EQ(resumed.hi(), kNoon - 5s) << "frozen by the first answer of all";
  EXPECT_EQ(resumed.tally().total, 29);
  EXPECT_EQ(resumed.tally().received_of_total, 30) << "one of them has left the window since";
  EXPECT_EQ(book.versions.size(), 21U);
}

Zone pacific() {
  return Zone("America/Los_Angeles",
              {{at("2026-03-08T10:00:00Z"), -7h, "PDT"}, {at("2026-11-01T09:00:00Z"), -8h, "PST"}});
}

class FallBack : public testing::TestWithParam<Order> {};
INSTANTIATE_TEST_SUITE_P(Orders, FallBack,
                         testing::Values(Order::by_wall_clock, Order::by_true_time),
                         [](const auto& of) {
                           return of.param == Order::by_true_time ? "ByTrueTime" : "ByWallClock";
                         });

TEST_P(FallBack, EveryRunOfThatNightReadsEverything) {
  Server server;
  server.zone = pacific();
  server.order = GetParam();
  const Instant begin = at("2026-11-01T07:00:00Z");
  for (int i = 0; i < 900; ++i) server.add(i + 1, begin + i * 20s);
  for (auto& [id, row] : server.rows) row.visible = row.stamp;

  Book book;
  Instant watermark = begin - 1min;
  std::optional<Instant> read_until;
  const ReadPolicy policy = pages_of(50);
  for (server.now = begin; server.now < begin + 6h; server.now += 5min) {
    const Instant lo = lower_bound(watermark, read_until, server.now, *server.zone, policy);
    Reader reader(policy, {.from = lo,
                           .now = server.now,
                           .repeated_hour = server.zone->repeated_hour(lo, server.now),
                           .holes = {}});
    drive(reader, server, book);
    ASSERT_EQ(reader.outcome(), Outcome::complete) << reader.broken()->what;
    ASSERT_EQ(missing(server, book, *reader.hi()), std::vector<std::int64_t>{})
        << to_text(server.now);
    watermark = next_watermark(watermark, book.newest, *reader.hi());
    read_until = next_read_until(read_until, *reader.hi());
  }
  EXPECT_EQ(missing(server, book), std::vector<std::int64_t>{});
}

}  // namespace
}  // namespace tallyman::sync
