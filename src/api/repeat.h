// A POST that is sent again with its Idempotency-Key has no second effect: it is answered from what
// was stored, for a day.
#pragma once

#include "api/context.h"
#include "api/routes.h"

namespace tallyman::api {

// The route's answer, or the one it gave before. Throws Refusal 422 for a key that was used for
// something else, 409 while the first request runs (or when its program was killed and nobody can
// tell what became of it).
http_server::Response answer_once(const Context& context, const Route& route, const Call& call);

}  // namespace tallyman::api
