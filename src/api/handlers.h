// One function per route; the table in routes.cpp names them.
#pragma once

#include <string>
#include <string_view>

#include <boost/json.hpp>

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
http_server::Response preview_sync(const Context& context, const Call& call);
http_server::Response list_jobs(const Context& context, const Call& call);
http_server::Response get_job(const Context& context, const Call& call);
http_server::Response get_job_log(const Context& context, const Call& call);
http_server::Response cancel_job(const Context& context, const Call& call);
http_server::Response retry_job(const Context& context, const Call& call);
http_server::Response list_nodes(const Context& context, const Call& call);

// The schedule of a workflow that is in force.
struct Timetable {
  std::optional<Instant> next_run;  // none: switched off, not set up, or started by a person only
  Micros interval{};                // between two runs; none: started by a person only
};
Timetable timetable_of(const Context& context, ports::Tx& tx, std::string_view workflow);

// Enqueues a run of the workflow for `who`, or finds the one that is waiting or running:
// {job_id, run_id, already_running, held_by}.
boost::json::object ask_for_run(const Context& context, std::string_view workflow,
                                const std::string& who);
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
http_server::Response list_alerts(const Context& context, const Call& call);
http_server::Response get_alert(const Context& context, const Call& call);
http_server::Response acknowledge_alert(const Context& context, const Call& call);
http_server::Response snooze_alert(const Context& context, const Call& call);
http_server::Response resolve_alert(const Context& context, const Call& call);
http_server::Response get_mail(const Context& context, const Call& call);
http_server::Response test_mail(const Context& context, const Call& call);

}  // namespace tallyman::api
