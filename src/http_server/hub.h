// What all connections of one server share. Everything but the worker pool is touched by the I/O
// thread only, except where said.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>

#include "http_server/server.h"

namespace tallyman::http_server {

class Session;

struct Hub {
  Hub(Options chosen, Handler answerer)
      : options(std::move(chosen)), handler(std::move(answerer)), pool(options.limits.workers) {}

  Options options;  // not changed after construction: any thread may read
  Handler handler;
  std::unordered_set<Session*> sessions;
  std::unordered_map<std::string, std::size_t> per_peer;  // connections by address
  std::size_t streams = 0;                                // answers that go on
  std::size_t large_bodies = 0;                           // being read, or answered
  std::function<void()> on_empty;                         // called when the last session is gone
  std::atomic<bool> draining = false;  // written by the I/O thread, read by workers
  // Below the registry, because sessions held by waiting operations leave it when these die.
  boost::asio::io_context io{1};
  boost::asio::thread_pool pool;
};

}  // namespace tallyman::http_server
