#include "workflows/xml_import/take_in.h"

#include <algorithm>
#include <optional>
#include <set>
#include <variant>

#include <fmt/format.h>

#include "adapters/book/bundles.h"
#include "adapters/book/quarantine.h"
#include "domain/alerts/words.h"
#include "domain/imports/limits.h"
#include "domain/sync/breaker.h"
#include "ports/statements.h"

namespace tallyman::workflows {

namespace {

using book::FindingKind;
using imports::BadOrder;
using imports::ShopOrder;

constexpr std::string_view kTwice = "twice";
constexpr std::size_t kSlice = 500;  // orders in one transaction

struct Bad {
  BadOrder order;
  std::string_view text;
};
struct Good {
  ShopOrder order;
  std::string_view text;
  imports::PlannedLines lines;
};
struct Slice {
  std::vector<Good> good;
  std::vector<Bad> bad;
  std::size_t size() const { return good.size() + bad.size(); }
};

// What a slice came to; made anew when its transaction is tried again.
struct SliceResult {
  book::ImportCounts counts;
  std::vector<book::ImportFinding> findings;
  std::map<std::string, std::int64_t> skipped;
};

class TakingIn {
 public:
  TakingIn(const ImportParts& parts, const ImportSettings& settings, std::string_view bytes,
           const Slices& slices)
      : parts_(parts), settings_(settings), bytes_(bytes), slices_(slices), rules_(rules()) {}

  TakenIn run() {
    result_.ending.rules_hash = imports::rules_hash(rules_);
    if (const auto refused = why_refused()) {
      result_.ending.outcome = book::ImportOutcome::refused;
      result_.ending.message = "Refused: " + *refused + ".";
      return std::move(result_);
    }
    const auto file =
        parts_.reader.read(bytes_, [&](imports::SeenOrder order, std::string_view text) {
          add(std::move(order), text);
          if (slice_.size() == kSlice) flush();
        });
    flush();
    for (const auto& one : file->ignored) {
      find({.kind = FindingKind::element_ignored,
            .number = std::nullopt,
            .place = one.place,
            .sku = std::nullopt,
            .quantity = std::nullopt,
            .reason = fmt::format("<{}> is no order", one.name)});
    }
    close_vanished();
    result_.ending.encoding = file->encoding;
    conclude();
    return std::move(result_);
  }

 private:
  imports::ImportRules rules() const {
    return ports::transact(parts_.database, ports::TxMode::read,
                           [&](ports::Tx& tx) { return load_rules(tx, settings_); });
  }

  // The whole file is looked at before anything of it is written: a file of which much cannot be
  // read is another format, and no row is to blame.
  std::optional<std::string> why_refused() {
    sync::Quarantined bad;
    const auto file =
        parts_.reader.read(bytes_, [&](const imports::SeenOrder& order, std::string_view) {
          const auto* one = std::get_if<BadOrder>(&order);
          if (one == nullptr) return;
          ++bad.by_class[one->kind];
          if (one->number) bad_numbers_.insert(*one->number);
        });
    if (!file) return file.error().what;
    if (file->orders == 0 && !file->ignored.empty()) {  // a page that says "try again later", say
      return fmt::format("it holds <{}> and no order", file->ignored.front().name);
    }
    total_ = file->orders;
    bad.batch = file->orders;
    return sync::systemic(bad);
  }

  void add(imports::SeenOrder seen, std::string_view text) {
    if (auto* bad = std::get_if<BadOrder>(&seen)) {
      slice_.bad.push_back({.order = std::move(*bad), .text = text});
      return;
    }
    auto& order = std::get<ShopOrder>(seen);
    if (auto wrong = what_is_wrong(order)) {
      // Under its number the first one stands.
      const bool is_second = wrong->first == kTwice;
      slice_.bad.push_back({.order = {.place = order.place,
                                      .number = is_second ? std::optional<OrderNumber>()
                                                          : std::optional(order.number),
                                      .kind = std::move(wrong->first),
                                      .problem = std::move(wrong->second)},
                            .text = text});
      return;
    }
    auto lines = imports::plan_lines(order, rules_.key_skus, expander_);
    if (!lines) {
      slice_.bad.push_back({.order = {.place = order.place,
                                      .number = order.number,
                                      .kind = "bundle",
                                      .problem = std::move(lines.error().what)},
                            .text = text});
      return;
    }
    slice_.good.push_back({.order = std::move(order), .text = text, .lines = std::move(*lines)});
  }

