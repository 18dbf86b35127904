// The sandbox's own door, `/_sandbox/…`: what people would do with the mouse, faults, the clock and
// the truth. No authentication, not counted. Used with the world's mutex held.
#pragma once

#include "http_server/message.h"
#include "sandbox/world.h"

namespace tallyman::sandbox {

class Control {
 public:
  Control(World& world, Instant now) : world_(world), now_(now) {}
  http_server::Response answer(const http_server::Request& request);

  struct Said;  // the request's body and id

 private:
  struct Route;
  static const Route kRoutes[];

  http_server::Response stats(const Said& said);
  http_server::Response help(const Said& said);
  http_server::Response truth(const Said& said);
  http_server::Response known(const Said& said);
  http_server::Response show(const Said& said);
  http_server::Response create(const Said& said);
  http_server::Response edit(const Said& said);
  http_server::Response ship(const Said& said);
  http_server::Response mark(const Said& said);
  http_server::Response hold(const Said& said);
  http_server::Response restore(const Said& said);
  http_server::Response cancel(const Said& said);
  http_server::Response remove(const Said& said);
  http_server::Response split(const Said& said);
  http_server::Response merge(const Said& said);
  http_server::Response touch(const Said& said);
  http_server::Response void_label(const Said& said);
  http_server::Response faults(const Said& said);
  http_server::Response add_fault(const Said& said);
  http_server::Response drop_fault(const Said& said);
  http_server::Response act(const Said& said);
  http_server::Response advance(const Said& said);
  http_server::Response read_clock(const Said& said);

  http_server::Response moved(std::int64_t order, const Result<void>& done);

  World& world_;
  Instant now_;
};

}  // namespace tallyman::sandbox
