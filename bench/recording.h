// Keeps every statement that a piece of work writes with, so that the same rows can be written once
// more without reading, parsing or deciding anything: the speed of the database alone.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "ports/database.h"

namespace tallyman::bench {

using Owned =
    std::variant<std::monostate, std::int64_t, std::string, Instant, Day, std::vector<char>>;

struct Written {
  ports::Statement statement;
  std::size_t rows = 0;
  std::vector<Owned> values;  // row by row
};
using WrittenTransaction = std::vector<Written>;

class Recording final : public ports::Database {
 public:
  explicit Recording(ports::Database& inner) : inner_(inner) {}

  void transact(ports::TxMode mode, const std::function<void(ports::Tx&)>& work) override;
  ports::Dialect dialect() const override { return inner_.dialect(); }
  std::string description() const override { return inner_.description(); }
  void prepare(const ports::Statement& statement) override { inner_.prepare(statement); }

  const std::vector<WrittenTransaction>& written() const { return written_; }

  struct Spent {
    std::size_t rows = 0;
    std::chrono::duration<double> time{};
  };
  // By name of the statement.
  const std::map<std::string, Spent, std::less<>>& spent() const { return spent_; }

 private:
  std::map<std::string, Spent, std::less<>> spent_;
  ports::Database& inner_;
  std::vector<WrittenTransaction> written_;
};

// Writes it all again; answers the number of parameter rows.
std::size_t replay(ports::Database& database, const std::vector<WrittenTransaction>& written);

}  // namespace tallyman::bench
