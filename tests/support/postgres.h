// A real PostgreSQL for tests: one throw-away server per test program, started at first use,
// stopped at its end, reached by a socket in its own folder only.
#pragma once

#include <string>

#include <sys/types.h>

#include "tests/support/databases.h"

namespace tallyman::tests {

class PostgresServer {
 public:
  // Starts it at the first call; throws with the server's own words when it cannot.
  static PostgresServer& of_this_program();

  PostgresServer();
  ~PostgresServer();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  // A new empty UTF-8 database; answers its URL.
  std::string new_database();
  // The URL of a database of this name, existing or not.
  std::string url(const std::string& database) const;
  // Stops as fast as it safely can, cutting every connection, and starts again.
  void restart();
  void stop();
  void start();
  // Ends every other connection to `database` (a name), as an administrator would.
  void terminate_backends(const std::string& database);
  // Runs one SQL command as superuser in the database "postgres"; answers its output.
  std::string command(const std::string& sql);
  const std::string& socket_folder() const { return socket_folder_; }

 private:
  TempFolder folder_;
  std::string socket_folder_;
  pid_t server_ = 0;
  int databases_ = 0;
};

// The database name at the end of a URL made by this server.
std::string database_name(const std::string& url);

}  // namespace tallyman::tests