  // Class and words of what is wrong with an order that can be read.
  std::optional<std::pair<std::string, std::string>> what_is_wrong(const ShopOrder& order) {
    const auto [first, is_new] = numbers_.emplace(order.number, order.place);
    if (!is_new) {
      return std::pair{std::string(kTwice),
                       fmt::format("order {} stands in the file twice, first in line {}",
                                   order.number.value, first->second.line)};
    }
    if (order.date && *order.date - rules_.today > std::chrono::days{imports::kDaysAhead}) {
      return std::pair{std::string("future date"),
                       fmt::format("date2: {} lies in the future", to_text(*order.date))};
    }
    return std::nullopt;
  }

  void flush() {
    if (slice_.size() == 0) return;
    SliceResult made;
    slices_.transact([&](ports::Tx& tx) {
      made = {};
      decide(tx, made);
    });
    merge(std::move(made));
    done_ += static_cast<std::int64_t>(slice_.size());
    slice_ = {};
    if (slices_.on_slice) slices_.on_slice(done_, total_);
  }

  void decide(ports::Tx& tx, SliceResult& made) {
    std::vector<OrderNumber> numbers;
    for (const auto& one : slice_.good) numbers.push_back(one.order.number);
    const auto known = book::look_up_shop_orders(
        tx, settings_.account, numbers,
        slices_.mode == Slices::Mode::write ? book::LookUp::to_write : book::LookUp::to_look);
    std::vector<imports::Decision> decisions;
    for (std::size_t i = 0; i < slice_.good.size(); ++i) {
      const auto& one = slice_.good[i];
      decisions.push_back(imports::decide(one.order, one.lines, known[i], rules_));
      note(made, one, decisions.back());
    }
    for (const auto& bad : slice_.bad) note_bad(made, bad);
    if (slices_.mode == Slices::Mode::look) return;
    std::vector<book::ShopWrite> writes;
    for (std::size_t i = 0; i < decisions.size(); ++i) {
      writes.push_back({.order = &slice_.good[i].order,
                        .lines = &slice_.good[i].lines,
                        .known = &known[i],
                        .decision = &decisions[i]});
    }
    book::write_shop_orders(tx, settings_.account, slices_.run, slices_.file, writes);
    keep_quarantine(tx);
  }

  void keep_quarantine(ports::Tx& tx) {
    const auto open = book::open_shop_quarantine(tx, settings_.account);
    for (const auto& bad : slice_.bad) {
      book::quarantine_shop_order(tx, settings_.account, slices_.run, slices_.file,
                                  {.order = &bad.order, .text = bad.text}, open);
    }
    for (const auto& one : slice_.good) {
      if (!open.contains(one.order.number.value) || bad_numbers_.contains(one.order.number)) {
        continue;
      }
      book::resolve_quarantine(tx, settings_.account, book::Entity::shop_order,
                               one.order.number.value, slices_.run.value,
                               "It can be read in " + slices_.file.name + " now.");
    }
  }

  // Orders without a number wait until a newer file of that name does not have them any more.
  void close_vanished() {
    if (slices_.mode == Slices::Mode::look) return;
    slices_.transact([&](ports::Tx& tx) {
      const auto stream = book::quarantine_stream(slices_.file.name);
      for (const auto& [key, row] : book::open_shop_quarantine(tx, settings_.account)) {
        if (row.stream != stream || !key.starts_with("sha256:") || bad_keys_.contains(key)) {
          continue;
        }
        book::resolve_quarantine(tx, settings_.account, book::Entity::shop_order, key,
                                 slices_.run.value, "It is not in the newer file any more.");
      }
    });
  }

  static void note(SliceResult& made, const Good& one, const imports::Decision& decision) {
    ++made.counts.orders;
    made.counts.lines_dropped += std::ssize(one.lines.dropped);
    book::ImportFinding finding{.kind = FindingKind::order_skipped,
                                .number = one.order.number,
                                .place = one.order.place,
                                .sku = std::nullopt,
                                .quantity = std::nullopt,
                                .reason = decision.reason};
    switch (decision.action) {
      case imports::Action::insert: ++made.counts.inserted; break;
      case imports::Action::update: ++made.counts.updated; break;
      case imports::Action::unchanged: ++made.counts.unchanged; break;
      case imports::Action::skip:
        ++made.counts.skipped;
        ++made.skipped[decision.reason];
        made.findings.push_back(std::move(finding));
        break;
      case imports::Action::not_taken:
        ++made.counts.skipped;
        ++made.skipped[decision.reason];
        finding.kind = FindingKind::not_taken;
        made.findings.push_back(std::move(finding));
        break;
      case imports::Action::defer:
        ++made.counts.deferred;
        finding.kind = FindingKind::deferred;
        made.findings.push_back(std::move(finding));
        break;
    }
    for (const auto& line : one.lines.dropped) {
      made.findings.push_back({.kind = FindingKind::line_dropped,
                               .number = one.order.number,
                               .place = line.place,
                               .sku = line.sku,
                               .quantity = line.quantity,
                               .reason = line.reason});
    }
  }

