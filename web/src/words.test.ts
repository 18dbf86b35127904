import { describe, expect, it } from "vitest";
import type { Attention, LogLine, Run, Session } from "./api";
import { atLeast } from "./components/job_log";
import { groupErrors } from "./components/run_errors";
import { mayDo, roleOf } from "./may";
import { isAt, mainPages } from "./navigation";
import { whoAsked } from "./pages/audit";
import { tokenOf } from "./pages/setup";
import { signInAddress, targetOf } from "./pages/sign_in";
import { mostUrgent } from "./pages/today";
import { pageLetters, shortcutsAt } from "./shortcuts";
import { attemptLook, jobWord, whoWord } from "./words";

describe("names that people know", () => {
  it.each([
    ["shipstation-sync", "ShipStation sync"],
    ["kpi-snapshot", "Figures of the day"],
    ["mail.test", "Mail test"],
    ["xml_import", "XML import"],
  ])("%s is %s", (kind, word) => expect(jobWord(kind)).toBe(word));

  it.each([
    ["user:ana", "ana"],
    ["system", "Tallyman itself"],
    ["tallyman", "Tallyman itself"],
    ["plain SQL", "a script in the database"],
    ["token:till", "till (token)"],
    ["local:root", "root (this machine)"],
    ["local:open", "this machine"],
    ["schedule", "the schedule"],
    ["a person", "a person"],
    [null, "–"],
  ])("%s is %s", (who, word) => expect(whoWord(who)).toBe(word));

  it("shows an outcome it does not know as it came", () => {
    expect(attemptLook("lease_lost")).toMatchObject({ tone: "warn", word: "lease lost" });
    expect(attemptLook("done").word).toBe("Done");
    expect(attemptLook(null).word).toBe("Running");
  });
});

describe("who may do what", () => {
  const session = (more: Partial<Session>): Session => ({
    user: null,
    csrf: null,
    setup_needed: false,
    open: false,
    secure: false,
    idle_minutes: 30,
    expires_at: null,
    ...more,
  });
  it("each role may what the one before it may", () => {
    expect(mayDo("operator", "viewer")).toBe(true);
    expect(mayDo("operator", "operator")).toBe(true);
    expect(mayDo("operator", "admin")).toBe(false);
    expect(mayDo(null, "viewer")).toBe(false);
  });
  it("where nobody needs to sign in everything is allowed; else only with a role", () => {
    expect(roleOf(session({ open: true }))).toBe("admin");
    expect(roleOf(session({}))).toBeNull();
    const user = { name: "ben", role: "operator", kind: "user" } as const;
    expect(roleOf(session({ user, open: true }))).toBe("operator");
  });
});

describe("addresses", () => {
  it("lead back to where the sign-in was asked for, and only inside", () => {
    expect(targetOf(signInAddress("/jobs?state=dead").split("?")[1] ?? "")).toBe(
      "/jobs?state=dead",
    );
    for (const outside of ["//example.com", "https://example.com", "/\\example.com", ""]) {
      expect(targetOf(`to=${encodeURIComponent(outside)}`)).toBe("/");
    }
  });
  it("take the setup token from behind the # or from the query", () => {
    expect(tokenOf({ hash: "#token=abc", search: "" })).toBe("abc");
    expect(tokenOf({ hash: "", search: "?token=abc" })).toBe("abc");
    expect(tokenOf({ hash: "", search: "" })).toBe("");
  });
  it("name whom the audit log is asked about", () => {
    expect(["ana", "user:ana", "nobody", "plain SQL", ""].map(whoAsked)).toEqual([
      "user:ana",
      "user:ana",
      "nobody",
      "plain SQL",
      "",
    ]);
  });
  it("belong to one page of the navigation", () => {
    expect(isAt("/orders/696285", "/orders")).toBe(true);
    expect(isAt("/ordersx", "/orders")).toBe(false);
    expect(isAt("/jobs", "/")).toBe(false);
  });
  it("have a letter each, and the letters differ", () => {
    expect(mainPages.every(({ letter }) => letter)).toBe(true);
    expect(new Set(pageLetters.map(({ letter }) => letter)).size).toBe(pageLetters.length);
  });
});

describe("the help", () => {
  const helpAt = (path: string) => shortcutsAt(path).here.map(({ does }) => does);
  it("lists the keys of the page it is opened on", () => {
    expect(helpAt("/jobs")).toContain("Open the job");
    expect(helpAt("/orders/696285")).toContain("Copy the order number");
    expect(helpAt("/alerts")).toEqual([]);
  });
});

const attention = (severity: Attention["severity"], title: string): Attention => ({
  kind: "alert",
  title,
  subject: "",
  detail: "",
  technical: null,
  since: "2025-11-07T19:00:00Z",
  severity,
  link: "/alerts",
});

describe("what stands above everything else today", () => {
  it("is the first of the most severe", () => {
    const list = [
      attention("warning", "a"),
      attention("critical", "b"),
      attention("critical", "c"),
    ];
    expect(mostUrgent(list)?.title).toBe("b");
  });
  it("is nothing when there are only notes", () => {
    expect(mostUrgent([attention("info", "a")])).toBeNull();
    expect(mostUrgent([])).toBeNull();
  });
});

describe("the errors of the last runs", () => {
  const run = (outcome: Run["outcome"], message: string, started_at: string) =>
    ({ outcome, message, started_at }) as Run;
  it("stand together by their message, with the latest time", () => {
    const groups = groupErrors([
      run("failed", "timeout", "2025-11-07T19:00:00Z"),
      run("ok", "fine", "2025-11-07T18:55:00Z"),
      run("failed", "timeout", "2025-11-07T18:50:00Z"),
      run("partial", "one in quarantine", "2025-11-07T18:45:00Z"),
    ]);
    expect(groups).toMatchObject([
      { message: "timeout", times: 2, lastAt: "2025-11-07T19:00:00Z" },
      { message: "one in quarantine", times: 1 },
    ]);
  });
});

describe("the log by level", () => {
  const line = (id: number, level: LogLine["level"]) => ({ id, level, at: "", text: "" });
  const lines = [line(1, "info"), line(2, "warning"), line(3, "error"), line(4, "info")];
  it("keeps what is at least as grave", () => {
    expect(atLeast(lines, 0)).toHaveLength(4);
    expect(atLeast(lines, 2).map(({ id }) => id)).toEqual([2, 3]);
    expect(atLeast(lines, 3).map(({ id }) => id)).toEqual([3]);
  });
});
