// Asks for an alert-check every minute. Not a workflow: it has no switch, so that nobody can turn
// off being told. Tells the log once a day where the audit log ends: whoever makes that anew cannot
// make the program's log anew.
#pragma once

#include <functional>
#include <memory>

#include "app/log.h"
#include "ports/clock.h"
#include "ports/database.h"
#include "ports/threads.h"

namespace tallyman::app {

class Housekeeping {
 public:
  // `wake`: there is a job. All must outlive this.
  Housekeeping(ports::Database& database, ports::Clock& clock, ports::Threads& threads, Log& log,
               std::function<void()> wake);

 private:
  void loop(const std::stop_token& stop);
  void ask();
  void tell();

  ports::Database& database_;
  ports::Clock& clock_;
  Log& log_;
  std::function<void()> wake_;
  Micros next_told_;
  std::unique_ptr<ports::Thread> thread_;  // last: joins before the rest goes
};

}  // namespace tallyman::app
