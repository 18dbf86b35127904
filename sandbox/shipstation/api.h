// ShipStation's V1 endpoints over an Account: one request in, status and JSON out. Authentication,
// the rate window and faults of the transport are the World's (facts/shipstation.md §4).
#pragma once

#include <string>

#include "http_server/message.h"
#include "sandbox/faults.h"
#include "sandbox/people.h"
#include "sandbox/shipstation/account.h"
#include "sandbox/shipstation/behaviour.h"
#include "sandbox/shipstation/params.h"

namespace tallyman::sandbox {

struct Reply {
  int status = 200;
  std::string body;
};

// What an endpoint may touch.
struct Desk {
  Account& account;
  Faults& faults;
  People& people;
  const Behaviour& behaviour;
  Instant now;
};

Reply answer_api(Desk& desk, const http_server::Request& request);

// Lower case, without a trailing slash: "/orders/createorder".
std::string plain_path(std::string_view path);

// The endpoints, by name; `id` is the number in the path.
Reply list_orders(Desk& desk, const http_server::Request& request);
Reply show_order(Desk& desk, std::int64_t id);
Reply list_shipments(Desk& desk, const http_server::Request& request);
Reply list_fulfilments(Desk& desk, const http_server::Request& request);
Reply create_order(Desk& desk, const http_server::Request& request);
Reply create_orders(Desk& desk, const http_server::Request& request);
Reply hold_until(Desk& desk, const http_server::Request& request);
Reply restore_from_hold(Desk& desk, const http_server::Request& request);
Reply mark_as_shipped(Desk& desk, const http_server::Request& request);
Reply delete_order(Desk& desk, std::int64_t id);

}  // namespace tallyman::sandbox
