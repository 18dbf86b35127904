// The lines a job has written, as they come. Following means: the last line stays in view.
import { useEffect, useRef, useState } from "react";
import type { JobId, LogLine } from "../api";
import { useZone } from "../clock";
import { fullTime, plural, timeWithSeconds } from "../format";
import { useJobLog } from "../queries";
import { Problem } from "./problem";
import { Empty } from "./states";

const ranks: Record<string, number> = { info: 1, warning: 2, error: 3 };
const choices = [
  { value: 0, word: "Everything" },
  { value: 2, word: "Warnings and errors" },
  { value: 3, word: "Errors" },
];

export function atLeast(lines: LogLine[], rank: number): LogLine[] {
  return rank === 0 ? lines : lines.filter(({ level }) => (ranks[level] ?? 1) >= rank);
}

export function JobLog({ id, moving }: { id: JobId; moving: boolean }) {
  const zone = useZone();
  const [follow, setFollow] = useState(true);
  const [rank, setRank] = useState(0);
  const log = useJobLog(id, moving && follow);
  const box = useRef<HTMLOListElement>(null);
  const all = log.data?.items ?? [];
  const shown = atLeast(all, rank);
  const { refetch } = log;

  // What was written between the last question and the end.
  useEffect(() => {
    if (!moving) void refetch();
  }, [moving, refetch]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new line moves the view
  useEffect(() => {
    if (follow) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [follow, shown.length]);

  return (
    <section className="card flush" aria-labelledby="log">
      <div className="card-head">
        <h2 id="log">Log</h2>
        <span className="meta">{plural(shown.length, "line")}</span>
        <div className="push row wrap">
          <label className="field">
            <span>Show</span>
            <select value={rank} onChange={(event) => setRank(Number(event.target.value))}>
              {choices.map(({ value, word }) => (
                <option key={value} value={value}>
                  {word}
                </option>
              ))}
            </select>
          </label>
          <label className="choice">
            <input
              type="checkbox"
              checked={follow}
              onChange={(event) => setFollow(event.target.checked)}
            />
            Follow
          </label>
        </div>
      </div>
      {log.error && <Problem error={log.error} busy={log.isFetching} retry={() => log.refetch()} />}
      {log.data && shown.length === 0 && (
        <Empty>{all.length === 0 ? "Nothing was written yet." : "No line of this kind."}</Empty>
      )}
      {shown.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls, so the keys must reach it
        <ol ref={box} className="log" tabIndex={0} aria-label="Lines of the log">
          {shown.map((line) => (
            <li key={line.id} className={line.level}>
              <time dateTime={line.at} title={fullTime(line.at, zone)}>
                {timeWithSeconds(line.at, zone)}
              </time>
              <span className="log-level">{line.level}</span>
              <span className="breakable">{line.text}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
