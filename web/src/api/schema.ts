// The names of the program's own schemas; the types behind them are made, see tools/api/schema.mjs.
import type { components } from "../../api/schema";

export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];
