// A bounded set of connections shared by threads. A connection that failed is not given back; when
// the far side restarted, drop_idle() keeps the others from failing one by one.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "ports/database.h"

namespace tallyman::database {

template <class Connection>
class Pool {
 public:
  // `make` opens one connection or throws DbFailure.
  Pool(std::size_t size, std::function<std::unique_ptr<Connection>()> make)
      : size_(size), make_(std::move(make)) {}

  // A connection on loan; back in the pool at its end, unless discarded.
  class Loan {
   public:
    Loan(Pool& pool, std::unique_ptr<Connection> connection, std::uint64_t generation)
        : pool_(&pool), connection_(std::move(connection)), generation_(generation) {}
    ~Loan() {
      if (pool_ != nullptr) pool_->give_back(std::move(connection_), generation_);
    }
    Loan(Loan&& other) noexcept
        : pool_(std::exchange(other.pool_, nullptr)),
          connection_(std::move(other.connection_)),
          generation_(other.generation_) {}
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;
    Loan& operator=(Loan&&) = delete;

    Connection& operator*() { return *connection_; }
    Connection* operator->() { return connection_.get(); }
    void discard() { connection_.reset(); }

   private:
    friend class Pool;
    Pool* pool_;
    std::unique_ptr<Connection> connection_;
    std::uint64_t generation_;
  };

  // Waits for a free connection; throws DbFailure(timeout) when none is given back in time.
  Loan borrow() {
    std::unique_lock lock(mutex_);
    if (!freed_.wait_for(lock, kLongestWait, [&] { return on_loan_ < size_; })) {
      throw ports::DbFailure(ports::DbError::timeout,
                             "all " + std::to_string(size_) +
                                 " database connections of this program have been busy for 30 s");
    }
    ++on_loan_;
    std::unique_ptr<Connection> connection;
    if (!idle_.empty()) {
      connection = std::move(idle_.back());
      idle_.pop_back();
    }
    Loan loan(*this, std::move(connection), generation_);
    lock.unlock();
    if (loan.connection_ == nullptr) loan.connection_ = make_();
    return loan;
  }

  // Closes what is idle now, and what is on loan as soon as it comes back.
  void drop_idle() {
    std::vector<std::unique_ptr<Connection>> closing;
    std::lock_guard lock(mutex_);
    ++generation_;
    closing.swap(idle_);
  }

 private:
  static constexpr std::chrono::seconds kLongestWait{30};

  void give_back(std::unique_ptr<Connection> connection, std::uint64_t generation) {
    {
      std::lock_guard lock(mutex_);
      --on_loan_;
      if (connection != nullptr && generation == generation_)
        idle_.push_back(std::move(connection));
    }
    freed_.notify_one();
  }

  const std::size_t size_;
  const std::function<std::unique_ptr<Connection>()> make_;
  std::mutex mutex_;
  std::condition_variable freed_;
  std::size_t on_loan_ = 0;
  std::uint64_t generation_ = 0;
  std::vector<std::unique_ptr<Connection>> idle_;
};

}  // namespace tallyman::database
