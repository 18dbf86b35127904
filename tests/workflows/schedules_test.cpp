#include "workflows/schedules.h"

#include <gtest/gtest.h>

#include "adapters/book/controls.h"
#include "adapters/book/migrations.h"
#include "adapters/database/migrations.h"
#include "ports/statements.h"
#include "support/databases.h"
#include "workflows/table.h"

namespace tallyman::workflows {
namespace {

TEST(WorkflowTable, EveryWorkflowHasAScheduleThatCanBeSet) {
  for (const auto& row : workflow_table()) {
    const auto* setting = settings_table().find(settings::schedule_key(row.name));
    ASSERT_NE(setting, nullptr) << row.name;
    EXPECT_EQ(work::to_text(work::schedule_from_text(row.usual_schedule).value()), setting->usual);
  }
}

TEST(WorkflowTable, OnlyWorkOfAPartnerWithoutCredentialsIsNotSetUp) {
  const auto all = ticked_workflows([](std::string_view partner) { return partner.empty(); });
  ASSERT_EQ(all.size(), workflow_table().size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto& row = workflow_table()[i];
    EXPECT_EQ(all[i].name, row.name);
    EXPECT_EQ(all[i].is_set_up && !all[i].is_set_up(), !row.partner.empty()) << row.name;
  }
}

TEST(WorkflowTable, EveryWorkflowHasItsSwitchFromTheStart) {
  tests::FreshDatabase database(ports::Dialect::sqlite);
  database::migrate(*database, book::migrations(ports::Dialect::sqlite)).value();
  ports::transact(*database, ports::TxMode::write, add_switches);
  const auto controls = ports::transact(*database, ports::TxMode::read, book::list_controls);
  EXPECT_EQ(controls.size(), workflow_table().size());
  for (const auto& control : controls) EXPECT_TRUE(control.enabled) << control.workflow;
}

}  // namespace
}  // namespace tallyman::workflows
