#include "app/log.h"

#include <string>
#include <thread>
#include <type_traits>
#include <vector>

#include <gtest/gtest.h>

#include "domain/base/secret.h"

namespace tallyman::app {
namespace {

class FixedClock final : public ports::Clock {
 public:
  Instant now() override { return instant_from_text("2026-11-20T06:30:00.5Z").value(); }
  Micros steady() override { return Micros{0}; }
  ports::WaitEnd wait(Micros, std::stop_token, ports::Event*) override {
    return ports::WaitEnd::stopped;
  }
};

class LogTest : public testing::Test {
 protected:
  Log log(LogConfig config) {
    return Log(config, clock_,
               [this](LogLevel, std::string_view line) { lines_.emplace_back(line); });
  }
  FixedClock clock_;
  std::vector<std::string> lines_;
};

using Lines = std::vector<std::string>;

TEST_F(LogTest, WritesOneJsonObjectPerEvent) {
  auto out = log({});
  out.info("sync run ended", {{"run", "8f1d"}, {"outcome", "green"}});
  EXPECT_EQ(lines_, Lines{R"({"at":"2026-11-20T06:30:00.500000Z","level":"info",)"
                          R"("event":"sync run ended","run":"8f1d","outcome":"green"})"});
}

TEST_F(LogTest, WritesTextForPeople) {
  auto out = log({LogLevel::info, LogFormat::text});
  out.warning("carrier missing", {{"order", "100528"}, {"why", "no code"}, {"code", ""}});
  EXPECT_EQ(lines_,
            Lines{R"(06:30:00 warning carrier missing  order=100528  why="no code"  code="")"});
}

TEST_F(LogTest, LeavesOutWhatIsBelowItsLevel) {
  auto out = log({LogLevel::warning, LogFormat::json});
  out.debug("a");
  out.info("b");
  out.warning("c");
  out.error("d");
  ASSERT_EQ(lines_.size(), 2U);
  EXPECT_NE(lines_[0].find("\"c\""), std::string::npos);
  EXPECT_NE(lines_[1].find("\"d\""), std::string::npos);
}

TEST_F(LogTest, KeepsOneEventOnOneLineWhateverAPartnerSent) {
  const Instant at{};
  const auto json = [&](std::string_view value) {
    const auto line = json_line(at, LogLevel::info, "e", {{"v", value}});
    const auto from = line.find("\"v\":\"") + 5;
    return line.substr(from, line.size() - from - 2);
  };
  EXPECT_EQ(json("a\nb\r\tc"), R"(a\nb\u000d\tc)");
  EXPECT_EQ(json("say \"no\" \\"), R"(say \"no\" \\)");
  EXPECT_EQ(json("a\xE2\x80\xA8"
                 "b\xE2\x80\xA9"
                 "c"),
            R"(a\u2028b\u2029c)");
  EXPECT_EQ(json("\x1b[31mred"), R"(\u001b[31mred)");
  EXPECT_EQ(json("\xC2\x85"
                 "next"),
            R"(\u0085next)");
  EXPECT_EQ(json("\xE2\x80\xAEright"), R"(\u202eright)");
  EXPECT_EQ(json("Zoë €😀"), "Zoë €😀");
  EXPECT_EQ(json(std::string_view("a\0b", 3)), R"(a\u0000b)");
}

TEST_F(LogTest, ReplacesBytesThatAreNotText) {
  const std::string replacement = "\xEF\xBF\xBD";
  for (const std::string_view bytes : {"\x80", "\xC0", "\xFF", "\xC3"}) {
    const auto line = text_line({}, LogLevel::info, bytes, {});
    EXPECT_EQ(line, "00:00:00 info    " + replacement);
  }
  EXPECT_EQ(text_line({}, LogLevel::info, "\xED\xA0\x80", {}),
            "00:00:00 info    " + replacement + replacement + replacement);
}

TEST_F(LogTest, TakesEventsFromSeveralThreads) {
  auto out = log({});
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 4; ++thread) {
      threads.emplace_back([&] {
        for (int count = 0; count < 100; ++count) out.info("event");
      });
    }
  }
  EXPECT_EQ(lines_.size(), 400U);
  for (const auto& line : lines_) EXPECT_TRUE(line.starts_with("{") && line.ends_with("}"));
}

TEST_F(LogTest, PutsCallsInAtDebug) {
  auto out = log({LogLevel::debug, LogFormat::text});
  CallLog calls(out);
  ports::CallRecord record;
  record.method = ports::HttpMethod::get;
  record.host = "ship.example";
  record.path = "/orders";
  record.failed = ports::HttpError::timeout;
  record.took = Micros{1500};
  calls.called(record);
  EXPECT_EQ(lines_,
            Lines{"06:30:00 debug   http call  method=GET  host=ship.example  path=/orders  "
                  "status=0  failed=timeout  bytes=0  took_us=1500"});
}

// What must not be printed does not compile.
static_assert(!std::is_convertible_v<Secret, std::string_view>);
static_assert(!std::is_convertible_v<Pii<std::string>, std::string_view>);
static_assert(!std::is_constructible_v<LogField, std::string_view, Secret>);
static_assert(!std::is_constructible_v<LogField, std::string_view, Pii<std::string>>);

}  // namespace
}  // namespace tallyman::app
