// The HTTP interface in one name; types and calls stand in the file of their subject.
import { alertCalls } from "./alerts";
import { importCalls } from "./imports";
import { jobCalls } from "./jobs";
import { orderCalls } from "./orders";
import { peopleCalls } from "./people";
import { settingCalls } from "./settings";
import { syncCalls } from "./sync";
import { systemCalls } from "./system";
import { todayCalls } from "./today";
import { workflowCalls } from "./workflows";

export * from "./alerts";
export { ApiError, type FieldError } from "./call";
export * from "./imports";
export * from "./jobs";
export * from "./orders";
export * from "./people";
export * from "./proven";
export * from "./settings";
export * from "./sync";
export * from "./system";
export * from "./today";
export * from "./workflows";

export const api = {
  ...alertCalls,
  ...importCalls,
  ...jobCalls,
  ...orderCalls,
  ...peopleCalls,
  ...settingCalls,
  ...syncCalls,
  ...systemCalls,
  ...todayCalls,
  ...workflowCalls,
};
