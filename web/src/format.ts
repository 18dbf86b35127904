// Turns times, days, numbers and money into the words that the pages show. Pure: the moment and the
// warehouse's zone are passed in; the browser's own zone is never used.

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const formatters = new Map<string, Intl.DateTimeFormat>();

function parts(at: number, zone: string): Record<string, string> {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      weekday: "short",
      day: "numeric",
      month: "short",
      year: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
      timeZoneName: "short",
    });
    formatters.set(zone, formatter);
  }
  return Object.fromEntries(formatter.formatToParts(at).map(({ type, value }) => [type, value]));
}

// "Fri 7 Nov, 13:04 CST": the clock in the top bar.
export function clock(at: number, zone: string): string {
  const p = parts(at, zone);
  return `${p.weekday} ${p.day} ${p.month}, ${p.hour}:${p.minute} ${p.timeZoneName}`;
}

// "29 Oct 09:05", with the year when it is not the current one.
export function dateTime(iso: string, now: number, zone: string): string {
  const p = parts(Date.parse(iso), zone);
  const year = p.year === parts(now, zone).year ? "" : ` ${p.year}`;
  return `${p.day} ${p.month}${year} ${p.hour}:${p.minute}`;
}

// "13:04" on the warehouse's clock.
export function timeOfDay(iso: string, zone: string): string {
  const p = parts(Date.parse(iso), zone);
  return `${p.hour}:${p.minute}`;
}

// "13:03:11", where seconds matter.
export function timeWithSeconds(iso: string, zone: string): string {
  const p = parts(Date.parse(iso), zone);
  return `${p.hour}:${p.minute}:${p.second}`;
}

// "13:03:11" today, "29 Oct 09:05" on other days: a bare time of day must mean today.
export function stamp(iso: string, now: number, zone: string): string {
  const then = parts(Date.parse(iso), zone);
  const today = parts(now, zone);
  const same = (["day", "month", "year"] as const).every((part) => then[part] === today[part]);
  return same ? timeWithSeconds(iso, zone) : dateTime(iso, now, zone);
}

// The whole truth for a title: "Wed 29 Oct 2025, 09:05:11 CDT".
export function fullTime(iso: string, zone: string): string {
  const p = parts(Date.parse(iso), zone);
  const time = `${p.hour}:${p.minute}:${p.second} ${p.timeZoneName}`;
  return `${p.weekday} ${p.day} ${p.month} ${p.year}, ${time}`;
}

// "40 s", "12 min", "1 h 12 min", "2 d 3 h": how long something took or is old.
export function duration(ms: number): string {
  if (ms < 1000) return "0 s";
  if (ms < minute) return `${Math.floor(ms / 1000)} s`;
  if (ms < hour) return `${Math.floor(ms / minute)} min`;
  const [big, small, unit, part] =
    ms < day
      ? [Math.floor(ms / hour), Math.floor((ms % hour) / minute), "h", "min"]
      : [Math.floor(ms / day), Math.floor((ms % day) / hour), "d", "h"];
  return small === 0 ? `${big} ${unit}` : `${big} ${unit} ${small} ${part}`;
}

// Relative under 24 hours, else the date: "40 s ago", "29 Oct 09:05".
export function ago(iso: string, now: number, zone: string): string {
  const past = now - Date.parse(iso);
  if (past < 1000) return "just now";
  return past < day ? `${duration(past)} ago` : dateTime(iso, now, zone);
}

// "in 4:20" until something is due, "now" when it is.
export function until(iso: string, now: number): string {
  const seconds = Math.round((Date.parse(iso) - now) / 1000);
  if (seconds <= 0) return "now";
  if (seconds >= 3600) return `in ${duration(seconds * 1000)}`;
  return `in ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

// A run's length: tenths of a second below a minute, milliseconds where those would read 0.0.
export function took(ms: number): string {
  if (ms < 100) return `${ms} ms`;
  return ms < minute ? `${(ms / 1000).toFixed(1)} s` : duration(ms);
}

const longMonths =
  "January February March April May June July August September October November December".split(
    " ",
  );
const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

// A calendar day has no zone: "2025-10-29" is "29 Oct 2025" everywhere.
export function calendarDay(text: string): string {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)/.exec(text) ?? [];
  const name = months[Number(month) - 1];
  return name ? `${Number(date)} ${name} ${year}` : text;
}

// ("2025-11-07", "Friday") → "Friday 7 November"
export function weekdayDate(date: string, weekday: string): string {
  const [, , month, day] = /^(\d{4})-(\d\d)-(\d\d)/.exec(date) ?? [];
  const name = longMonths[Number(month) - 1];
  return name ? `${weekday} ${Number(day)} ${name}` : `${weekday} ${date}`;
}

// 1260 → "1,260", with the true minus sign.
export function count(value: number): string {
  const digits = String(Math.abs(value)).replace(/\B(?=(\d{3})+$)/g, ",");
  return value < 0 ? `−${digits}` : digits;
}

// "1 unit", "2,590 units".
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

const symbols: Record<string, string> = { USD: "$", EUR: "€", GBP: "£" };

// Whole cents, never a fraction: 861 → "$8.61".
export function money(cents: number, currency: string | null): string {
  const amount = Math.abs(cents);
  const text = `${count(Math.trunc(amount / 100))}.${String(amount % 100).padStart(2, "0")}`;
  const code = currency ?? "USD";
  const symbol = symbols[code] ?? `${code} `;
  return `${cents < 0 ? "−" : ""}${symbol}${text}`;
}

// Long all-digit tracking numbers are read aloud in fours.
export function tracking(number: string): string {
  return /^\d{16,}$/.test(number) ? number.replace(/(\d{4})(?=\d)/g, "$1 ") : number;
}
