#include "adapters/book/leases.h"

#include "tests/adapters/book/book_on_both.h"

namespace tallyman::tests {
namespace {

using namespace std::chrono_literals;

class Leases : public BookOnBoth {
 protected:
  std::optional<book::Lease> take(const std::string& run) {
    return write([&](ports::Tx& tx) {
      return book::take_lease(tx, "sync/1", "host:" + run, RunId{run}, 60s);
    });
  }
  bool fence(const book::Lease& lease) {
    return write([&](ports::Tx& tx) { return book::fence(tx, lease, 60s); });
  }
  void release(const book::Lease& lease) {
    write([&](ports::Tx& tx) { book::release(tx, lease); });
  }
  std::optional<book::LeaseHolder> holder() {
    return write([](ports::Tx& tx) { return book::find_lease(tx, "sync/1"); });
  }
  void expire() { database.script("UPDATE sync_locks SET expires_us = 1"); }
};
INSTANTIATE_TEST_SUITE_P(Book, Leases, kBothDialects, dialect_name);

TEST_P(Leases, OneHolderAtATime) {
  EXPECT_FALSE(holder());
  const auto first = take("a");
  ASSERT_TRUE(first);
  EXPECT_FALSE(take("b"));
  EXPECT_FALSE(take("a")) << "not even the same run twice";
  ASSERT_TRUE(holder());
  EXPECT_EQ(holder()->holder, "host:a");
  EXPECT_TRUE(fence(*first));
}

TEST_P(Leases, AnExpiredLeaseIsTakenOverAndItsFenceFails) {
  const auto first = take("a").value();
  expire();
  EXPECT_FALSE(holder());
  const auto second = take("b");
  ASSERT_TRUE(second);
  EXPECT_GT(second->token, first.token);
  EXPECT_FALSE(fence(first));
  release(first);  // too late to mean anything
  EXPECT_TRUE(fence(*second));
  EXPECT_EQ(holder()->holder, "host:b");
}

TEST_P(Leases, ExpiredButNotTakenOverItIsStillOurs) {
  const auto lease = take("a").value();
  expire();
  EXPECT_TRUE(fence(lease));
  EXPECT_TRUE(holder()) << "the fence renews it";
  EXPECT_FALSE(take("b"));
}

TEST_P(Leases, AReleasedLeaseIsFreeAndItsTokenNeverComesBack) {
  const auto first = take("a").value();
  release(first);
  EXPECT_FALSE(holder());
  EXPECT_FALSE(fence(first));
  const auto second = take("a");
  ASSERT_TRUE(second);
  EXPECT_GT(second->token, first.token);
}

TEST_P(Leases, AFailedFenceInATransactionLeavesNothingBehind) {
  const auto first = take("a").value();
  expire();
  ASSERT_TRUE(take("b"));
  EXPECT_FALSE(fence(first));
  EXPECT_EQ(one("SELECT run_id FROM sync_locks"), "b");
}

}  // namespace
}  // namespace tallyman::tests
