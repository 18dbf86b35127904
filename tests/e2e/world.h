// What a process test plays with: a sandbox in a process of its own, an order book, and the real
// program with an environment that sees nothing else of this machine.
#pragma once

#include <boost/json.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ports/database.h"
#include "ports/http.h"
#include "tests/e2e/process.h"
#include "tests/support/databases.h"

namespace tallyman::tests {

inline const std::string kProgram = TALLYMAN_PROGRAM;

using Row = std::vector<std::string>;

// An order book that nobody holds open: a look at it opens and closes it.
class Book {
 public:
  explicit Book(ports::Dialect dialect);
  const std::string& url() const { return url_; }
  std::string file() const { return url_.substr(std::string("sqlite:").size()); }
  ports::Dialect dialect() const { return dialect_; }
  // Columns must be texts (CAST(x AS TEXT)); NULL comes as "NULL".
  std::vector<Row> rows(std::string_view sql, std::size_t columns = 1) const;
  std::string one(std::string_view sql) const;  // the only value
  void script(std::string_view sql) const;
  // Every row of the tables that orders live in, in a fixed order.
  std::vector<Row> dump() const;

 private:
  std::unique_ptr<ports::Database> open() const;

  TempFolder folder_;
  ports::Dialect dialect_;
  std::string url_;
  mutable QuickClock clock_;
  mutable SteadyRandom random_;
};

struct Answer {
  int status = 0;
  ports::Headers headers;
  std::string body;
};

// One request; throws when nobody answers.
Answer ask(ports::HttpMethod method, const std::string& url, const std::string& body = {},
           const ports::Headers& headers = {});

class SandboxProcess {
 public:
  explicit SandboxProcess(const std::vector<std::string>& options);
  const std::string& url() const { return url_; }
  // SIGSTOP: whoever asks it waits, until SIGCONT.
  void signal(int number) const { process_.signal(number); }
  boost::json::object get(const std::string& path) const;
  boost::json::object post(const std::string& path, const boost::json::object& body) const;
  // A fault in force; `facts` as POST /_sandbox/faults has them. calm() ends all of them.
  void fault(const std::string& name, boost::json::object facts = {}) const;
  // The third list of orders from now on hangs so long. Pages are named by where they begin, never
  // by their number: "the third page" would strike nothing.
  void hang_in_the_middle(std::int64_t seconds) const;
  void calm() const;
  std::string known_sql() const;
  // Requests so far.
  std::int64_t requests() const;

 private:
  Process process_;
  std::string url_;
};

class World {
 public:
  // `options` go to the sandbox; it has no rate limit.
  World(ports::Dialect dialect, std::vector<std::string> options);

  const SandboxProcess& sandbox() const { return sandbox_; }
  const Book& book() const { return book_; }
  Environment& environment() { return environment_; }

  // Brings the schema and the known orders into the book.
  void prepare();
  Process start(const std::vector<std::string>& words) const;
  Ended tallyman(const std::vector<std::string>& words) const;
  // sync run --json; the document.
  boost::json::object sync() const;

 private:
  TempFolder folder_;
  SandboxProcess sandbox_;
  Book book_;
  Environment environment_;
};

// An environment in which the program finds nothing of this machine: home and sockets in `folder`.
Environment bare_environment(const std::string& folder);

}  // namespace tallyman::tests
