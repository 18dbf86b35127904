// Which process this is, in a form that another process on the same machine can check: a lease
// whose holder was killed need not wait for its expiry.
#pragma once

#include <string>
#include <string_view>

namespace tallyman::timing {

// "web1, process 4711 #<boot>.<namespace>.<pid>.<start>": the part before " #" is for people, the
// rest tells this process from every other one that ever had its number.
std::string process_identity();

// True only when that process certainly does not run any more. An identity of another machine, of
// another container or in another form answers false: there only expiry decides.
bool is_gone(std::string_view identity);

}  // namespace tallyman::timing
