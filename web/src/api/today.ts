// The first page of the day: what needs a person, and the figures with their proof.
import type { Severity } from "./alerts";
import { call } from "./call";
import type { Proven } from "./proven";
import type { RunBrief } from "./workflows";

export interface Tile extends Proven {
  key: string;
  label: string;
  value: number | null;
  unit: string | null;
  second: number | null;
  second_label: string | null;
  difference: number | null;
  because: string[];
  link: string | null;
}

export interface Attention {
  kind: string;
  title: string;
  subject: string | null;
  detail: string | null;
  since: string | null;
  severity: Severity;
  link: string | null;
}

export interface Today extends Proven {
  date: string;
  weekday: string;
  zone: string;
  cutoff: { time: string; passed: boolean; minutes_left: number | null } | null;
  tiles: Tile[];
  attention: Attention[];
  attention_total: number;
  last_sync: RunBrief | null;
}

export const todayCalls = {
  today: (signal?: AbortSignal) => call<Today>("/today", { signal }),
};
