// What the door remembers while the program runs: how many sign in at present, and what was
// refused. Nobody who is let in or turned away may stop the workers that answer all others, also
// while somebody else holds the database's write lock.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "domain/base/time.h"
#include "ports/database.h"

namespace tallyman::api {

// A few places, taken or not at once: nobody waits for one.
class Places {
 public:
  explicit Places(int free) : free_(free) {}

  class Place {
   public:
    explicit Place(Places& of);
    ~Place();
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    explicit operator bool() const { return is_taken_; }  // false: all were taken

   private:
    Places& of_;
    bool is_taken_ = false;
  };

 private:
  std::atomic<int> free_;
};

// A request that was refused. Equal ones count as one.
struct Refused {
  std::string action;   // "session.refused", "request.refused"
  std::string who;      // "nobody", "user:ana"
  std::string subject;  // the account, or the operation that was asked for
  std::string address;
  int status = 0;
  friend auto operator<=>(const Refused&, const Refused&) = default;
};

// Refusals on their way into the audit log. Equal ones make one row an hour that says how many they
// were, and all together a limited number of rows an hour: whoever is refused cannot fill the disk.
class Refusals {
 public:
  // Every one of these makes a row of its own, as long as the hour's rows last.
  enum class Kind { each, once_an_hour };

  void note(Refused refused, Kind kind, Instant now);
  struct Row {
    Refused refused;
    std::int64_t count = 0;  // since the last row of the like
  };
  std::vector<Row> take();  // those that are due; they are forgotten here
  void put_back(std::vector<Row> rows);

 private:
  void begin_hour(Instant now);

  std::mutex mutex_;
  std::map<Refused, std::int64_t> told_;  // in this hour, and how many like it came since
  std::vector<Row> due_;
  Instant hour_;
  std::size_t rows_ = 0;     // of this hour
  std::int64_t beyond_ = 0;  // refusals that found no row in it
};

struct DoorState {
  Places sign_ins{2};  // of the server's four workers
  Places asides{1};    // what is written down beside an answer
  Refusals refusals;
};

// Writes what is due into the audit log, unless another thread is at it.
void write_refusals(ports::Database& database, DoorState& state);

}  // namespace tallyman::api
