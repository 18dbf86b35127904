// Settings that people may change, each with what is allowed and its history.
import { part, plain } from "./call";

export interface Setting {
  key: string;
  category: string;
  value: string | null;
  default: string | null;
  allowed: string;
  description: string;
  editable: boolean;
  origin: string; // "default", "database", else the file and line or the variable
  warning?: string | null; // a value that is not allowed and therefore not used
  changed_at: string | null;
  changed_by: string | null;
}

export interface SettingChange {
  at: string;
  who: string;
  old_value: string | null;
  new_value: string | null;
  reason: string | null;
}

export const settingCalls = {
  settings: () => plain<{ items: Setting[] }>("GET", "/settings"),
  settingHistory: (key: string) =>
    plain<{ items: SettingChange[] }>("GET", `/settings/${part(key)}/history`),
  putSetting: (key: string, value: string, reason: string) =>
    plain<Setting>("PUT", `/settings/${part(key)}`, reason ? { value, reason } : { value }),
  resetSetting: (key: string) => plain<Setting>("DELETE", `/settings/${part(key)}`),
};
