// Shipments by create date, shipments by void date, fulfilments: each with its own watermark, read
// when an order newly shipped or reopened, and otherwise hourly (requirements A4).
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "adapters/book/history.h"
#include "adapters/book/orders.h"
#include "adapters/book/pass_state.h"
#include "adapters/book/payloads.h"
#include "adapters/book/quarantine.h"
#include "adapters/book/shipments.h"
#include "adapters/book/watermarks.h"
#include "domain/base/digest.h"
#include "domain/sync/paged_reader.h"
#include "domain/sync/reader.h"
#include "domain/sync/watermark.h"
#include "ports/statements.h"
#include "workflows/shipstation_sync/listing.h"
#include "workflows/shipstation_sync/run.h"

namespace tallyman::workflows {

namespace {

using sync::Stream;

constexpr std::size_t kSlice = 500;            // rows per transaction
constexpr std::int64_t kRowsLookedAt = 1'000;  // of quarantine

std::string_view of_people(Stream stream) {
  switch (stream) {
    case Stream::orders: return "orders";
    case Stream::shipments_created: return "shipments";
    case Stream::shipments_voided: return "voided shipments";
    case Stream::fulfilments: return "fulfilments";
  }
  return "?";
}

struct StreamWindow {
  Stream stream{};
  sync::Watermark watermark;
  Instant from;
  std::optional<RepeatedHour> repeated_hour;
};

bool is_out_of_reach(const SyncSettings& settings, Instant stamp, Instant now) {
  return stamp < now - std::chrono::days{settings.seed_days};
}

// The earliest place of this list where something waits in quarantine: its rows have no id that
// could be asked for, so the list is read again from there. Older ones than a seed reaches are read
// each at its place: see read_out_of_reach().
std::optional<Instant> earliest_waiting(ports::Tx& tx, const SyncSettings& settings, Stream stream,
                                        Instant now) {
  std::optional<Instant> earliest;
  for (const auto& row : book::list_open_quarantine(tx, settings.account, kRowsLookedAt)) {
    if (row.stream != sync::word(stream)) continue;
    const auto stamp = book::stamp_from_facts(row.facts);
    if (!stamp || is_out_of_reach(settings, *stamp, now)) continue;
    earliest = std::min(earliest.value_or(*stamp), *stamp);
  }
  return earliest;
}

// `until`: ShipStation's time, beyond which no watermark can lie.
StreamWindow window_of(RunState& run, Stream stream, Instant now, Instant until) {
  std::optional<book::StoredWatermark> stored;
  std::optional<Instant> waiting;
  run.parts.database.transact(ports::TxMode::read, [&](ports::Tx& tx) {
    stored = book::find_watermark(tx, run.settings.account, watermark_name(stream));
    waiting = earliest_waiting(tx, run.settings, stream, now);
  });
  StreamWindow window{
      .stream = stream,
      .watermark = sync::load_watermark(stored_form(stored), now, run.settings.seed_days),
      .from = {},
      .repeated_hour = std::nullopt};
  const Zone& zone = run.settings.shipstation_zone;
  const auto from = [&] {
    return sync::lower_bound(window.watermark.at, window.watermark.read_until, now, zone,
                             run.settings.reading);
  };
  window.from = from();
  if (window.from > until) {
    window.watermark = sync::seeded(until, run.settings.seed_days, "lies in the future");
    window.from = from();
  }
  if (stored && !window.watermark.warning.empty()) {
    run.warn(fmt::format("{}: {}", of_people(stream), window.watermark.warning));
  }
  if (waiting) window.from = std::min(window.from, *waiting - std::chrono::seconds{1});
  window.repeated_hour = zone.repeated_hour(window.from, now);
  return window;
}

// Everything a stream handed over, in the order of the list.
template <class Seen>
struct Listed {
  std::vector<ports::Document<Seen>> readable;
  std::vector<ports::Unreadable> unreadable;
  sync::ReadTally tally;
  std::vector<sync::Hole> holes;
};

template <class Seen, class Reader, class Fetch, class StampOf>
Listed<Seen> read_all(RunState& run, Stream stream, Reader& reader, Fetch fetch, StampOf stamp_of) {
  Listed<Seen> listed;
  while (const auto ask = reader.next()) {
    auto page = run.caller.read(ask->purpose,
                                [&](std::stop_token stop) { return fetch(*ask, std::move(stop)); });
    if (!page) {
      if (!is_refusal(page.error())) {
        fail_run(fmt::format("Reading {} from ShipStation", of_people(stream)), page.error(),
                 kOrdersKept);
      }
      reader.refused();
      continue;
    }
    const auto rows = facts_of(*page, stamp_of);
    for (const auto& kept : reader.answered({.rows = rows,
                                             .total = page->total,
                                             .served_at = page->served_at,
                                             .dropped = page->dropped})) {
      auto& row = page->rows[kept.index];
      if (auto* readable = std::get_if<0>(&row)) {
        listed.readable.push_back(std::move(*readable));
      } else {
        listed.unreadable.push_back(std::move(std::get<1>(row)));
      }
    }
  }
  if (reader.outcome() == sync::Outcome::broken) {
    throw RunFailed(
        fmt::format("Reading {} from ShipStation: {}", of_people(stream), reader.broken()->what),
        reader.broken()->trouble == sync::Trouble::outage
            ? std::optional(ports::CallError::server_error)
            : std::nullopt);
  }
  listed.tally = reader.tally();
  listed.holes = reader.holes();
  return listed;
}

book::Entity entity_of(Stream stream) {
  return stream == Stream::fulfilments ? book::Entity::fulfilment : book::Entity::shipment;
}

std::string hole_key(Stream stream, const sync::Hole& hole) {
  return fmt::format("{}: {}", sync::word(stream), hole.key);
}

book::PayloadKind payload_of(Stream stream) {
  return stream == Stream::fulfilments ? book::PayloadKind::fulfilment
                                       : book::PayloadKind::shipment;
}

// Holes that were in this window and could be read now, or are gone.
void settle_holes(ports::Tx& tx, RunState& run, Stream stream, Instant from,
                  const std::vector<sync::Hole>& still) {
  std::set<std::string> open;
  for (const auto& hole : still) open.insert(hole_key(stream, hole));
  for (const auto& row : book::list_open_quarantine(tx, run.settings.account, kRowsLookedAt)) {
    if (row.stream != sync::word(stream) || row.entity != book::word(book::Entity::hole) ||
        open.contains(row.key)) {
      continue;
    }
    const auto stamp = book::stamp_from_facts(row.facts);
    if (!stamp || *stamp < from) continue;
    book::resolve_quarantine(tx, run.settings.account, book::Entity::hole, row.key, run.id.value,
                             "ShipStation can show it again.");
  }
}

std::string key_of(const ports::Unreadable& row) {
  return row.id ? std::to_string(*row.id) : "bytes:" + sha256_hex(row.raw.bytes);
}

void quarantine_rows(ports::Tx& tx, RunState& run, Stream stream,
                     const std::vector<ports::Unreadable>& rows,
                     const std::vector<sync::Hole>& holes) {
  for (const auto& row : rows) {
    book::NewQuarantine entry;
    entry.entity = entity_of(stream);
    entry.key = key_of(row);
    entry.id = row.id;
    entry.number = row.number;
    entry.stream = sync::word(stream);
    entry.error_class = "unreadable";
    entry.problem = row.problem;
    entry.payload = row.raw.bytes;
    if (row.stamp) entry.facts = book::stamp_facts(*row.stamp);
    book::put_quarantine(tx, run.settings.account, run.id, entry);
  }
  for (const auto& hole : holes) {
    book::NewQuarantine entry;
    entry.entity = book::Entity::hole;
    entry.key = hole_key(stream, hole);
    entry.stream = sync::word(stream);
    entry.error_class = "server error";
    entry.problem = fmt::format("ShipStation answers 500 for {} in the list of {}.",
                                sync::describe(hole), of_people(stream));
    entry.facts = book::stamp_facts(hole.from);
    book::put_quarantine(tx, run.settings.account, run.id, entry);
  }
}

std::vector<bool> put(ports::Tx& tx, RunState& run,
                      std::span<const shipments::ShipmentSeen* const> seen) {
  return book::put_shipments(tx, run.settings.account, run.id, seen);
}

std::vector<bool> put(ports::Tx& tx, RunState& run,
                      std::span<const shipments::FulfilmentSeen* const> seen) {
  return book::put_fulfilments(tx, run.settings.account, run.id, seen);
}

// Stores one slice and brings the shipped history of the orders it touches up to date.
template <class Seen>
void apply_slice(ports::Tx& tx, RunState& run, Stream stream,
                 std::span<const ports::Document<Seen>> documents) {
  std::vector<const Seen*> seen;
  for (const auto& document : documents) seen.push_back(&document.seen);
  const auto differs = put(tx, run, std::span<const Seen* const>(seen));
  std::set<ShipStationOrderId> touched;
  std::vector<book::NewPayload> payloads;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    book::resolve_quarantine(tx, run.settings.account, entity_of(stream),
                             std::to_string(seen[i]->id.value), run.id.value, "It could be read.");
    if (!differs[i]) continue;
    payloads.push_back({.entity = seen[i]->id.value, .document = documents[i].raw.bytes});
    if (seen[i]->order) touched.insert(*seen[i]->order);
  }
  book::put_payloads(tx, run.settings.account, payload_of(stream), run.id, payloads);
  const std::vector<ShipStationOrderId> ids(touched.begin(), touched.end());
  std::set<LocalOrderId> local;
  for (const auto& id : book::find_by_remote(tx, run.settings.account, ids)) {
    if (id) local.insert(*id);
  }
  const std::vector<LocalOrderId> orders(local.begin(), local.end());
  book::refresh_history(tx, run.settings.account, run.id, orders, run.settings.routing.known_skus);
}

template <class Seen>
void apply_all(RunState& run, const StreamWindow& window, const Listed<Seen>& listed) {
  std::optional<Instant> newest;
  for (const auto& document : listed.readable) {
    newest = std::max(newest.value_or(document.seen.created), document.seen.created);
  }
  if (window.stream == Stream::shipments_voided) newest = listed.tally.until;
  const bool adds_up = listed.tally.total <= listed.tally.received;
  if (!adds_up) {
    run.gaps.push_back(fmt::format("ShipStation counts {} {}, {} were received.",
                                   listed.tally.total, of_people(window.stream),
                                   listed.tally.received));
  }
  run.streams_quarantined +=
      static_cast<std::int64_t>(listed.unreadable.size() + listed.holes.size());
  const std::span<const ports::Document<Seen>> all(listed.readable);
  std::size_t done = 0;
  do {
    const auto slice = all.subspan(done, std::min(kSlice, all.size() - done));
    done += slice.size();
    run.transact([&](ports::Tx& tx) {
      apply_slice<Seen>(tx, run, window.stream, slice);
      if (done < all.size()) return;
      settle_holes(tx, run, window.stream, window.from, listed.holes);
      quarantine_rows(tx, run, window.stream, listed.unreadable, listed.holes);
      if (!adds_up) return;  // what was received is kept, the rest is looked for next time
      const Instant until = listed.tally.until;
      book::put_watermark(tx, run.settings.account, watermark_name(window.stream),
                          sync::next_watermark(window.watermark.at, newest, until),
                          sync::next_read_until(window.watermark.read_until, until));
    });
  } while (done < all.size());
}

sync::Start start_of(const StreamWindow& window, Instant now) {
  return {.from = window.from, .now = now, .repeated_hour = window.repeated_hour, .holes = {}};
}

sync::ReadPolicy by_create_date(const RunState& run) {
  sync::ReadPolicy policy = run.settings.reading;
  policy.sort_key = "createDate";
  return policy;
}

auto shipments_from(RunState& run) {
  return [&run](const sync::Ask& ask, std::stop_token stop) {
    return run.parts.shipstation.shipments({.created = {.from = ask.from, .to = ask.to},
                                            .voided = {},
                                            .order = std::nullopt,
                                            .page = ask.page,
                                            .page_size = ask.page_size},
                                           std::move(stop));
  };
}

auto fulfilments_from(RunState& run) {
  return [&run](const sync::Ask& ask, std::stop_token stop) {
    return run.parts.shipstation.fulfilments({.created = {.from = ask.from, .to = ask.to},
                                              .order = std::nullopt,
                                              .page = ask.page,
                                              .page_size = ask.page_size},
                                             std::move(stop));
  };
}

void shipments_created(RunState& run, const StreamWindow& window, Instant now) {
  sync::Reader reader(by_create_date(run), start_of(window, now));
  const auto listed =
      read_all<shipments::ShipmentSeen>(run, window.stream, reader, shipments_from(run),
                                        [](const auto& seen) { return seen.created; });
  apply_all(run, window, listed);
}

void shipments_voided(RunState& run, const StreamWindow& window, Instant until) {
  sync::PagedReader reader(by_create_date(run), window.from, until);
  const auto listed = read_all<shipments::ShipmentSeen>(
      run, window.stream, reader,
      [&](const sync::Ask& ask, std::stop_token stop) {
        return run.parts.shipstation.shipments({.created = {},
                                                .voided = {.from = ask.from, .to = ask.to},
                                                .order = std::nullopt,
                                                .page = ask.page,
                                                .page_size = ask.page_size},
                                               std::move(stop));
      },
      [](const auto& seen) { return seen.created; });
  apply_all(run, window, listed);
}

void fulfilments(RunState& run, const StreamWindow& window, Instant now) {
  sync::Reader reader(by_create_date(run), start_of(window, now));
  const auto listed =
      read_all<shipments::FulfilmentSeen>(run, window.stream, reader, fulfilments_from(run),
                                          [](const auto& seen) { return seen.created; });
  apply_all(run, window, listed);
}

// What waits before a seed's reach and came as a row: longest untried first, a few in each run.
std::vector<book::Quarantined> out_of_reach(RunState& run, book::Entity entity, Instant now) {
  return ports::transact(run.parts.database, ports::TxMode::read, [&](ports::Tx& tx) {
    std::vector<book::Quarantined> rows;
    for (auto& row : book::list_open_quarantine(tx, run.settings.account, kRowsLookedAt)) {
      if (row.entity != book::word(entity) || row.run == run.id) continue;
      const auto stamp = book::stamp_from_facts(row.facts);
      if (!stamp || !is_out_of_reach(run.settings, *stamp, now)) continue;
      if (std::ssize(rows) == run.settings.reads_by_id) break;
      rows.push_back(std::move(row));
    }
    return rows;
  });
}

// Such a row has no id that could be asked for, but it has a place in the list by create date: that
// moment is read, and nothing between it and today. The watermark has nothing to do with it.
template <class Seen, class Fetch>
void read_out_of_reach(RunState& run, Stream stream, Instant now, Fetch fetch) {
  for (const auto& row : out_of_reach(run, entity_of(stream), now)) {
    const Instant stamp = *book::stamp_from_facts(row.facts);
    constexpr std::chrono::seconds kAround{1};
    sync::PagedReader reader(by_create_date(run), stamp - kAround, stamp + kAround);
    const auto listed =
        read_all<Seen>(run, stream, reader, fetch, [](const auto& seen) { return seen.created; });
    run.streams_quarantined += std::ssize(listed.unreadable);
    run.transact([&](ports::Tx& tx) {
      apply_slice<Seen>(tx, run, stream, std::span<const ports::Document<Seen>>(listed.readable));
      quarantine_rows(tx, run, stream, listed.unreadable, {});
      if (std::ranges::find(listed.unreadable, row.key, key_of) != listed.unreadable.end()) return;
      // Of a row that is still open: one is without an id, known by its bytes alone, and settled
      // when everything of its moment can be read; others are not listed there any more.
      if (row.id || !listed.unreadable.empty() || listed.readable.empty()) {
        book::note_attempt(tx, run.id, row.row,
                           "ShipStation does not list it at its time any more.");
        return;
      }
      book::resolve_quarantine(tx, run.settings.account, entity_of(stream), row.key, run.id.value,
                               "Everything of its moment can be read.");
    });
  }
}

std::vector<sync::StreamDue> due(RunState& run, Instant now) {
  std::vector<sync::StreamState> states;
  ports::transact(run.parts.database, ports::TxMode::read, [&](ports::Tx& tx) {
    states.clear();
    for (const auto stream :
         {Stream::shipments_created, Stream::shipments_voided, Stream::fulfilments}) {
      const auto stored = book::find_watermark(tx, run.settings.account, watermark_name(stream));
      // What waits in quarantine is tried every cycle: its list counts as never read.
      const bool waits = earliest_waiting(tx, run.settings, stream, now).has_value();
      states.push_back(
          {.stream = stream, .last_read = stored && !waits ? stored->read_until : std::nullopt});
    }
  });
  return sync::due_streams(
      now, {.newly_shipped = run.applied.newly_shipped, .reopened = run.applied.reopened}, states,
      run.settings.stream_interval);
}

}  // namespace

void stream_passes(RunState& run) {
  const Instant now = run.parts.clock.now();
  for (const auto& one : due(run, now)) {
    run.progress(fmt::format("Reading {}", of_people(one.stream)), 0, 0);
    // The upper bound frozen for orders holds for voids too; it comes from ShipStation's clock.
    const Instant until = run.numbers.window_to.value_or(now - run.settings.reading.settle);
    const StreamWindow window = window_of(run, one.stream, now, until);
    switch (one.stream) {
      case Stream::orders: break;
      case Stream::shipments_created:
        shipments_created(run, window, now);
        read_out_of_reach<shipments::ShipmentSeen>(run, one.stream, now, shipments_from(run));
        break;
      case Stream::shipments_voided: shipments_voided(run, window, until); break;
      case Stream::fulfilments:
        fulfilments(run, window, now);
        read_out_of_reach<shipments::FulfilmentSeen>(run, one.stream, now, fulfilments_from(run));
        break;
    }
  }
}

}  // namespace tallyman::workflows
