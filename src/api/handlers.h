// One function per route; the table in routes.cpp names them.
#pragma once

#include "api/context.h"
#include "api/routes.h"

namespace tallyman::api {

http_server::Response get_bootstrap(const Context& context, const Call& call);
http_server::Response list_orders(const Context& context, const Call& call);
http_server::Response get_order(const Context& context, const Call& call);
http_server::Response get_order_why(const Context& context, const Call& call);
http_server::Response get_order_documents(const Context& context, const Call& call);
http_server::Response list_runs(const Context& context, const Call& call);
http_server::Response get_run(const Context& context, const Call& call);
http_server::Response get_sync_status(const Context& context, const Call& call);
http_server::Response start_sync(const Context& context, const Call& call);
http_server::Response get_live(const Context& context, const Call& call);
http_server::Response get_ready(const Context& context, const Call& call);
http_server::Response get_session(const Context& context, const Call& call);
http_server::Response begin_session(const Context& context, const Call& call);
http_server::Response end_session(const Context& context, const Call& call);
http_server::Response set_up_first_admin(const Context& context, const Call& call);
http_server::Response change_own_password(const Context& context, const Call& call);
http_server::Response list_users(const Context& context, const Call& call);
http_server::Response add_user(const Context& context, const Call& call);
http_server::Response change_user(const Context& context, const Call& call);
http_server::Response list_tokens(const Context& context, const Call& call);
http_server::Response add_token(const Context& context, const Call& call);
http_server::Response revoke_token(const Context& context, const Call& call);
http_server::Response list_audit(const Context& context, const Call& call);

}  // namespace tallyman::api
