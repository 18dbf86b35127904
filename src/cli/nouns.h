// One function per verb; run.cpp picks. Private to cli.
#pragma once

#include "cli/run.h"

namespace tallyman::cli {

Exit run(const SyncRun& command, Doing& doing);
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

}  // namespace tallyman::cli
