// Looks at the shop's folder every two seconds and asks for an import when its file has changed and
// stands still again. Only a hint: the schedule of xml-import looks too.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/log.h"
#include "ports/clock.h"
#include "ports/database.h"
#include "ports/drop_folder.h"
#include "ports/threads.h"

namespace tallyman::app {

class FolderWatch {
 public:
  // `wake`: there is a job. All must outlive this.
  FolderWatch(const ports::DropFolder& folder, ports::Database& database, ports::Clock& clock,
              ports::Threads& threads, Log& log, std::function<void()> wake);

 private:
  void loop(const std::stop_token& stop);
  void look();
  bool ask();  // false: the book could not take it

  const ports::DropFolder& folder_;
  ports::Database& database_;
  ports::Clock& clock_;
  Log& log_;
  std::function<void()> wake_;
  std::optional<std::string> asked_for_;   // the file as it was when an import was asked for
  std::optional<std::string> seen_;        // at the look before
  std::unique_ptr<ports::Thread> thread_;  // last: joins before the rest goes
};

}  // namespace tallyman::app
