// What a failed exchange means and how it is told to a person: without credentials, query values,
// addresses or parts of orders (facts/shipstation.md §2, §10).
#pragma once

#include <optional>
#include <string>

#include "domain/base/result.h"
#include "ports/http.h"
#include "ports/shipstation.h"

namespace tallyman::shipstation {

ports::CallFailure from_http(const ports::HttpFailure& failure);

// None for an answer of 200 to 299; else its kind, and the server's own words where it has any.
std::optional<ports::CallFailure> refusal(ports::HttpResponse& answer);

// A successful status with a body that wire refused because of `why`: unreadable, or throttled when
// the body only says so.
ports::CallFailure unusable(ports::HttpResponse& answer, const Problem& why);

}  // namespace tallyman::shipstation
