// Which run people are told of as the last one.
#include "adapters/book/runs.h"

#include "tests/adapters/book/book_on_both.h"

namespace tallyman::tests {
namespace {

class Runs : public BookOnBoth {
 protected:
  void ran(const std::string& id, book::Outcome outcome) {
    write([&](ports::Tx& tx) {
      book::start_run(tx, kDefaultAccount, RunId{id}, "shipstation-sync", {});
      book::finish_run(tx, RunId{id}, {.outcome = outcome, .message = id, .failure = std::nullopt},
                       {});
    });
  }
  std::string last() {
    const auto run = write([](ports::Tx& tx) {
      return book::last_finished_run(tx, kDefaultAccount, "shipstation-sync");
    });
    return run ? run->id.value : "none";
  }
};
INSTANTIATE_TEST_SUITE_P(Book, Runs, kBothDialects, dialect_name);

TEST_P(Runs, OneThatDidNothingIsNotTheLast) {
  ran("1 skipped", book::Outcome::skipped);
  EXPECT_EQ(last(), "none");
  ran("2 failed", book::Outcome::failed);
  ran("3 skipped", book::Outcome::skipped);
  write([](ports::Tx& tx) {
    book::start_run(tx, kDefaultAccount, RunId{"4 at work"}, "shipstation-sync", {});
  });
  EXPECT_EQ(last(), "2 failed");
}

}  // namespace
}  // namespace tallyman::tests
