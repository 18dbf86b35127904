#include "workflows/table.h"

#include <algorithm>
#include <array>

namespace tallyman::workflows {

namespace {

constexpr std::array kWorkflows = {
    WorkflowRow{
        .name = "shipstation-sync",
        .description = "Reads every order changed in ShipStation and keeps the order book in step",
        .effect_of_off = "New and changed orders stop coming in until it is on again.",
        .partner = "shipstation",
        .usual_schedule = "every 5 minutes"},
    WorkflowRow{
        .name = "orders-cleanup",
        .description = "Takes old finished orders out of the inbox view; nothing is deleted",
        .effect_of_off = "The inbox view keeps growing.",
        .partner = "",
        .usual_schedule = "daily at 03:10"},
    WorkflowRow{.name = "xml-import",
                .description = "Takes in the orders of the shop's file",
                .effect_of_off =
                    "New orders of the shop stay out, also those of files that somebody hands in.",
                .partner = "shop",
                .usual_schedule = "every 5 minutes"},
    WorkflowRow{.name = "kpi-snapshot",
                .description = "Keeps the day's numbers, one row a day and account",
                .effect_of_off = "The history of numbers has a gap for every day it is off.",
                .partner = "",
                .usual_schedule = "daily at 23:55"},
};

}  // namespace

std::span<const WorkflowRow> workflow_table() { return kWorkflows; }

const WorkflowRow* find_workflow(std::string_view name) {
  const auto* row = std::ranges::find(kWorkflows, name, &WorkflowRow::name);
  return row == kWorkflows.end() ? nullptr : row;
}

}  // namespace tallyman::workflows
