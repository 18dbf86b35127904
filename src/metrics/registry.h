// Numbers that the program counts about itself, and their text for Prometheus (exposition format
// 0.0.4). Counting costs an atomic addition; a series is looked up once and kept by whoever counts.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tallyman::metrics {

using Labels = std::vector<std::pair<std::string, std::string>>;

class Counter {
 public:
  void add(std::uint64_t count = 1) { value_ += count; }
  std::uint64_t value() const { return value_; }

 private:
  std::atomic<std::uint64_t> value_{0};
};

class Gauge {
 public:
  void set(double value) { value_ = value; }
  double value() const { return value_; }

 private:
  std::atomic<double> value_{0};
};

// How many were at most so large, for each bound; the last bucket takes everything.
class Histogram {
 public:
  explicit Histogram(std::span<const double> bounds);  // ascending
  void observe(double value);
  struct Reading {
    std::vector<std::uint64_t> at_most;  // one per bound and one for everything, cumulative
    double sum = 0;
  };
  Reading read() const;
  std::span<const double> bounds() const { return bounds_; }

 private:
  std::vector<double> bounds_;
  std::vector<std::atomic<std::uint64_t>> counts_;
  std::atomic<double> sum_{0};
};

// Seconds of an answer.
inline constexpr double kSeconds[] = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

// All series of a program, or of one look at the order book. A name has one kind and one help text:
// another one is our own mistake and stops the program, as is a name or label of another form. The
// labels of a family have to come from a small set: at most kMostSeries.
class Registry {
 public:
  Counter& counter(std::string_view name, std::string_view help, const Labels& labels = {});
  Gauge& gauge(std::string_view name, std::string_view help, const Labels& labels = {});
  Histogram& histogram(std::string_view name, std::string_view help, const Labels& labels = {},
                       std::span<const double> bounds = kSeconds);

  std::string text() const;

 private:
  enum class Kind { counter, gauge, histogram };
  static std::string_view word(Kind kind);
  struct Series {
    Counter counter;
    Gauge gauge;
    std::unique_ptr<Histogram> histogram;
  };
  struct Family {
    Kind kind{};
    std::string help;
    std::map<std::string, std::unique_ptr<Series>> series;  // by the text of their labels
  };
  Series& series(Kind kind, std::string_view name, std::string_view help, const Labels& labels);
  static void write(std::string& out, const std::string& name, const Family& family);

  mutable std::mutex mutex_;
  std::map<std::string, Family, std::less<>> families_;
};

inline constexpr std::size_t kMostSeries = 2000;  // of a family

}  // namespace tallyman::metrics
