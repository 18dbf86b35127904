#include "adapters/book/controls.h"

#include "tests/adapters/book/book_on_both.h"

namespace tallyman::tests {
namespace {

class Controls : public BookOnBoth {
 protected:
  void add() {
    constexpr book::NewControl kAll[] = {{"shipstation-sync", "Reads orders"},
                                         {"kpi-snapshot", "Writes the day's numbers"}};
    write([&](ports::Tx& tx) { book::add_controls(tx, kAll); });
  }
  book::Control find(std::string_view workflow) {
    for (auto& control : write([](ports::Tx& tx) { return book::list_controls(tx); })) {
      if (control.workflow == workflow) return control;
    }
    ADD_FAILURE() << "no row of " << workflow;
    return {};
  }
  bool turn(book::Turn to, std::string_view reason = "testing") {
    return write(
        [&](ports::Tx& tx) { return book::turn(tx, "shipstation-sync", to, "user:ana", reason); });
  }
  std::string last_audit() {
    return one(
        "SELECT who || ' ' || action || ' ' || subject || ' ' || detail FROM audit_log "
        "ORDER BY audit_id DESC LIMIT 1");
  }
  std::string live_events() {
    return one("SELECT CAST(COUNT(*) AS TEXT) FROM live_events WHERE kind = 'workflow.changed'");
  }
};
INSTANTIATE_TEST_SUITE_P(Book, Controls, kBothDialects, dialect_name);

TEST_P(Controls, MissingRowsAreMadeAndThoseThereStayAsTheyAre) {
  database.script("UPDATE workflow_controls SET enabled = 0, reason = 'stocktaking'");
  add();
  add();
  EXPECT_FALSE(find("shipstation-sync").enabled);
  EXPECT_EQ(find("shipstation-sync").reason, "stocktaking");
  EXPECT_TRUE(find("kpi-snapshot").enabled);
  EXPECT_EQ(find("kpi-snapshot").description, "Writes the day's numbers");
  EXPECT_EQ(one("SELECT CAST(COUNT(*) AS TEXT) FROM workflow_controls"), "2");
  EXPECT_EQ(write([](ports::Tx& tx) { return book::note_switches_by_sql(tx); }), 0)
      << "what was there before us is nobody's news";
}

TEST_P(Controls, ALostRowIsNoPermission) {
  add();
  database.script(
      "INSERT INTO schedules (workflow, plan, since_us) VALUES ('kpi-snapshot', 'off', 1);"
      "DELETE FROM workflow_controls");
  EXPECT_FALSE(write([](ports::Tx& tx) { return book::is_enabled(tx, "kpi-snapshot"); }));
  add();
  EXPECT_FALSE(find("kpi-snapshot").enabled);
  EXPECT_NE(find("kpi-snapshot").reason.find("missing"), std::string::npos);
  EXPECT_TRUE(find("shipstation-sync").enabled) << "never looked at: a new one";
}

TEST_P(Controls, SwitchingSaysWhoWhenAndWhy) {
  add();
  EXPECT_TRUE(turn(book::Turn::off, "the labels are wrong"));
  const auto off = find("shipstation-sync");
  EXPECT_FALSE(off.enabled);
  EXPECT_EQ(off.reason, "the labels are wrong");
  EXPECT_EQ(off.changed_by, "user:ana");
  EXPECT_TRUE(off.changed);
  EXPECT_TRUE(off.is_seen);
  EXPECT_EQ(last_audit(),
            R"(user:ana workflow.disable shipstation-sync {"reason":"the labels are wrong"})");
  EXPECT_EQ(live_events(), "1");
  EXPECT_TRUE(turn(book::Turn::on));
  EXPECT_TRUE(find("shipstation-sync").enabled);
  EXPECT_EQ(find("shipstation-sync").reason, "");
  EXPECT_EQ(live_events(), "2");
}

TEST_P(Controls, WhatHasNoRowIsNotSwitched) {
  const auto turned = write([](ports::Tx& tx) {
    return book::turn(tx, "order-polling", book::Turn::on, "user:ana", "");
  });
  EXPECT_FALSE(turned);
  EXPECT_EQ(live_events(), "0");
}

TEST_P(Controls, ASwitchByPlainSqlIsToldApartAndWrittenDownOnce) {
  add();
  turn(book::Turn::on);
  database.script(
      "UPDATE workflow_controls SET enabled = 0, reason = 'by hand' "
      "WHERE workflow_name = 'shipstation-sync'");
  EXPECT_EQ(find("shipstation-sync").changed_by, "plain SQL");
  EXPECT_FALSE(find("shipstation-sync").is_seen);
  const auto note = [&] {
    return write([](ports::Tx& tx) { return book::note_switches_by_sql(tx); });
  };
  EXPECT_EQ(note(), 1);
  EXPECT_EQ(note(), 0);
  EXPECT_EQ(find("shipstation-sync").changed_by, "plain SQL");
  EXPECT_TRUE(find("shipstation-sync").changed);
  EXPECT_EQ(find("shipstation-sync").reason, "by hand");
  EXPECT_EQ(last_audit(), R"(plain SQL workflow.disable shipstation-sync {"reason":"by hand"})");
}

TEST_P(Controls, TimesThatScriptsWriteInTheirOwnFormStopNobody) {
  add();
  if (GetParam() == ports::Dialect::sqlite) {
    database.script(
        "UPDATE workflow_controls SET last_updated = '20.11.2026', last_run_at = 'today'");
  }
  EXPECT_TRUE(write([](ports::Tx& tx) { return book::is_enabled(tx, "shipstation-sync"); }));
  EXPECT_TRUE(find("shipstation-sync").enabled);
}

}  // namespace
}  // namespace tallyman::tests
