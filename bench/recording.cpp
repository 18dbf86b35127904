#include "bench/recording.h"

namespace tallyman::bench {

namespace {

using ports::Blob;
using ports::Value;

struct Keep {
  Owned operator()(std::monostate) const { return std::monostate{}; }
  Owned operator()(std::int64_t number) const { return number; }
  Owned operator()(std::string_view text) const { return std::string(text); }
  Owned operator()(Instant at) const { return at; }
  Owned operator()(Day day) const { return day; }
  Owned operator()(Blob blob) const {
    return std::vector<char>(blob.bytes.begin(), blob.bytes.end());
  }
};

struct Show {
  Value operator()(std::monostate) const { return std::monostate{}; }
  Value operator()(std::int64_t number) const { return number; }
  Value operator()(const std::string& text) const { return std::string_view(text); }
  Value operator()(Instant at) const { return at; }
  Value operator()(Day day) const { return day; }
  Value operator()(const std::vector<char>& bytes) const {
    return Blob{{bytes.data(), bytes.size()}};
  }
};

class RecordingTx final : public ports::Tx {
 public:
  using Times = std::map<std::string, Recording::Spent, std::less<>>;
  RecordingTx(ports::Tx& inner, WrittenTransaction& into, Times& times)
      : inner_(inner), into_(into), times_(times) {}

  Instant now() const override { return inner_.now(); }
  ports::Dialect dialect() const override { return inner_.dialect(); }
  std::int64_t run(const ports::Statement& statement, std::span<const Value> params,
                   const ports::RowVisitor& visit) override {
    if (Written* written = begin(statement)) add(*written, params);
    const Stopwatch stopwatch(times_, statement.name, 1);
    return inner_.run(statement, params, visit);
  }
  std::int64_t run_each(const ports::Statement& statement, std::size_t count,
                        const ports::ParamSource& params,
                        const ports::IndexedRowVisitor& visit) override {
    Written* written = begin(statement);
    const Stopwatch stopwatch(times_, statement.name, count);
    return inner_.run_each(
        statement, count,
        [&](std::size_t index) {
          const auto row = params(index);
          if (written != nullptr) add(*written, row);
          return row;
        },
        visit);
  }
  std::optional<ports::DbFailure> savepoint(const std::function<void()>& work) override {
    return inner_.savepoint(work);
  }
  void script(std::string_view sql) override { inner_.script(sql); }

 private:
  class Stopwatch {
   public:
    Stopwatch(Times& times, std::string_view name, std::size_t rows)
        : spent_(times[std::string(name)]), start_(std::chrono::steady_clock::now()) {
      spent_.rows += rows;
    }
    ~Stopwatch() { spent_.time += std::chrono::steady_clock::now() - start_; }
    Stopwatch(const Stopwatch&) = delete;
    Stopwatch& operator=(const Stopwatch&) = delete;

   private:
    Recording::Spent& spent_;
    std::chrono::steady_clock::time_point start_;
  };

  Written* begin(const ports::Statement& statement) {
    if (statement.sqlite.starts_with("SELECT") || statement.sqlite.starts_with("WITH")) {
      return nullptr;
    }
    return &into_.emplace_back(Written{.statement = statement, .rows = 0, .values = {}});
  }
  static void add(Written& written, std::span<const Value> params) {
    ++written.rows;
    for (const auto& value : params) written.values.push_back(std::visit(Keep{}, value));
  }

  ports::Tx& inner_;
  WrittenTransaction& into_;
  Times& times_;
};

}  // namespace

void Recording::transact(ports::TxMode mode, const std::function<void(ports::Tx&)>& work) {
  WrittenTransaction written;
  inner_.transact(mode, [&](ports::Tx& tx) {
    written.clear();  // the database may do this again
    RecordingTx recording(tx, written, spent_);
    work(recording);
  });
  if (!written.empty()) written_.push_back(std::move(written));
}

std::size_t replay(ports::Database& database, const std::vector<WrittenTransaction>& written) {
  std::size_t rows = 0;
  std::vector<Value> row;
  for (const auto& transaction : written) {
    database.transact(ports::TxMode::write, [&](ports::Tx& tx) {
      for (const auto& one : transaction) {
        const std::size_t width = one.rows == 0 ? 0 : one.values.size() / one.rows;
        tx.run_each(
            one.statement, one.rows,
            [&](std::size_t index) -> std::span<const Value> {
              row.clear();
              for (std::size_t i = 0; i < width; ++i) {
                row.push_back(std::visit(Show{}, one.values[index * width + i]));
              }
              return row;
            },
            [](std::size_t, const ports::RowView&) {});
        rows += one.rows;
      }
    });
  }
  return rows;
}

}  // namespace tallyman::bench
