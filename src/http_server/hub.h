// What all connections of one server share. Everything but the worker pool is touched by the I/O
// thread only, except where said.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>

#include "http_server/server.h"

namespace tallyman::http_server {

class Session;

inline constexpr std::string_view kSocketPeer = "unix";

struct Hub {
  Hub(Options chosen, Handler answerer)
      : options(std::move(chosen)), handler(std::move(answerer)), pool(options.limits.workers) {}

  Options options;  // not changed after construction: any thread may read
  Handler handler;
  std::unordered_set<Session*> sessions;
  using Counts = std::unordered_map<std::string, std::size_t>;
  Counts per_peer;                 // connections by network
  std::size_t streams = 0;         // answers that go on
  std::size_t large_bodies = 0;    // being read, or answered
  Counts streams_of;               // by whose they are
  std::size_t body_bytes = 0;      // of requests that have not been answered, without small ones
  Counts body_bytes_of;            // by network
  std::function<void()> on_empty;  // called when the last session is gone
  std::atomic<bool> draining = false;  // written by the I/O thread, read by workers

  static std::size_t count(const Counts& counts, const std::string& of) {
    const auto found = counts.find(of);
    return found == counts.end() ? 0 : found->second;
  }
  static void subtract(Counts& counts, const std::string& of, std::size_t amount) {
    const auto found = counts.find(of);
    found->second -= amount;
    if (found->second == 0) counts.erase(found);
  }

  // Below the registry, because sessions held by waiting operations leave it when these die.
  boost::asio::io_context io{1};
  boost::asio::thread_pool pool;
};

}  // namespace tallyman::http_server
