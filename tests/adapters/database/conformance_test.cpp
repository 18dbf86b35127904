// What every user of the Database port relies on, on SQLite and on PostgreSQL.
#include <atomic>
#include <chrono>
#include <cstdint>
#include <future>
#include <latch>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "tests/adapters/database/samples.h"
#include "tests/adapters/database/sql/all.h"

namespace tallyman::database {
namespace {

using ports::DbError;
using ports::DbFailure;
using ports::Tx;
using ports::TxMode;
using samples::AddChild;
using samples::AddSample;
using samples::AddToNumber;
using samples::CountSamples;
using samples::FindSample;
using samples::PutSample;
using namespace std::string_literals;

class Conformance : public OnBothDatabases {};
INSTANTIATE_TEST_SUITE_P(Port, Conformance,
                         ::testing::Values(ports::Dialect::sqlite, ports::Dialect::postgres),
                         dialect_name);

Instant at(std::string_view text) { return instant_from_text(text).value(); }

PutSample::Params empty_sample(std::int64_t id) {
  return {.id = id,
          .number = std::nullopt,
          .words = std::nullopt,
          .seen_at = std::nullopt,
          .on_day = std::nullopt,
          .due_us = std::nullopt,
          .is_open = std::nullopt,
          .payload = std::nullopt};
}

std::vector<AddSample::Params> samples_to_add(std::int64_t count) {
  std::vector<AddSample::Params> all;
  for (std::int64_t id = 1; id <= count; ++id) all.push_back({.id = id, .words = "w"});
  return all;
}

TEST_P(Conformance, EveryTypeComesBackAsItWent) {
  const std::string blob = "\x00\xff'\\x\x00 end"s;
  const std::string words = "Grüße, \"quoted\" 'text' \\ 漢字 \U0001F4E6\n\ttab";
  const auto row = ports::transact(*database, TxMode::write, [&](Tx& tx) {
    ports::execute<PutSample>(tx, {.id = 1,
                                   .number = INT64_MIN,
                                   .words = words,
                                   .seen_at = at("2026-11-20T06:30:00.123456Z"),
                                   .on_day = day_from_text("2026-02-28").value(),
                                   .due_us = at("1969-12-31T23:59:59.999999Z"),
                                   .is_open = true,
                                   .payload = blob});
    return ports::select_one<FindSample>(tx, {.id = 1});
  });
  const FindSample::Row expected{.id = 1,
                                 .number = INT64_MIN,
                                 .words = words,
                                 .seen_at = at("2026-11-20T06:30:00.123456Z"),
                                 .on_day = day_from_text("2026-02-28").value(),
                                 .due_us = at("1969-12-31T23:59:59.999999Z"),
                                 .is_open = true,
                                 .payload = blob};
  EXPECT_EQ(row, expected);
}

TEST_P(Conformance, NullAndEmptyAreDifferent) {
  ports::transact(*database, TxMode::write, [&](Tx& tx) {
    ports::execute<PutSample>(tx, empty_sample(1));
    auto empty = empty_sample(2);
    empty.words = "";
    empty.payload = std::string_view{};
    empty.is_open = false;
    ports::execute<PutSample>(tx, empty);
  });
  ports::transact(*database, TxMode::read, [&](Tx& tx) {
    const auto nothing = ports::select_one<FindSample>(tx, {.id = 1});
    EXPECT_EQ(nothing, FindSample::Row{.id = 1});
    const auto empty = ports::select_one<FindSample>(tx, {.id = 2});
    EXPECT_EQ(empty->words, "");
    EXPECT_EQ(empty->payload, "");
    EXPECT_EQ(empty->is_open, false);
    EXPECT_EQ(ports::select_one<FindSample>(tx, {.id = 3}), std::nullopt);
  });
}

TEST_P(Conformance, TimesFromTheYear1To9999AreKeptAndOrdered) {
  const std::vector<Instant> instants = {
      at("0001-01-01T00:00:00Z"), at("1969-12-31T23:59:59.999999Z"), at("2026-11-20T06:30:00Z"),
      at("2026-11-20T06:30:00.000001Z"), at("9999-12-31T23:59:59.999999Z")};
  ports::transact(*database, TxMode::write, [&](Tx& tx) {
    std::int64_t id = 0;
    for (const Instant instant : instants) {
      auto sample = empty_sample(++id);
      sample.seen_at = instant;
      ports::execute<PutSample>(tx, sample);
      EXPECT_EQ(ports::select_one<FindSample>(tx, {.id = id})->seen_at, instant);
    }
    const auto before = ports::select<samples::SampleSeenBefore>(tx, {.moment = instants[3]});
    ASSERT_EQ(before.size(), 3U);
    EXPECT_EQ(before.back().id, 3);
  });
}

TEST_P(Conformance, TextThatOneDatabaseWouldRefuseIsABadValueOnBoth) {
  for (const std::string& words : {"nul \0 inside"s, "\xff"s, "\xc0\x80"s, "\xed\xa0\x80"s,
                                   "cut \xe2\x82"s, "\xf4\x90\x80\x80"s}) {
    EXPECT_EQ(kind_of_failure([&] {
                database->transact(TxMode::write, [&](Tx& tx) {
                  ports::execute<AddSample>(tx, {.id = 1, .words = words});
                });
              }),
              DbError::bad_value);
  }
  auto sample = empty_sample(1);
  sample.seen_at = Instant::min();
  EXPECT_EQ(kind_of_failure([&] {
              database->transact(TxMode::write,
                                 [&](Tx& tx) { ports::execute<PutSample>(tx, sample); });
            }),
            DbError::bad_value);
  EXPECT_TRUE(ids().empty());
}

TEST_P(Conformance, SumsAndTruthValuesReadAsDeclared) {
  ports::transact(*database, TxMode::write, [&](Tx& tx) {
    EXPECT_EQ(ports::select_one<CountSamples>(tx, {}),
              (CountSamples::Row{.samples = 0, .total = std::nullopt, .has_any = false}));
    for (std::int64_t id = 1; id <= 2; ++id) {
      ports::execute<AddSample>(tx, {.id = id, .words = "x"});
      ports::execute<AddToNumber>(tx, {.id = id, .amount = 4'000'000'000'000'000'000});
    }
    EXPECT_EQ(
        ports::select_one<CountSamples>(tx, {}),
        (CountSamples::Row{.samples = 2, .total = 8'000'000'000'000'000'000, .has_any = true}));
  });
}

TEST_P(Conformance, TextOfAStatementMayHoldColonsQuotesAndComments) {
  ports::transact(*database, TxMode::write, [&](Tx& tx) {
    ports::execute<AddSample>(tx, {.id = 7, .words = "x"});
    EXPECT_EQ(ports::select_one<samples::TrickyText>(tx, {.id = 7})->words,
              "it's :id; -- no comment");
    EXPECT_EQ(ports::select_one<samples::LockSample>(tx, {.id = 7})->number, std::nullopt);
  });
}

TEST_P(Conformance, RunAnswersTheNumberOfRowsChanged) {
  ports::transact(*database, TxMode::write, [&](Tx& tx) {
    EXPECT_EQ(ports::execute<PutSample>(tx, empty_sample(1)), 1);
    EXPECT_EQ(ports::execute<AddToNumber>(tx, {.id = 1, .amount = 1}), 1);
    EXPECT_EQ(ports::execute<AddToNumber>(tx, {.id = 2, .amount = 1}), 0);
    EXPECT_EQ(ports::execute<samples::ListSamples>(tx, {}), 0);
    EXPECT_EQ(ports::execute<AddSample>(tx, {.id = 2, .words = "x"}), 1);
  });
}

TEST_P(Conformance, BulkRunsInOrderAndVisitsEachRowWithItsIndex) {
  const auto all = samples_to_add(1'234);
  std::vector<std::size_t> visited;
  const auto changed = ports::transact(*database, TxMode::write, [&](Tx& tx) {
    visited.clear();
    ports::select_each<AddSample>(tx, std::span(all), [&](std::size_t index, const auto& row) {
      EXPECT_EQ(row.id, static_cast<std::int64_t>(index) + 1);
      visited.push_back(index);
    });
    std::vector<AddToNumber::Params> amounts;
    for (std::int64_t id = 1; id <= 2'000; ++id) amounts.push_back({.id = id, .amount = id});
    return ports::execute_each<AddToNumber>(tx, amounts);
  });
  EXPECT_EQ(changed, 1'234);
  ASSERT_EQ(visited.size(), all.size());
  for (std::size_t index = 0; index < visited.size(); ++index) EXPECT_EQ(visited[index], index);
  EXPECT_EQ(ids().size(), all.size());
}

TEST_P(Conformance, BulkSeesWhatItsEarlierRowsDid) {
  ports::transact(*database, TxMode::write, [&](Tx& tx) {
    ports::execute<AddSample>(tx, {.id = 1, .words = "x"});
    const std::vector<AddToNumber::Params> same(1'000, {.id = 1, .amount = 3});
    EXPECT_EQ(ports::execute_each<AddToNumber>(tx, same), 1'000);
    EXPECT_EQ(ports::select_one<FindSample>(tx, {.id = 1})->number, 3'000);
    EXPECT_EQ(ports::execute_each<AddToNumber>(tx, {}), 0);
  });
}

TEST_P(Conformance, BulkNamesTheFirstRefusedRow) {
  for (const std::size_t bad : {0U, 1U, 499U, 500U, 777U, 1'199U}) {
    auto all = samples_to_add(1'200);
    all[bad].id = bad == 0 ? 5'000 : 1;
    std::optional<DbFailure> seen;
    std::size_t visits = 0;
    try {
      database->transact(TxMode::write, [&](Tx& tx) {
        if (bad == 0) ports::execute<AddSample>(tx, {.id = 5'000, .words = "x"});
        ports::select_each<AddSample>(tx, std::span(all),
                                      [&](std::size_t, const auto&) { ++visits; });
      });
    } catch (const DbFailure& failure) {
      seen = failure;
    }
    ASSERT_TRUE(seen) << bad;
    EXPECT_EQ(seen->kind(), DbError::constraint);
    EXPECT_EQ(seen->row(), bad);
    EXPECT_EQ(seen->statement(), "add_sample");
    EXPECT_EQ(visits, bad);
    EXPECT_TRUE(ids().empty()) << "the transaction must be undone";
  }
}

TEST_P(Conformance, ATextThatCannotBeStoredIsNamedInBulkAfterTheRowsBeforeIt) {
  auto all = samples_to_add(700);
  all[600].words = "\xff";
  all[300].id = 1;
  std::optional<std::size_t> row;
  database->transact(TxMode::write, [&](Tx& tx) {
    row = tx.savepoint([&] { ports::execute_each<AddSample>(tx, all); })->row();
    EXPECT_EQ(row, 300U);
    all[300].id = 301;
    row = tx.savepoint([&] { ports::execute_each<AddSample>(tx, all); })->row();
    EXPECT_EQ(row, 600U);
  });
}

TEST_P(Conformance, ASavepointUndoesTheFaultAndKeepsTheRest) {
  database->transact(TxMode::write, [&](Tx& tx) {
    ports::execute<AddSample>(tx, {.id = 1, .words = "before"});
    const auto fault = tx.savepoint([&] {
      ports::execute<AddSample>(tx, {.id = 2, .words = "inside"});
      ports::execute<AddSample>(tx, {.id = 1, .words = "again"});
    });
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->kind(), DbError::constraint);
    ports::execute<AddSample>(tx, {.id = 3, .words = "after"});
    EXPECT_FALSE(tx.savepoint([&] { ports::execute<AddSample>(tx, {.id = 4, .words = "fine"}); }));
  });
  EXPECT_EQ(ids(), (std::vector<std::int64_t>{1, 3, 4}));
}

TEST_P(Conformance, ASavepointUndoesARefusedBulk) {
  auto all = samples_to_add(900);
  all[650].id = 3;
  database->transact(TxMode::write, [&](Tx& tx) {
    ports::execute<AddSample>(tx, {.id = 5'000, .words = "before"});
    const auto fault = tx.savepoint([&] { ports::execute_each<AddSample>(tx, all); });
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->row(), 650U);
    all.resize(2);
    ports::execute_each<AddSample>(tx, all);
  });
  EXPECT_EQ(ids(), (std::vector<std::int64_t>{1, 2, 5'000}));
}

TEST_P(Conformance, SavepointsNest) {
  database->transact(TxMode::write, [&](Tx& tx) {
    const auto outer = tx.savepoint([&] {
      ports::execute<AddSample>(tx, {.id = 1, .words = "outer"});
      EXPECT_TRUE(tx.savepoint([&] {
        ports::execute<AddSample>(tx, {.id = 2, .words = "inner"});
        ports::execute<AddSample>(tx, {.id = 1, .words = "clash"});
      }));
      ports::execute<AddSample>(tx, {.id = 3, .words = "outer"});
    });
    EXPECT_FALSE(outer);
  });
  EXPECT_EQ(ids(), (std::vector<std::int64_t>{1, 3}));
}

TEST_P(Conformance, ForeignKeysAndChecksAreTheRowsOwnFault) {
  database->transact(TxMode::write, [&](Tx& tx) {
    const auto orphan =
        tx.savepoint([&] { ports::execute<AddChild>(tx, {.id = 1, .sample_id = 99}); });
    ASSERT_TRUE(orphan);
    EXPECT_EQ(orphan->kind(), DbError::constraint);
  });
}

TEST_P(Conformance, AnExceptionRollsBackAndTheDatabaseStaysUsable) {
  EXPECT_THROW(database->transact(TxMode::write,
                                  [&](Tx& tx) {
                                    ports::execute<AddSample>(tx, {.id = 1, .words = "x"});
                                    throw std::runtime_error("changed my mind");
                                  }),
               std::runtime_error);
  EXPECT_TRUE(ids().empty());
  EXPECT_FALSE(ports::this_thread_is_in_transaction());
}

TEST_P(Conformance, AnExceptionFromAVisitorRollsBackToo) {
  const auto all = samples_to_add(800);
  EXPECT_THROW(database->transact(TxMode::write,
                                  [&](Tx& tx) {
                                    ports::select_each<AddSample>(
                                        tx, std::span(all), [&](std::size_t index, const auto&) {
                                          if (index == 555) throw std::runtime_error("enough");
                                        });
                                  }),
               std::runtime_error);
  EXPECT_TRUE(ids().empty());
}

TEST_P(Conformance, ASwallowedFailureDoesNotCommit) {
  EXPECT_EQ(kind_of_failure([&] {
              database->transact(TxMode::write, [&](Tx& tx) {
                ports::execute<AddSample>(tx, {.id = 1, .words = "x"});
                try {
                  ports::execute<AddSample>(tx, {.id = 1, .words = "again"});
                } catch (const DbFailure&) {
                }
              });
            }),
            DbError::other);
  EXPECT_TRUE(ids().empty());
}

TEST_P(Conformance, TheThreadKnowsThatItIsInATransaction) {
  EXPECT_FALSE(ports::this_thread_is_in_transaction());
  database->transact(TxMode::read,
                     [&](Tx&) { EXPECT_TRUE(ports::this_thread_is_in_transaction()); });
  EXPECT_FALSE(ports::this_thread_is_in_transaction());
}

TEST_P(Conformance, NowStandsStillWithinATransaction) {
  const Instant before = database.clock().now();
  database->transact(TxMode::write, [&](Tx& tx) {
    const Instant now = tx.now();
    EXPECT_LT(now - before, std::chrono::hours{1});
    EXPECT_GT(now - before, -std::chrono::hours{1});
    ports::execute<AddSample>(tx, {.id = 1, .words = "x"});
    EXPECT_EQ(tx.now(), now);
    auto sample = empty_sample(1);
    sample.seen_at = now;
    ports::execute<PutSample>(tx, sample);
    EXPECT_EQ(ports::select_one<FindSample>(tx, {.id = 1})->seen_at, now);
  });
}

TEST_P(Conformance, AReadTransactionSeesOneMoment) {
  const auto other = database.open_again();
  database->transact(TxMode::read, [&](Tx& tx) {
    EXPECT_EQ(ports::select<samples::ListSamples>(tx, {}).size(), 0U);
    std::async(std::launch::async, [&] {
      other->transact(TxMode::write, [&](Tx& writer) {
        ports::execute<AddSample>(writer, {.id = 1, .words = "x"});
      });
    }).get();
    EXPECT_EQ(ports::select<samples::ListSamples>(tx, {}).size(), 0U);
  });
  EXPECT_EQ(ids().size(), 1U);
}

TEST_P(Conformance, AReadTransactionThatWritesIsRefusedAtOnce) {
  int attempts = 0;
  EXPECT_EQ(kind_of_failure([&] {
              database->transact(TxMode::read, [&](Tx& tx) {
                ++attempts;
                ports::execute<AddSample>(tx, {.id = 1, .words = "x"});
              });
            }),
            DbError::other);
  EXPECT_EQ(attempts, 1);
  EXPECT_TRUE(ids().empty());
}

TEST_P(Conformance, WritersOfTwoProgramsLoseNoUpdate) {
  const auto other = database.open_again();
  database->transact(TxMode::write,
                     [&](Tx& tx) { ports::execute<AddSample>(tx, {.id = 1, .words = "x"}); });
  constexpr int kEach = 50;
  const auto work = [](ports::Database& mine) {
    for (int round = 0; round < kEach; ++round) {
      mine.transact(TxMode::write, [](Tx& tx) {
        ports::select_one<samples::LockSample>(tx, {.id = 1});
        const auto seen = ports::select_one<FindSample>(tx, {.id = 1})->number.value_or(0);
        auto changed = empty_sample(1);
        changed.number = seen + 1;
        ports::execute<PutSample>(tx, changed);
      });
    }
  };
  auto first = std::async(std::launch::async, [&] { work(*database); });
  auto second = std::async(std::launch::async, [&] { work(*database); });
  auto third = std::async(std::launch::async, [&] { work(*other); });
  first.get();
  second.get();
  third.get();
  database->transact(TxMode::read, [&](Tx& tx) {
    EXPECT_EQ(ports::select_one<FindSample>(tx, {.id = 1})->number, 3 * kEach);
  });
}

TEST_P(Conformance, ATransientFailureRunsTheWorkAgain) {
  int attempts = 0;
  database->transact(TxMode::write, [&](Tx& tx) {
    ports::execute<AddSample>(tx, {.id = 1, .words = "x"});
    if (++attempts < 4) throw DbFailure(DbError::serialization, "as if");
  });
  EXPECT_EQ(attempts, 4);
  EXPECT_EQ(database.clock().waits(), 3);
  EXPECT_EQ(ids().size(), 1U);
}

TEST_P(Conformance, AnUnknownCommitIsNeverRunAgain) {
  int attempts = 0;
  EXPECT_EQ(kind_of_failure([&] {
              database->transact(TxMode::write, [&](Tx&) {
                ++attempts;
                throw DbFailure(DbError::commit_unknown, "as if");
              });
            }),
            DbError::commit_unknown);
  EXPECT_EQ(attempts, 1);
}

TEST_P(Conformance, EveryStatementOfTheSuiteFitsTheTables) {
  for (const ports::Statement* statement : samples::all_statements()) database->prepare(*statement);
}

TEST_P(Conformance, PrepareNoticesWhatDoesNotFit) {
  static constexpr std::array kText = {ports::ValueType::text};
  static constexpr std::array kInteger = {ports::ValueType::integer};
  static constexpr std::array<std::string_view, 1> kNumber = {"number"};
  static constexpr std::array<std::string_view, 1> kWords = {"words"};
  const auto kind = [&](std::string_view sql, std::span<const ports::ValueType> columns,
                        std::span<const std::string_view> names) {
    return kind_of_failure([&] {
      database->prepare({.name = "wrong",
                         .sqlite = sql,
                         .postgres = sql,
                         .params = {},
                         .columns = columns,
                         .column_names = names});
    });
  };
  EXPECT_EQ(kind("SELECT missing AS words FROM samples", kText, kWords), DbError::schema);
  EXPECT_EQ(kind("SELECT words FROM missing", kText, kWords), DbError::schema);
  EXPECT_EQ(kind("SELECT id, words FROM samples", kText, kWords), DbError::schema);
  EXPECT_EQ(kind("SELECT words FROM samples", kText, kNumber), DbError::schema);
  EXPECT_EQ(kind("SELECT number FROM samples", kText, kNumber), DbError::schema);
  EXPECT_EQ(kind("SELECT words FROM samples", kInteger, kWords), DbError::schema);
  EXPECT_EQ(kind("DELETE FROM samples", kInteger, {}), DbError::schema);
}

TEST_P(Conformance, AMissingTableIsASchemaFailureThatNamesTheStatement) {
  database.script("DROP TABLE sample_children");
  try {
    database->transact(TxMode::write,
                       [&](Tx& tx) { ports::execute<AddChild>(tx, {.id = 1, .sample_id = 1}); });
    FAIL();
  } catch (const DbFailure& failure) {
    EXPECT_EQ(failure.kind(), DbError::schema);
    EXPECT_EQ(failure.statement(), "add_child");
    EXPECT_NE(std::string(failure.what()).find("sample_children"), std::string::npos);
  }
}

TEST_P(Conformance, AChangedTableIsReadByStatementsThatWereUsedBefore) {
  database->transact(TxMode::write,
                     [&](Tx& tx) { ports::execute<AddSample>(tx, {.id = 1, .words = "x"}); });
  EXPECT_EQ(ids().size(), 1U);
  database.script("ALTER TABLE samples ADD COLUMN added TEXT");
  EXPECT_EQ(ids().size(), 1U);
}

TEST_P(Conformance, AScriptCannotEndItsTransaction) {
  EXPECT_THROW(database.script("INSERT INTO samples (id) VALUES (1); COMMIT; BEGIN;"), DbFailure);
  if (GetParam() == ports::Dialect::sqlite) {
    EXPECT_TRUE(ids().empty());
  }
}

TEST_P(Conformance, FailuresNeverQuoteValues) {
  try {
    database->transact(TxMode::write, [&](Tx& tx) {
      ports::execute<AddSample>(tx, {.id = 1, .words = "a secret"});
      ports::execute<AddSample>(tx, {.id = 1, .words = "a secret"});
    });
    FAIL();
  } catch (const DbFailure& failure) {
    EXPECT_EQ(std::string(failure.what()).find("secret"), std::string::npos) << failure.what();
  }
}

}  // namespace
}  // namespace tallyman::database
