#include "domain/sync/paged_reader.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "domain/sync/model_server.h"

namespace tallyman::sync {
namespace {

using namespace model;

// A list of voided labels: filtered by when they were voided, sorted by when they were created.
struct Voids {
  struct Label {
    Instant created;
    Instant voided;
  };
  std::map<std::int64_t, Label> labels;
  std::set<std::int64_t> poison;

  std::optional<Server::Page> list(const Ask& ask) const {
    std::vector<std::pair<Instant, std::int64_t>> listed;
    for (const auto& [id, label] : labels) {
      if (label.voided >= *ask.from && label.voided <= *ask.to)
        listed.emplace_back(label.created, id);
    }
    std::ranges::sort(listed);
    Server::Page page{.facts = {}, .versions = {}, .total = std::ssize(listed), .served_at = kNoon};
    const auto first = static_cast<std::size_t>((ask.page - 1) * ask.page_size);
    for (std::size_t i = first;
         i < std::min(first + static_cast<std::size_t>(ask.page_size), listed.size()); ++i) {
      if (poison.contains(listed[i].second)) return std::nullopt;
      page.facts.push_back({.id = listed[i].second, .stamp = listed[i].first});
      page.versions.push_back(1);
    }
    return page;
  }
};

template <class Between>
Book read(PagedReader& reader, const Voids& voids, Between between) {
  Book book;
  while (const auto ask = reader.next()) {
    if (const auto page = voids.list(*ask)) {
      book.keep(*page, reader.answered({.rows = page->facts, .total = page->total}));
    } else {
      reader.refused();
    }
    between();
  }
  return book;
}

ReadPolicy pages_of(int size) {
  ReadPolicy policy;
  policy.page_size = size;
  return policy;
}

TEST(PagedReader, AnEmptyWindowCostsOneRequest) {
  const Voids voids;
  PagedReader reader({}, kNoon - 1h, kNoon);
  read(reader, voids, [] {});
  EXPECT_EQ(reader.outcome(), Outcome::complete);
  EXPECT_EQ(reader.tally().requests, 1);
}

TEST(PagedReader, TheUpperBoundIsSentAndStaysTheSame) {
  Voids voids;
  for (int i = 0; i < 20; ++i) voids.labels[i] = {kNoon - i * 24h, kNoon - 30min};
  PagedReader reader(pages_of(8), kNoon - 1h, kNoon);
  std::set<Instant> bounds;
  std::vector<int> pages;
  while (const auto ask = reader.next()) {
    bounds.insert(*ask->to);
    pages.push_back(ask->page);
    const auto page = voids.list(*ask);
    reader.answered({.rows = page->facts, .total = page->total});
  }
  EXPECT_EQ(bounds.size(), 1U);
  EXPECT_EQ(pages, (std::vector<int>{1, 2, 3}));
  EXPECT_EQ(reader.tally().received, 20);
}

TEST(PagedReader, LabelsVoidedWhileReadingPushRowsButLoseNone) {
  rc::check([] {
    Voids voids;
    const int count = *rc::gen::inRange(0, 60);
    for (int i = 0; i < count; ++i) {
      voids.labels[i] = {kNoon - *rc::gen::inRange(0, 1'000) * 1h, kNoon - 30min};
    }
    const auto before = voids.labels;
    PagedReader reader(pages_of(*rc::gen::inRange(1, 20)), kNoon - 1h, kNoon);
    std::int64_t id = 1'000;
    const Book book = read(reader, voids, [&] {
      if (id >= 1'020) return;
      voids.labels[++id] = {kNoon - *rc::gen::inRange(0, 1'000) * 1h, kNoon - 10min};
    });
    RC_ASSERT(reader.outcome() == Outcome::complete);
    for (const auto& [known, label] : before) RC_ASSERT(book.versions.contains(known));
  });
}

TEST(PagedReader, UnreadableLabelsAreHolesAndAnOutageIsNot) {
  Voids voids;
  for (int i = 0; i < 300; ++i) voids.labels[i] = {kNoon - i * 1h, kNoon - 30min};
  voids.poison = {0, 77, 299};
  PagedReader reader({}, kNoon - 1h, kNoon);
  const Book book = read(reader, voids, [] {});
  ASSERT_EQ(reader.outcome(), Outcome::complete) << reader.broken()->what;
  EXPECT_EQ(book.versions.size(), 297U);
  EXPECT_EQ(reader.holes().size(), 3U);
  EXPECT_EQ(reader.tally().received, 300);
  EXPECT_EQ(reader.tally().received_of_total, reader.tally().total);

  for (int i = 0; i < 300; ++i) voids.poison.insert(i);
  PagedReader down({}, kNoon - 1h, kNoon);
  while (down.next()) down.refused();
  ASSERT_EQ(down.outcome(), Outcome::broken);
  EXPECT_EQ(down.broken()->trouble, Trouble::outage);
}

}  // namespace
}  // namespace tallyman::sync
