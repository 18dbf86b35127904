#include "tests/support/postgres.h"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <stop_token>
#include <vector>

#include <libpq-fe.h>
#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "adapters/time/system_clock.h"
#include "tests/support/program.h"

namespace tallyman::tests {

namespace {

namespace fs = std::filesystem;

// The newest PostgreSQL that is installed as Debian does it.
fs::path programs() {
  std::vector<fs::path> found;
  std::error_code ignored;
  for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", ignored)) {
    if (fs::exists(version.path() / "bin/initdb")) found.push_back(version.path() / "bin");
  }
  if (found.empty()) throw std::runtime_error("PostgreSQL's server is not installed");
  return *std::max_element(found.begin(), found.end());
}

// PostgreSQL refuses to run as root; and it must die with us, even when we are killed.
std::vector<std::string> as_server_user(std::vector<std::string> command) {
  std::vector<std::string> words = {"setpriv", "--pdeathsig", "SIGQUIT"};
  if (::geteuid() == 0) {
    words.insert(words.end(), {"--reuid=postgres", "--regid=postgres", "--clear-groups"});
  }
  words.insert(words.end(), command.begin(), command.end());
  return words;
}

std::string contents(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

PostgresServer& PostgresServer::of_this_program() {
  static PostgresServer server;
  return server;
}

PostgresServer::PostgresServer() : socket_folder_(folder_.path().string()) {
  remove_folders_of_killed_tests();
  if (::geteuid() == 0) {
    const passwd* user = ::getpwnam("postgres");
    if (user == nullptr) throw std::runtime_error("there is no user postgres");
    if (::chown(socket_folder_.c_str(), user->pw_uid, user->pw_gid) != 0) {
      throw std::runtime_error("cannot give " + socket_folder_ + " to user postgres");
    }
  }
  const fs::path data = folder_.path() / "data";
  const fs::path log = folder_.path() / "initdb.log";
  const pid_t child = launch(
      as_server_user({(programs() / "initdb").string(), "-D", data.string(), "-U", "tallyman",
                      "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"}),
      log);
  if (wait_for_end(child) != 0) throw std::runtime_error("initdb failed:\n" + contents(log));
  std::ofstream(data / "postgresql.conf", std::ios::app)
      << "listen_addresses = ''\nunix_socket_directories = '" << socket_folder_
      << "'\nfsync = off\nfull_page_writes = off\nshared_buffers = 32MB\nmax_connections = 60\n";
  const std::string trusted = contents(data / "pg_hba.conf");
  std::ofstream(data / "pg_hba.conf") << "local all guarded scram-sha-256\n" << trusted;
  start();
}

PostgresServer::~PostgresServer() { stop(); }

void PostgresServer::start() {
  const fs::path log = folder_.path() / "server.log";
  server_ = launch(as_server_user({(programs() / "postgres").string(), "-D",
                                   (folder_.path() / "data").string()}),
                   log);
  timing::SystemClock clock;
  for (int tries = 0; tries < 1'500; ++tries) {
    if (PQping(url("postgres").c_str()) == PQPING_OK) return;
    if (::waitpid(server_, nullptr, WNOHANG) != 0) break;
    clock.wait(Micros{20'000}, std::stop_token{}, nullptr);
  }
  throw std::runtime_error("PostgreSQL did not start:\n" + contents(log));
}

void PostgresServer::stop() {
  if (server_ <= 0) return;
  ::kill(server_, SIGINT);  // "fast": connections are cut, data is written
  wait_for_end(server_);
  server_ = 0;
}

void PostgresServer::restart() {
  stop();
  start();
}

std::string PostgresServer::url(const std::string& database) const {
  return "postgresql://tallyman@/" + database + "?host=" + socket_folder_;
}

std::string PostgresServer::command(const std::string& sql) {
  const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(
      PQconnectdb(url("postgres").c_str()), &PQfinish);
  const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(connection.get(), sql.c_str()),
                                                             &PQclear);
  const auto status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
    throw std::runtime_error(PQerrorMessage(connection.get()));
  }
  return PQntuples(result.get()) > 0 ? PQgetvalue(result.get(), 0, 0) : "";
}

std::string PostgresServer::new_database() {
  const std::string name = "test_" + std::to_string(++databases_);
  command("CREATE DATABASE " + name);
  return url(name);
}

void PostgresServer::terminate_backends(const std::string& database) {
  command("SELECT COUNT(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity WHERE datname = '" +
          database + "' AND pid <> pg_backend_pid()");
}

std::string database_name(const std::string& url) {
  const auto start = url.find("@/") + 2;
  return url.substr(start, url.find('?') - start);
}

}  // namespace tallyman::tests
