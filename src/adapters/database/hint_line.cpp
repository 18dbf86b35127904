#include "adapters/database/hint_line.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "adapters/database/postgres.h"
#include "adapters/database/postgres_address.h"
#include "adapters/database/postgres_connection.h"
#include "domain/base/check.h"

namespace tallyman::database {

namespace {

using ports::DbError;
using ports::DbFailure;
using ports::HintEnd;

// Becomes readable once and stays so.
class Bell {
 public:
  Bell() : file_(eventfd(0, EFD_CLOEXEC)) {
    if (file_ < 0) throw DbFailure(DbError::other, "no file descriptor is left to listen with");
  }
  ~Bell() { close(file_); }
  Bell(const Bell&) = delete;
  Bell& operator=(const Bell&) = delete;

  void ring() const {
    const std::uint64_t one = 1;
    check(write(file_, &one, sizeof one) == sizeof one, "a bell can be rung");
  }
  int file() const { return file_; }

 private:
  int file_;
};

class PostgresHintLine final : public ports::HintLine {
 public:
  PostgresHintLine(PostgresOptions options, const HintLineOptions& hints)
      : options_(std::move(options)), channel_(hints.channel), own_id_(hints.own_id) {}

  void open() override {
    connection_.reset();
    auto address = postgres_address(options_.url);
    if (!address) throw DbFailure(DbError::refused, address.error().what);
    auto connection = std::make_unique<PostgresConnection>(*address, options_);
    connection->listen(channel_);
    connection_ = std::move(connection);
  }

  HintEnd wait(const std::stop_token& stop) override {
    if (connection_ == nullptr) {
      throw DbFailure(DbError::connection_lost, "PostgreSQL: there is no connection to listen on");
    }
    const Bell bell;
    const std::stop_callback ring(stop, [&bell] { bell.ring(); });
    while (!stop.stop_requested()) {
      const auto told = connection_->wait_for_notifications(bell.file());
      if (std::ranges::any_of(told, [&](const auto& who) { return who != own_id_; })) {
        return HintEnd::heard;
      }
    }
    return HintEnd::stopped;
  }

 private:
  const PostgresOptions options_;
  const std::string channel_;
  const std::string own_id_;
  std::unique_ptr<PostgresConnection> connection_;
};

}  // namespace

std::unique_ptr<ports::HintLine> make_hint_line(std::string_view url, OpenDeps deps,
                                                HintLineOptions options) {
  if (!is_postgres(url)) return nullptr;
  return std::make_unique<PostgresHintLine>(
      PostgresOptions{.url = std::string(url), .clock = deps.clock, .random = deps.random},
      options);
}

}  // namespace tallyman::database
