// One function per verb; run.cpp picks. Private to cli.
#pragma once

#include "cli/run.h"

namespace tallyman::cli {

Exit run(const SyncRun& command, Doing& doing);
Exit preview_sync(const SyncRun& command, Doing& doing);
Exit run(const SyncStatus& command, Doing& doing);
Exit run(const SyncWatermark& command, Doing& doing);
Exit run(const Status& command, Doing& doing);
Exit run(const OrdersList& command, Doing& doing);
Exit run(const OrdersShow& command, Doing& doing);
Exit run(const OrdersWhy& command, Doing& doing);
Exit run(const JobsList& command, Doing& doing);
Exit run(const JobsShow& command, Doing& doing);
Exit run(const JobsCancel& command, Doing& doing);
Exit run(const JobsRetry& command, Doing& doing);
Exit run(const WorkflowsList& command, Doing& doing);
Exit run(const WorkflowsEnable& command, Doing& doing);
Exit run(const WorkflowsDisable& command, Doing& doing);
Exit run(const ConfigList& command, Doing& doing);
Exit run(const ConfigSet& command, Doing& doing);
Exit run(const ConfigReset& command, Doing& doing);
Exit run(const ConfigHistory& command, Doing& doing);
Exit run(const UserAdd& command, Doing& doing);
Exit run(const UserList& command, Doing& doing);
Exit run(const UserRole& command, Doing& doing);
Exit run(const UserPassword& command, Doing& doing);
Exit run(const UserDisable& command, Doing& doing);
Exit run(const UserEnable& command, Doing& doing);
Exit run(const TokenAdd& command, Doing& doing);
Exit run(const TokenList& command, Doing& doing);
Exit run(const TokenRevoke& command, Doing& doing);
Exit run(const AuditList& command, Doing& doing);
Exit run(const AuditVerify& command, Doing& doing);
Exit run(const AlertsList& command, Doing& doing);
Exit run(const AlertsShow& command, Doing& doing);
Exit run(const AlertsAck& command, Doing& doing);
Exit run(const AlertsSnooze& command, Doing& doing);
Exit run(const AlertsResolve& command, Doing& doing);
Exit run(const ImportRun& command, Doing& doing);
Exit run(const ImportStatus& command, Doing& doing);
Exit run(const BundlesList& command, Doing& doing);
Exit run(const BundlesSet& command, Doing& doing);

}  // namespace tallyman::cli
