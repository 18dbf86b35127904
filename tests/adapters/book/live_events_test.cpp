#include "adapters/book/live_events.h"

#include "adapters/book/book_on_both.h"

namespace tallyman::tests {
namespace {

using LiveEvents = BookOnBoth;
INSTANTIATE_TEST_SUITE_P(Both, LiveEvents, kBothDialects, dialect_name);

TEST_P(LiveEvents, AreReadInTheirOrderBehindAnId) {
  const auto ids = write([](ports::Tx& tx) {
    book::publish(tx, "job.done", R"({"job_id":1})");
    book::publish(tx, "alert.opened", R"({"id":2})");
    book::publish(tx, "sync.run", "{}");
    std::vector<std::int64_t> found;
    for (const auto& event : book::events_after(tx, 0, 10)) found.push_back(event.id);
    return found;
  });
  ASSERT_EQ(ids.size(), 3U);
  EXPECT_LT(ids[0], ids[1]);
  EXPECT_LT(ids[1], ids[2]);
  write([&](ports::Tx& tx) {
    const auto rest = book::events_after(tx, ids[0], 1);
    ASSERT_EQ(rest.size(), 1U);
    EXPECT_EQ(rest[0].kind, "alert.opened");
    EXPECT_EQ(rest[0].data, R"({"id":2})");
    EXPECT_EQ(book::newest_event(tx)->id, ids[2]);
    EXPECT_EQ(book::event_up_to(tx, ids[1])->id, ids[1]);
    EXPECT_EQ(book::event_up_to(tx, ids[2] + 100)->id, ids[2]);
    EXPECT_FALSE(book::event_up_to(tx, ids[0] - 1));
  });
}

TEST_P(LiveEvents, AreForgottenByAgeAndTheirIdsNeverComeAgain) {
  database.script("INSERT INTO live_events (at_us, kind, data) VALUES (1000000, 'old', '{}')");
  const auto old = write([](ports::Tx& tx) { return book::newest_event(tx)->id; });
  write([](ports::Tx& tx) {
    EXPECT_EQ(book::events_since(tx, from_micros(1000000), 10).size(), 1U);
    EXPECT_EQ(book::events_since(tx, from_micros(1000001), 10).size(), 0U);
    EXPECT_EQ(book::forget_events(tx, tx.now() - std::chrono::hours{1}, 1'000), 1);
    EXPECT_FALSE(book::newest_event(tx));
    book::publish(tx, "new", "{}");
  });
  EXPECT_GT(write([](ports::Tx& tx) { return book::newest_event(tx)->id; }), old);
}

}  // namespace
}  // namespace tallyman::tests
