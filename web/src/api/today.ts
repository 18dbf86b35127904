// The first page of the day: what needs a person, and the figures with their proof.
import { server, taken } from "./call";
import type { Schema } from "./schema";

export type Today = Schema<"Today">;
export type Tile = Schema<"TodayTile">;
export type Attention = Schema<"TodayAttention">;

export const todayCalls = {
  today: (signal?: AbortSignal) => taken(server.GET("/api/v1/today", { signal })),
};
