// Where a request really comes from: by which name we were reached, from which address, over TLS or
// not, and whether a page elsewhere had a hand in it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/people/session.h"
#include "http_server/message.h"

namespace tallyman::api {

struct DoorRules {
  // Names and addresses by which browsers may reach us besides this machine's own, in small
  // letters, without port (setting server.hosts).
  std::vector<std::string> hosts{};
  // Addresses of reverse proxies whose X-Forwarded-For and -Proto are believed.
  std::vector<std::string> proxies{};
  people::SessionRules sessions{};
};

// A page elsewhere can make a browser believe that its own name leads to this machine (DNS
// rebinding); then only the name in Host tells.
bool is_misled(const http_server::Request& request, const DoorRules& rules);

// Something that changes something, sent by a browser from a page that is not ours.
bool is_foreign(const http_server::Request& request, const DoorRules& rules);
// A browser says so itself: sent from our own page. Needed where a cookie alone speaks for a
// person.
bool is_from_our_page(const http_server::Request& request, const DoorRules& rules);

// Straight from this machine, through no proxy, under a name of this machine.
bool is_direct_and_local(const http_server::Request& request, const DoorRules& rules);

// The address of who asks; a believed proxy's word where there is one.
std::string address_of(const http_server::Request& request, const DoorRules& rules);

// The network of that address (http_server/network.h): what strangers are counted by.
std::string network_of(const http_server::Request& request, const DoorRules& rules);

// Whether a believed proxy received it over TLS.
bool is_secure(const http_server::Request& request, const DoorRules& rules);

// GET and HEAD change nothing.
bool is_reading(const http_server::Request& request);

}  // namespace tallyman::api
