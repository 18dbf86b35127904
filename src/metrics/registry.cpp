#include "metrics/registry.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "domain/base/check.h"

namespace tallyman::metrics {

namespace {

bool is_name(std::string_view text) {
  const auto may_begin = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  const auto may_follow = [&](char c) { return may_begin(c) || (c >= '0' && c <= '9'); };
  return !text.empty() && may_begin(text.front()) && std::ranges::all_of(text, may_follow);
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\')
      out += R"(\\)";
    else if (c == '"')
      out += R"(\")";
    else if (c == '\n')
      out += R"(\n)";
    else
      out += c;
  }
  return out;
}

// A help text knows no quotation marks to be escaped.
std::string escaped_help(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == '\n') out += '\\';
    out += c == '\n' ? 'n' : c;
  }
  return out;
}

std::string text_of(const Labels& labels) {
  std::string out;
  for (const auto& [name, value] : labels) {
    check(is_name(name), name);
    out += fmt::format(R"({}{}="{}")", out.empty() ? "" : ",", name, escaped(value));
  }
  return out;
}

std::string braced(const std::string& labels) { return labels.empty() ? "" : "{" + labels + "}"; }

std::string number(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  return fmt::format("{}", value);
}

void write_histogram(std::string& out, const std::string& name, const std::string& labels,
                     const Histogram& histogram) {
  const auto reading = histogram.read();
  const auto bounds = histogram.bounds();
  const std::string comma = labels.empty() ? "" : labels + ",";
  for (std::size_t i = 0; i < reading.at_most.size(); ++i) {
    const std::string bound = i < bounds.size() ? number(bounds[i]) : "+Inf";
    out += fmt::format("{}_bucket{{{}le=\"{}\"}} {}\n", name, comma, bound, reading.at_most[i]);
  }
  out += fmt::format("{}_sum{} {}\n", name, braced(labels), number(reading.sum));
  out += fmt::format("{}_count{} {}\n", name, braced(labels), reading.at_most.back());
}

}  // namespace

Histogram::Histogram(std::span<const double> bounds)
    : bounds_(bounds.begin(), bounds.end()), counts_(bounds.size() + 1) {
  check(std::ranges::is_sorted(bounds_), "bounds ascend");
}

void Histogram::observe(double value) {
  const auto bucket = std::ranges::lower_bound(bounds_, value) - bounds_.begin();
  ++counts_[static_cast<std::size_t>(bucket)];
  sum_ += value;
}

Histogram::Reading Histogram::read() const {
  Reading reading;
  std::uint64_t total = 0;
  for (const auto& count : counts_) reading.at_most.push_back(total += count);
  reading.sum = sum_;
  return reading;
}

Registry::Series& Registry::series(Kind kind, std::string_view name, std::string_view help,
                                   const Labels& labels) {
  check(is_name(name), name);
  auto text = text_of(labels);
  const std::lock_guard lock(mutex_);
  auto family = families_.find(name);
  if (family == families_.end()) {
    family = families_.emplace(name, Family{.kind = kind, .help = std::string(help), .series = {}})
                 .first;
  }
  check(family->second.kind == kind && family->second.help == help, name);
  auto& found = family->second.series[std::move(text)];
  if (!found) {
    check(family->second.series.size() <= kMostSeries, name);
    found = std::make_unique<Series>();
  }
  return *found;
}

Counter& Registry::counter(std::string_view name, std::string_view help, const Labels& labels) {
  return series(Kind::counter, name, help, labels).counter;
}

Gauge& Registry::gauge(std::string_view name, std::string_view help, const Labels& labels) {
  return series(Kind::gauge, name, help, labels).gauge;
}

Histogram& Registry::histogram(std::string_view name, std::string_view help, const Labels& labels,
                               std::span<const double> bounds) {
  auto& found = series(Kind::histogram, name, help, labels);
  const std::lock_guard lock(mutex_);
  if (!found.histogram) found.histogram = std::make_unique<Histogram>(bounds);
  return *found.histogram;
}

void Registry::write(std::string& out, const std::string& name, const Family& family) {
  for (const auto& [labels, series] : family.series) {
    switch (family.kind) {
      case Kind::counter:
        out += fmt::format("{}{} {}\n", name, braced(labels), series->counter.value());
        break;
      case Kind::gauge:
        out += fmt::format("{}{} {}\n", name, braced(labels), number(series->gauge.value()));
        break;
      case Kind::histogram:
        if (series->histogram) write_histogram(out, name, labels, *series->histogram);
        break;
    }
  }
}

std::string_view Registry::word(Kind kind) {
  switch (kind) {
    case Kind::counter: return "counter";
    case Kind::gauge: return "gauge";
    case Kind::histogram: return "histogram";
  }
  return "untyped";
}

std::string Registry::text() const {
  const std::lock_guard lock(mutex_);
  std::string out;
  for (const auto& [name, family] : families_) {
    out += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, escaped_help(family.help), name,
                       word(family.kind));
    write(out, name, family);
  }
  return out;
}

}  // namespace tallyman::metrics
