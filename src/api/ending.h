// While the program ends: what is there can still be read, nothing new is begun.
#pragma once

#include <functional>

#include "http_server/message.h"

namespace tallyman::api {

// The same handler; once `is_ending` says so, writes are answered 503 with Retry-After. Any thread
// may ask it at any time.
http_server::Handler reads_only_while(std::function<bool()> is_ending,
                                      http_server::Handler handler);

}  // namespace tallyman::api
