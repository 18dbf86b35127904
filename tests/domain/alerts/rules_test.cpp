#include "domain/alerts/rules.h"

#include <gtest/gtest.h>

#include <functional>
#include <set>

namespace tallyman::alerts {
namespace {

using namespace std::chrono_literals;

const Instant kNow = instant_from_text("2026-11-20T15:00:00Z").value();

RunSeen run(Micros ago, Micros length, std::string outcome = "ok", std::string failure = {}) {
  return {.id = RunId{std::to_string(ago.count())},
          .started = kNow - ago,
          .finished = kNow - ago + length,
          .outcome = std::move(outcome),
          .failure = std::move(failure),
          .message = "It said so."};
}
RunSeen running(Micros for_how_long) {
  return {.id = RunId{"r"}, .started = kNow - for_how_long, .outcome = "running"};
}

// Everything as it should be; each case spoils one thing.
Observed healthy() {
  Observed observed;
  observed.now = kNow;
  observed.watched_since = kNow - 24h;
  observed.workflows.push_back({.name = "shipstation-sync",
                                .partner = "shipstation",
                                .enabled = true,
                                .enabled_since = kNow - 100h,
                                .reads = true,
                                .read_until = kNow - 3min,
                                .runs = {run(3min, 2s), run(8min, 2s), run(13min, 2s)},
                                .due_by = kNow + 14min});
  observed.partners.push_back(
      {.name = "shipstation",
       .title = "ShipStation",
       .credentials = Credentials::complete,
       .keys = {{.fingerprint = "f1", .nodes = {"web1, process 1"}, .refusal = ""}},
       .was_read = true});
  observed.nodes.push_back({.id = "n1", .name = "web1, process 1", .heartbeat = kNow - 10s});
  observed.statuses.push_back({.word = "awaiting_shipment", .orders = 5});
  return observed;
}

WorkflowSeen& sync(Observed& observed) { return observed.workflows.front(); }
PartnerSeen& shipstation(Observed& observed) { return observed.partners.front(); }
KeySeen& key(Observed& observed) { return shipstation(observed).keys.front(); }

struct Case {
  std::string name;
  std::function<void(Observed&)> spoil;
  std::string expected;  // "rule subject severity", several with commas; empty: silence
};

class Rules : public ::testing::TestWithParam<Case> {};

TEST_P(Rules, FindWhatIsWrongAndNothingElse) {
  auto observed = healthy();
  GetParam().spoil(observed);
  std::string found;
  for (const auto& finding : findings(observed)) {
    found += (found.empty() ? "" : ", ") + finding.rule + " " + finding.subject + " " +
             std::string(word(finding.severity));
    EXPECT_FALSE(finding.title.empty());
    EXPECT_FALSE(finding.detail.empty());
    EXPECT_TRUE(finding.evidence.starts_with('/'));
  }
  EXPECT_EQ(found, GetParam().expected);
}

const std::vector<Case> kCases = {
    {"AllIsWell", [](Observed&) {}, ""},

    // A run longer than 60 s.
    {"RunOfSixtySeconds", [](Observed& o) { sync(o).runs[0] = run(3min, 60s); }, ""},
    {"RunOfSixtyOneSeconds", [](Observed& o) { sync(o).runs[0] = run(3min, 61s); },
     "run_too_long shipstation-sync warning"},
    {"RunningForTwoMinutes",
     [](Observed& o) { sync(o).runs.insert(sync(o).runs.begin(), running(2min)); },
     "run_too_long shipstation-sync warning"},
    {"RunningForAMomentAfterALongRun",
     [](Observed& o) { sync(o).runs = {running(5s), run(9min, 2min)}; },
     "run_too_long shipstation-sync warning"},
    {"RunningForAnHour", [](Observed& o) { sync(o).runs = {running(1h)}; },
     "run_too_long shipstation-sync critical"},
    {"OnlyTheLastRunCounts", [](Observed& o) { sync(o).runs[1] = run(8min, 4min); }, ""},

    // read_until unmoved for 2 h.
    {"ReadUntilTwoHoursOld", [](Observed& o) { sync(o).read_until = kNow - 2h; }, ""},
    {"ReadUntilOlder", [](Observed& o) { sync(o).read_until = kNow - 2h - 1s; },
     "read_until_unmoved shipstation-sync critical"},
    {"NeverReadSinceLongAgo", [](Observed& o) { sync(o).read_until.reset(); },
     "read_until_unmoved shipstation-sync critical"},
    {"NeverReadAndNobodyKnowsSinceWhen",
     [](Observed& o) {
       sync(o).read_until.reset();
       sync(o).enabled_since.reset();
     },
     ""},
    {"OldButSwitchedOnJustNow",
     [](Observed& o) {
       sync(o).read_until = kNow - 30h;
       sync(o).enabled_since = kNow - 1h;
     },
     ""},
    {"OldButSwitchedOff",
     [](Observed& o) {
       sync(o).read_until = kNow - 30h;
       sync(o).enabled = false;
     },
     ""},
    {"OldButNotSetUp",
     [](Observed& o) {
       sync(o).read_until = kNow - 30h;
       sync(o).set_up = false;
     },
     ""},
    {"OldButStartedJustNow",
     [](Observed& o) {
       sync(o).read_until = kNow - 60h;
       o.watched_since = kNow - 5min;
     },
     ""},
    {"OldAndNobodyLooks",
     [](Observed& o) {
       sync(o).read_until = kNow - 60h;
       o.watched_since.reset();
     },
     "read_until_unmoved shipstation-sync critical"},
    {"AWorkflowThatReadsNothingHasNoReadUntil",
     [](Observed& o) {
       sync(o).reads = false;
       sync(o).read_until.reset();
     },
     ""},
    {"ClockSetBack", [](Observed& o) { sync(o).read_until = kNow + 1h; }, ""},

    // The schedule.
    {"DueNow", [](Observed& o) { sync(o).due_by = kNow; }, ""},
    {"Overdue", [](Observed& o) { sync(o).due_by = kNow - 1s; },
     "schedule_missed shipstation-sync critical"},
    {"OverdueAndNeverRun",
     [](Observed& o) {
       sync(o).due_by = kNow - 1s;
       sync(o).runs.clear();
     },
     "schedule_missed shipstation-sync critical"},
    {"OverdueButRunning",
     [](Observed& o) {
       sync(o).due_by = kNow - 1s;
       sync(o).runs = {running(20s)};
     },
     ""},
    {"OverdueButOff",
     [](Observed& o) {
       sync(o).due_by = kNow - 1s;
       sync(o).enabled = false;
     },
     ""},
    {"OverdueButStartedJustNow",
     [](Observed& o) {
       sync(o).due_by = kNow - 1s;
       o.watched_since = kNow - 15min;
     },
     ""},
    {"NotScheduled", [](Observed& o) { sync(o).due_by.reset(); }, ""},

    // Failed three times in a row.
    {"FailedTwice",
     [](Observed& o) {
       sync(o).runs = {run(3min, 2s, "failed"), run(8min, 2s, "failed"), run(13min, 2s)};
     },
     ""},
    {"FailedThreeTimes",
     [](Observed& o) {
       sync(o).runs = {run(3min, 2s, "failed"), run(8min, 2s, "failed"), run(13min, 2s, "failed")};
     },
     "run_failed_repeatedly shipstation-sync critical"},
    {"FailedThreeTimesAndRunsAgain",
     [](Observed& o) {
       sync(o).runs = {running(5s), run(3min, 2s, "failed"), run(8min, 2s, "failed"),
                       run(13min, 2s, "failed")};
     },
     "run_failed_repeatedly shipstation-sync critical"},
    {"PartialIsNotFailed",
     [](Observed& o) {
       sync(o).runs = {run(3min, 2s, "failed"), run(8min, 2s, "partial"), run(13min, 2s, "failed"),
                       run(18min, 2s, "failed")};
     },
     ""},
    {"FailedButOff",
     [](Observed& o) {
       sync(o).enabled = false;
       sync(o).runs = {run(3min, 2s, "failed"), run(8min, 2s, "failed"), run(13min, 2s, "failed")};
     },
     ""},

    // Credentials.
    {"NeverSetUp",
     [](Observed& o) {
       shipstation(o) = {.name = "shipstation", .title = "ShipStation"};
       sync(o).set_up = false;
     },
     ""},
    {"HalfSetUp",
     [](Observed& o) {
       shipstation(o).credentials = Credentials::incomplete;
       shipstation(o).half_set = {"web1, process 1"};
       shipstation(o).keys.clear();
       shipstation(o).was_read = false;
     },
     "credentials_missing shipstation critical"},
    {"SetUpOnceAndGone", [](Observed& o) { shipstation(o).credentials = Credentials::none; },
     "credentials_missing shipstation critical"},
    {"Refused", [](Observed& o) { key(o).refusal = "credentials refused"; },
     "credentials_refused shipstation critical"},
    {"RefusedIsOneAlertAndNotThree",
     [](Observed& o) {
       key(o).refusal = "credentials refused";
       sync(o).due_by = kNow - 1h;
       sync(o).runs = {run(3min, 2s, "failed"), run(8min, 2s, "failed"), run(13min, 2s, "failed")};
     },
     "credentials_refused shipstation critical"},
    {"HalfSetUpBesideANodeThatHasAll",
     [](Observed& o) { shipstation(o).half_set = {"web2, process 2"}; },
     "credentials_missing shipstation warning"},
    {"OneKeyOfTwoRefusedAndTheRunsFailAllTheSame",
     [](Observed& o) {
       shipstation(o).keys.push_back(
           {.fingerprint = "f2", .nodes = {"web2, process 2"}, .refusal = "credentials refused"});
       sync(o).runs = {run(3min, 2s, "failed"), run(8min, 2s, "failed"), run(13min, 2s, "failed")};
     },
     "credentials_refused shipstation critical, run_failed_repeatedly shipstation-sync critical"},
    {"NoRunToldYet", [](Observed& o) { key(o).refusal.reset(); }, ""},

    // Quarantine, statuses, breakers.
    {"Quarantine",
     [](Observed& o) {
       o.quarantine = {{.entity = "hole", .open = 1, .oldest = kNow - 1h, .newest_row = 9},
                       {.entity = "order", .open = 2, .oldest = kNow - 2h, .newest_row = 9}};
     },
     "quarantine_not_empty quarantine warning"},
    {"QuarantineCured", [](Observed& o) { o.quarantine = {{.entity = "order", .open = 0}}; }, ""},
    {"UnknownStatus",
     [](Observed& o) { o.statuses.push_back({.word = "teleported", .orders = 1}); },
     "unknown_status teleported warning"},
    {"OurOwnStatusesAreKnown",
     [](Observed& o) {
       for (const auto* known : {"pending", "uploaded", "failed", "on_hold", "awaiting_payment",
                                 "pending_fulfillment", "rejected_fulfillment"}) {
         o.statuses.push_back({.word = known, .orders = 1});
       }
     },
     ""},
    {"BreakerOpenForTenMinutes",
     [](Observed& o) { o.breakers.push_back({.partner = "shipstation", .opened = kNow - 10min}); },
     ""},
    {"BreakerOpenForLonger",
     [](Observed& o) {
       o.breakers.push_back({.partner = "shipstation", .opened = kNow - 10min - 1s});
     },
     "breaker_open shipstation warning"},

    // The house.
    {"DeadJobs",
     [](Observed& o) {
       o.dead_jobs.push_back({.kind = "send-mail", .count = 2, .newest = JobId{7}});
     },
     "dead_jobs send-mail warning"},
    {"ADeadCheckIsCuredByThisOne",
     [](Observed& o) {
       o.dead_jobs.push_back({.kind = "alert-check", .count = 2, .newest = JobId{7}});
     },
     ""},
    {"NodeHeardTwoMinutesAgo", [](Observed& o) { o.nodes[0].heartbeat = kNow - 2min; }, ""},
    {"NodeSilent", [](Observed& o) { o.nodes[0].heartbeat = kNow - 2min - 1s; },
     "node_silent n1 warning"},
    {"NodeSilentAndReplaced",
     [](Observed& o) {
       o.nodes[0].heartbeat = kNow - 1h;
       o.nodes[0].replaced = true;
     },
     ""},
    {"DiskWithOneGiB", [](Observed& o) { o.disk = {.what = "book", .free_bytes = 1ULL << 30U}; },
     ""},
    {"DiskLow", [](Observed& o) { o.disk = {.what = "book", .free_bytes = (1ULL << 30U) - 1}; },
     "disk_low book warning"},
    {"DiskFull", [](Observed& o) { o.disk = {.what = "book", .free_bytes = 1ULL << 20U}; },
     "disk_low book critical"},
};
INSTANTIATE_TEST_SUITE_P(Alerts, Rules, ::testing::ValuesIn(kCases),
                         [](const auto& one) { return one.param.name; });

TEST(AlertRules, HaveDifferentKeysAndASentenceEach) {
  std::set<std::string_view> keys;
  for (const auto& rule : rules()) {
    EXPECT_TRUE(keys.insert(rule.key).second) << rule.key;
    EXPECT_TRUE(rule.says.ends_with('.')) << rule.key;
    EXPECT_EQ(find_rule(rule.key), &rule);
  }
  EXPECT_EQ(find_rule("nonsense"), nullptr);
}

// Saturday and Sunday nobody changes an order: every run reads to its end and finds nothing.
TEST(AlertRules, AQuietWeekendIsSilent) {
  auto observed = healthy();
  for (int minute = 0; minute < 2 * 24 * 60; minute += 5) {
    observed.now = kNow + std::chrono::minutes{minute};
    sync(observed).read_until = observed.now - 5s;
    sync(observed).runs = {{.id = RunId{"r"},
                            .started = observed.now - 2s,
                            .finished = observed.now - 1s,
                            .outcome = "ok"}};
    sync(observed).due_by = observed.now + 15min;
    observed.nodes[0].heartbeat = observed.now;
    ASSERT_TRUE(findings(observed).empty()) << to_text(observed.now);
  }
}

// What changes by itself (an age, a count of attempts) is not a fact.
TEST(AlertRules, TimePassingDoesNotChangeAHash) {
  auto observed = healthy();
  sync(observed).read_until = kNow - 3h;
  sync(observed).due_by = kNow - 3h;
  key(observed).refusal.reset();
  observed.quarantine = {{.entity = "order", .open = 2, .oldest = kNow - 2h, .newest_row = 9}};
  observed.breakers = {{.partner = "shipstation", .opened = kNow - 1h, .reason = "timeout"}};
  observed.dead_jobs = {{.kind = "send-mail", .count = 2, .newest = JobId{7}}};
  observed.nodes[0].heartbeat = kNow - 1h;
  observed.statuses = {{.word = "teleported", .orders = 1}};
  observed.disk = {.what = "book", .free_bytes = 5ULL << 20U};
  const auto before = findings(observed);
  ASSERT_EQ(before.size(), 8U);
  observed.now += 40min;
  observed.statuses[0].orders = 3;
  observed.disk->free_bytes -= 1000;
  const auto after = findings(observed);
  ASSERT_EQ(after.size(), before.size());
  for (std::size_t i = 0; i < before.size(); ++i) {
    EXPECT_EQ(fact_hash(before[i]), fact_hash(after[i])) << before[i].rule;
  }
}

struct Change {
  std::string name;
  std::function<void(Observed&)> before;
  std::function<void(Observed&)> after;
  bool is_news = true;
};
class Facts : public ::testing::TestWithParam<Change> {};

TEST_P(Facts, DecideWhatIsNews) {
  auto observed = healthy();
  GetParam().before(observed);
  const auto before = findings(observed);
  GetParam().after(observed);
  const auto after = findings(observed);
  ASSERT_EQ(before.size(), 1U);
  ASSERT_EQ(after.size(), 1U);
  EXPECT_EQ(fact_hash(before[0]) != fact_hash(after[0]), GetParam().is_news);
}

const std::vector<Change> kChanges = {
    {"ANewDocumentInQuarantine",
     [](Observed& o) {
       o.quarantine = {{.entity = "order", .open = 2, .oldest = kNow, .newest_row = 9}};
     },
     [](Observed& o) { o.quarantine[0].newest_row = 10; }},
    {"ACuredDocumentIsNoNews",
     [](Observed& o) {
       o.quarantine = {{.entity = "order", .open = 2, .oldest = kNow, .newest_row = 9}};
     },
     [](Observed& o) { o.quarantine[0].open = 1; }, false},
    {"AnotherKindOfFailure",
     [](Observed& o) { sync(o).runs.assign(3, run(3min, 2s, "failed", "timeout")); },
     [](Observed& o) { sync(o).runs[0].failure = "unreadable answer"; }},
    {"OneMoreFailureOfTheSameKind",
     [](Observed& o) { sync(o).runs.assign(3, run(3min, 2s, "failed", "timeout")); },
     [](Observed& o) { sync(o).runs[0] = run(1min, 5s, "failed", "timeout"); }, false},
    {"OtherCredentialsRefused", [](Observed& o) { key(o).refusal = "credentials refused"; },
     [](Observed& o) { key(o).fingerprint = "f2"; }},
    {"AMuchLongerRun", [](Observed& o) { sync(o).runs = {running(2min)}; },
     [](Observed& o) { sync(o).runs = {running(6min)}; }},
    {"ASlightlyLongerRun", [](Observed& o) { sync(o).runs = {running(2min)}; },
     [](Observed& o) { sync(o).runs = {running(4min)}; }, false},
    {"ANewDeadJob",
     [](Observed& o) { o.dead_jobs = {{.kind = "k", .count = 1, .newest = JobId{7}}}; },
     [](Observed& o) { o.dead_jobs = {{.kind = "k", .count = 2, .newest = JobId{8}}}; }},
    {"FallingSilentAgain", [](Observed& o) { o.nodes[0].heartbeat = kNow - 1h; },
     [](Observed& o) { o.nodes[0].heartbeat = kNow - 30min; }},
    {"FromLowToFull", [](Observed& o) { o.disk = {.what = "book", .free_bytes = 900ULL << 20U}; },
     [](Observed& o) { o.disk->free_bytes = 10ULL << 20U; }},
};
INSTANTIATE_TEST_SUITE_P(Alerts, Facts, ::testing::ValuesIn(kChanges),
                         [](const auto& one) { return one.param.name; });

TEST(FactHash, DoesNotDependOnTheOrderOfFactsNorOnWords) {
  Finding finding{.rule = "r",
                  .subject = "s",
                  .title = "one",
                  .detail = "two",
                  .evidence = "/x",
                  .facts = {{"a", "1"}, {"b", "2"}}};
  const auto hash = fact_hash(finding);
  EXPECT_TRUE(hash.starts_with("v1:"));
  finding.facts = {{"b", "2"}, {"a", "1"}};
  finding.title = "other words";
  finding.detail = "40 minutes later";
  EXPECT_EQ(fact_hash(finding), hash);
  finding.facts = {{"a", "1b"}, {"", "2"}};
  EXPECT_NE(fact_hash(finding), hash);
}

TEST(AlertWords, WhatPartnersSendIsCutAndKeptOnItsLine) {
  auto observed = healthy();
  observed.statuses = {{.word = std::string(500, 'x') + "\r\nBcc: me", .orders = 1}};
  const auto found = findings(observed);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_LT(found[0].subject.size(), 100U);
  EXPECT_EQ(found[0].title.find('\n'), std::string::npos);
}

}  // namespace
}  // namespace tallyman::alerts
