// Every number says when it was read and whether it is proven complete.
import type { Schema } from "./schema";

export type Reading = Schema<"Reading">; // whether ShipStation is being read at all

export interface Proven {
  as_of: string;
  proven: boolean;
  proof: string;
  reading: Reading;
}
