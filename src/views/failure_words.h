// What a partner's failure means to the person at the packing table, without its technical chain.
#pragma once

#include <string>
#include <string_view>

#include "adapters/book/runs.h"

namespace tallyman::views {

// One sentence for a kind of failure as runs keep it ("timeout"); empty for a word we do not know.
std::string_view failure_sentence(std::string_view failure);

// What became of a run in one or two sentences: of a partner's failure the plain one, else its own
// message.
std::string plain_message(const book::Run& run);
// The message as the run left it, where plain_message() says it differently; else empty.
std::string technical_message(const book::Run& run);

}  // namespace tallyman::views
