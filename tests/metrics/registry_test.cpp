#include "metrics/registry.h"

#include <thread>

#include <gtest/gtest.h>

#include "support/exposition.h"

namespace tallyman::metrics {
namespace {

using tests::read_exposition;

TEST(Registry, CountsAndWritesWhatPrometheusReads) {
  Registry registry;
  auto& orders = registry.counter("orders_total", "Orders seen", {{"kind", "manual"}});
  orders.add();
  orders.add(4);
  registry.counter("orders_total", "Orders seen", {{"kind", "api"}}).add(2);
  registry.gauge("lag_seconds", "How old what we know is").set(12.5);
  const auto read = read_exposition(registry.text());
  EXPECT_TRUE(read.complaints.empty()) << read.complaints.front();
  EXPECT_EQ(read.value(R"(orders_total{kind="manual"})"), 5);
  EXPECT_EQ(read.value(R"(orders_total{kind="api"})"), 2);
  EXPECT_EQ(read.value("lag_seconds"), 12.5);
  EXPECT_EQ(read.kinds.at("orders_total"), "counter");
}

TEST(Registry, TheSameSeriesIsTheSame) {
  Registry registry;
  registry.counter("a_total", "A", {{"x", "1"}}).add();
  registry.counter("a_total", "A", {{"x", "1"}}).add();
  EXPECT_EQ(registry.counter("a_total", "A", {{"x", "1"}}).value(), 2U);
}

TEST(Registry, HistogramsAreCumulative) {
  Registry registry;
  constexpr double kBounds[] = {0.1, 1};
  auto& seconds = registry.histogram("took_seconds", "Took", {{"route", "listOrders"}}, kBounds);
  for (const double value : {0.05, 0.1, 0.5, 7.0}) seconds.observe(value);
  const auto read = read_exposition(registry.text());
  EXPECT_TRUE(read.complaints.empty()) << read.complaints.front();
  EXPECT_EQ(read.value(R"(took_seconds_bucket{route="listOrders",le="0.1"})"), 2);
  EXPECT_EQ(read.value(R"(took_seconds_bucket{route="listOrders",le="1"})"), 3);
  EXPECT_EQ(read.value(R"(took_seconds_bucket{route="listOrders",le="+Inf"})"), 4);
  EXPECT_EQ(read.value(R"(took_seconds_count{route="listOrders"})"), 4);
  EXPECT_DOUBLE_EQ(*read.value(R"(took_seconds_sum{route="listOrders"})"), 7.65);
}

TEST(Registry, OddTextIsEscaped) {
  Registry registry;
  registry.gauge("odd", "Two\nlines \\ \"quoted\"", {{"x", "a\"b\\c\nd"}}).set(-1e-9);
  const auto read = read_exposition(registry.text());
  EXPECT_TRUE(read.complaints.empty()) << read.complaints.front();
  EXPECT_EQ(read.value(R"(odd{x="a\"b\\c\nd"})"), -1e-9);
}

TEST(Registry, ManyThreadsLoseNothing) {
  Registry registry;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int n = 0; n < 10'000; ++n) {
          registry.counter("n_total", "N", {{"x", std::to_string(n % 3)}}).add();
          if (n % 1000 == 0) registry.text();  // a look in between disturbs nobody
        }
      });
    }
  }
  const auto read = read_exposition(registry.text());
  EXPECT_EQ(*read.value(R"(n_total{x="0"})") + *read.value(R"(n_total{x="1"})") +
                *read.value(R"(n_total{x="2"})"),
            40'000);
}

TEST(RegistryDeath, AnotherKindUnderTheSameNameIsOurMistake) {
  Registry registry;
  registry.counter("a_total", "A");
  EXPECT_DEATH(registry.gauge("a_total", "A"), "a_total");
  EXPECT_DEATH(registry.counter("a_total", "Another help"), "a_total");
  EXPECT_DEATH(registry.counter("no name", "A"), "no name");
}

TEST(Expositions, WhatPrometheusWouldNotTakeIsNoticed) {
  for (const auto* text :
       {"a_total 1\n", "# HELP a_total A\n# TYPE a_total counter\na_total 1",
        "# HELP a_total A\n# TYPE a_total counter\na_total -1\n",
        "# HELP a A\n# TYPE a counter\na 1\n", "# HELP a A\n# TYPE a gauge\na 1\na 2\n",
        "# HELP a A\n# TYPE a gauge\nb 1\n", "# HELP a A\n# TYPE a gauge\na{x=1} 1\n",
        "# HELP a A\n# TYPE a gauge\na{x=\"\n\"} 1\n", "# HELP a A\n# TYPE a gauge\na one\n",
        "# HELP a A\n# TYPE a histogram\na_bucket{le=\"+Inf\"} 1\na_count 2\n",
        "# HELP a A\n# TYPE a gauge\na 1\n# HELP a A\n# TYPE a gauge\na{x=\"1\"} 1\n"}) {
    EXPECT_FALSE(read_exposition(text).complaints.empty()) << text;
  }
}

}  // namespace
}  // namespace tallyman::metrics
