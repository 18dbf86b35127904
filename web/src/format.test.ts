import { describe, expect, it } from "vitest";
import {
  ago,
  calendarDay,
  clock,
  count,
  dateTime,
  duration,
  fullTime,
  money,
  plural,
  stamp,
  took,
  tracking,
  until,
  weekdayDate,
} from "./format";

const zone = "America/Chicago";
const now = Date.parse("2025-11-07T19:04:00Z");

describe("times are the warehouse's, whatever the browser thinks", () => {
  it("shows the clock with its zone, on both sides of the autumn change", () => {
    expect(clock(now, zone)).toBe("Fri 7 Nov, 13:04 CST");
    expect(clock(Date.parse("2025-11-02T06:30:00Z"), zone)).toBe("Sun 2 Nov, 01:30 CDT");
    expect(clock(Date.parse("2025-11-02T07:30:00Z"), zone)).toBe("Sun 2 Nov, 01:30 CST");
  });
  it("writes midnight as 00, never 24", () => {
    expect(clock(Date.parse("2025-11-07T06:00:00Z"), zone)).toBe("Fri 7 Nov, 00:00 CST");
  });
  it("names the year only when it is another one", () => {
    expect(dateTime("2025-10-29T14:05:11Z", now, zone)).toBe("29 Oct 09:05");
    expect(dateTime("2024-10-29T14:05:11Z", now, zone)).toBe("29 Oct 2024 09:05");
  });
  it("gives the whole truth for a title", () => {
    expect(fullTime("2025-10-29T14:05:11Z", zone)).toBe("Wed 29 Oct 2025, 09:05:11 CDT");
  });
  it("shows seconds for today only", () => {
    expect(stamp("2025-11-07T19:03:11Z", now, zone)).toBe("13:03:11");
    expect(stamp("2025-11-07T05:59:59Z", now, zone)).toBe("6 Nov 23:59");
  });
});

describe("ages", () => {
  it.each([
    ["2025-11-07T19:03:20Z", "40 s ago"],
    ["2025-11-07T18:52:00Z", "12 min ago"],
    ["2025-11-07T17:52:00Z", "1 h 12 min ago"],
    ["2025-11-06T19:04:01Z", "23 h 59 min ago"],
    ["2025-11-06T19:04:00Z", "6 Nov 13:04"],
    ["2025-11-07T19:04:05Z", "just now"],
  ])("%s is %s", (at, words) => expect(ago(at, now, zone)).toBe(words));

  it("counts down to the next run", () => {
    expect(until("2025-11-07T19:08:20Z", now)).toBe("in 4:20");
    expect(until("2025-11-07T19:04:05Z", now)).toBe("in 0:05");
    expect(until("2025-11-07T19:03:00Z", now)).toBe("now");
    expect(until("2025-11-07T21:04:00Z", now)).toBe("in 2 h");
  });
  it("says how long a run took", () => {
    expect(took(16)).toBe("16 ms");
    expect(took(6_240)).toBe("6.2 s");
    expect(took(150_000)).toBe("2 min");
  });
  it("says long spans in days", () => expect(duration(51 * 3_600_000)).toBe("2 d 3 h"));
});

describe("numbers", () => {
  it("separates thousands and uses the true minus", () => {
    expect(count(1260)).toBe("1,260");
    expect(count(-1234567)).toBe("−1,234,567");
    expect(plural(1, "unit")).toBe("1 unit");
    expect(plural(2590, "unit")).toBe("2,590 units");
  });
  it("keeps every cent", () => {
    expect(money(861, "USD")).toBe("$8.61");
    expect(money(5, "USD")).toBe("$0.05");
    expect(money(-123456, "CAD")).toBe("−CAD 1,234.56");
    expect(money(481237, null)).toBe("$4,812.37");
  });
  it("does not move a calendar day through zones", () => {
    expect(calendarDay("2025-10-29")).toBe("29 Oct 2025");
    expect(calendarDay("unknown")).toBe("unknown");
  });
  it("writes the day of the week with its date", () => {
    expect(weekdayDate("2025-11-07", "Friday")).toBe("Friday 7 November");
    expect(weekdayDate("soon", "Friday")).toBe("Friday soon");
  });
  it("groups only long all-digit tracking numbers", () => {
    expect(tracking("9400111899561234567890")).toBe("9400 1118 9956 1234 5678 90");
    expect(tracking("1Z999AA10123456784")).toBe("1Z999AA10123456784");
    expect(tracking("794699990046")).toBe("794699990046");
  });
});