  void note_bad(SliceResult& made, const Bad& bad) {
    ++made.counts.orders;
    ++made.counts.quarantined;
    bad_keys_.insert(book::quarantine_key({.order = &bad.order, .text = bad.text}));
    made.findings.push_back({.kind = FindingKind::quarantined,
                             .number = bad.order.number,
                             .place = bad.order.place,
                             .sku = std::nullopt,
                             .quantity = std::nullopt,
                             .reason = bad.order.problem});
  }

  void merge(SliceResult made) {
    auto& counts = result_.ending.counts;
    counts.orders += made.counts.orders;
    counts.inserted += made.counts.inserted;
    counts.updated += made.counts.updated;
    counts.unchanged += made.counts.unchanged;
    counts.skipped += made.counts.skipped;
    counts.quarantined += made.counts.quarantined;
    counts.deferred += made.counts.deferred;
    counts.lines_dropped += made.counts.lines_dropped;
    for (const auto& [reason, count] : made.skipped) result_.skipped[reason] += count;
    for (auto& finding : made.findings) find(std::move(finding));
  }

  void find(book::ImportFinding finding) {
    if (result_.findings.size() < imports::kFindings) {
      result_.findings.push_back(std::move(finding));
    } else {
      ++left_out_;
    }
  }

  void conclude() {
    std::ranges::stable_sort(result_.findings, [](const auto& one, const auto& other) {
      return std::pair(one.place.line, one.place.column) <
             std::pair(other.place.line, other.place.column);
    });
    const auto& counts = result_.ending.counts;
    const bool whole = counts.quarantined == 0 && counts.deferred == 0;
    result_.ending.outcome = whole ? book::ImportOutcome::ok : book::ImportOutcome::partial;
    auto& message = result_.ending.message;
    message = fmt::format("{}: {} new, {} changed, {} unchanged, {} left out.",
                          alerts::counted(counts.orders, "order"), counts.inserted, counts.updated,
                          counts.unchanged, counts.skipped);
    if (counts.quarantined > 0) message += fmt::format(" {} in quarantine.", counts.quarantined);
    if (counts.deferred > 0) message += fmt::format(" {} wait for a decision.", counts.deferred);
    if (counts.lines_dropped > 0) {
      message += fmt::format(" {} dropped.", alerts::counted(counts.lines_dropped, "line"));
    }
    if (left_out_ > 0) message += fmt::format(" {} more findings are not listed.", left_out_);
  }

  const ImportParts& parts_;
  const ImportSettings& settings_;
  std::string_view bytes_;
  const Slices& slices_;
  imports::ImportRules rules_;
  imports::Expander expander_{rules_.bundles};
  std::map<OrderNumber, imports::Place> numbers_;  // of the file, with where they came first
  std::set<std::string> bad_keys_;
  std::set<OrderNumber> bad_numbers_;  // of orders that cannot be read
  Slice slice_;
  std::int64_t total_ = 0;
  std::int64_t done_ = 0;
  std::int64_t left_out_ = 0;  // findings beyond kFindings
  TakenIn result_;
};

}  // namespace

imports::ImportRules load_rules(ports::Tx& tx, const ImportSettings& settings) {
  return {.key_skus = settings.key_skus(tx),
          .bundles = book::load_bundles(tx, settings.account),
          .today = settings.warehouse.day(tx.now()),
          .archive_days = settings.archive_days(tx),
          .kept_apart = book::count_kept_apart(tx, settings.account)};
}

TakenIn take_in(const ImportParts& parts, const ImportSettings& settings, std::string_view bytes,
                const Slices& slices) {
  return TakingIn(parts, settings, bytes, slices).run();
}

}  // namespace tallyman::workflows
