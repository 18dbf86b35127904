// Settings that people may change, each with what is allowed and its history.
import { server, taken } from "./call";
import type { Schema } from "./schema";

export type Setting = Schema<"Setting">;
export type SettingChange = Schema<"SettingChange">;

const of = (key: string) => ({ path: { key } });

export const settingCalls = {
  settings: (signal?: AbortSignal) => taken(server.GET("/api/v1/settings", { signal })),
  settingHistory: (key: string, signal?: AbortSignal) =>
    taken(server.GET("/api/v1/settings/{key}/history", { params: of(key), signal })),
  putSetting: (key: string, value: string, reason: string) =>
    taken(
      server.PUT("/api/v1/settings/{key}", {
        params: of(key),
        body: { value, reason: reason || null },
      }),
    ),
  resetSetting: (key: string) =>
    taken(server.DELETE("/api/v1/settings/{key}", { params: of(key) })),
};
