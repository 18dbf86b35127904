// A small list server for the reading rules: sorted, filtered by whole seconds, changing between
// requests, with rows that make their page answer 500. Time is a number that only tests move.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "domain/base/time.h"
#include "domain/base/zone.h"
#include "domain/sync/paged_reader.h"
#include "domain/sync/reader.h"

namespace tallyman::sync::model {

using namespace std::chrono_literals;

inline Instant at(std::string_view text) { return instant_from_text(text).value(); }
inline const Instant kNoon = at("2026-11-20T12:00:00Z");

enum class Bounds { exclusive, inclusive };
// Which order the server keeps: by its naive wall clock, or by true time.
enum class Order { by_wall_clock, by_true_time };

struct Row {
  std::int64_t id = 0;
  Instant stamp;    // true time of the last change
  Instant visible;  // listed from then on
  int version = 1;
  enum class Health { fine, poison } health = Health::fine;
};

class Server {
 public:
  explicit Server(Bounds bounds = Bounds::exclusive) : bounds_(bounds) {}

  Instant now = kNoon;
  std::optional<Zone> zone;  // stamps and bounds lose their offset when set
  Order order = Order::by_wall_clock;
  bool down = false;
  bool ignores_bounds = false;
  bool descending = false;
  int cap = 500;  // largest page it serves

  std::map<std::int64_t, Row> rows;

  void add(std::int64_t id, Instant stamp, Row::Health health = Row::Health::fine) {
    rows[id] = {.id = id, .stamp = stamp, .visible = stamp, .version = 1, .health = health};
  }
  void modify(std::int64_t id, Micros late = 0s) {
    Row& row = rows.at(id);
    row.stamp = now;
    row.visible = now + late;
    ++row.version;
  }

  struct Page {
    std::vector<RowFact> facts;
    std::vector<int> versions;
    std::int64_t total = 0;
    Instant served_at;
  };

  // None: status 500.
  std::optional<Page> list(const Ask& ask) const {
    if (down) return std::nullopt;
    std::vector<const Row*> listed;
    for (const auto& [id, row] : rows) {
      if (row.visible <= now && within(row, ask)) listed.push_back(&row);
    }
    std::ranges::sort(listed, [&](const Row* a, const Row* b) {
      const auto key = [&](const Row* row) {
        return std::pair{order == Order::by_wall_clock ? shown(row->stamp) : row->stamp, row->id};
      };
      return descending ? key(b) < key(a) : key(a) < key(b);
    });
    Page page{.facts = {}, .versions = {}, .total = std::ssize(listed), .served_at = now};
    const auto size = static_cast<std::size_t>(std::min(ask.page_size, cap));
    const std::size_t first = static_cast<std::size_t>(ask.page - 1) * size;
    for (std::size_t i = first; i < std::min(first + size, listed.size()); ++i) {
      if (listed[i]->health == Row::Health::poison) return std::nullopt;
      page.facts.push_back({.id = listed[i]->id, .stamp = shown(listed[i]->stamp)});
      page.versions.push_back(listed[i]->version);
    }
    return page;
  }

 private:
  // What a reader makes of the stamp: the wall clock has no offset, the first pass is assumed.
  Instant shown(Instant stamp) const {
    return zone ? zone->earliest(zone->to_local(stamp)) : stamp;
  }
  Instant bound(Instant asked) const {
    return std::chrono::floor<std::chrono::seconds>(shown(asked));
  }
  bool within(const Row& row, const Ask& ask) const {
    if (ignores_bounds) return true;
    const Instant stamp = shown(row.stamp);
    const bool inclusive = bounds_ == Bounds::inclusive;
    if (ask.from) {
      const Instant from = bound(*ask.from);
      if (inclusive ? stamp < from : stamp <= from) return false;
    }
    if (ask.to) {
      const Instant to = bound(*ask.to);
      if (inclusive ? stamp > to : stamp >= to) return false;
    }
    return true;
  }
  Bounds bounds_;
};

// What a caller keeps: the newest version of each id it was handed.
struct Book {
  std::map<std::int64_t, int> versions;
  std::optional<Instant> newest;
  std::int64_t handed = 0;

  void keep(const Server::Page& page, const std::vector<Kept>& kept) {
    for (const Kept& each : kept) {
      const RowFact& fact = page.facts[each.index];
      int& version = versions[*fact.id];
      version = std::max(version, page.versions[each.index]);
      newest = std::max(newest.value_or(*fact.stamp), *fact.stamp);
      ++handed;
    }
  }
};

// Ids whose present version is not in the book, poison and invisible ones left aside.
inline std::vector<std::int64_t> missing(const Server& server, const Book& book,
                                         Instant until = Instant::max()) {
  std::vector<std::int64_t> ids;
  for (const auto& [id, row] : server.rows) {
    if (row.health == Row::Health::poison || row.visible > server.now || row.stamp > until)
      continue;
    const auto known = book.versions.find(id);
    if (known == book.versions.end() || known->second != row.version) ids.push_back(id);
  }
  return ids;
}

// One pass. `between` runs after every request.
template <class AnyReader, class Between>
int drive(AnyReader& reader, Server& server, Book& book, Between between) {
  int requests = 0;
  while (const auto ask = reader.next()) {
    ++requests;
    if (const auto page = server.list(*ask)) {
      book.keep(*page,
                reader.answered(
                    {.rows = page->facts, .total = page->total, .served_at = page->served_at}));
    } else {
      reader.refused();
    }
    between();
  }
  return requests;
}

template <class AnyReader>
int drive(AnyReader& reader, Server& server, Book& book) {
  return drive(reader, server, book, [] {});
}

}  // namespace tallyman::sync::model
