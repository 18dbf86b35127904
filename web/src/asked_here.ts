// The jobs that were asked for in this tab: their end is news to whoever sits here, a good end of
// all others is not.
const asked = new Set<string>();

export function rememberAsked(job: number | string): void {
  asked.add(String(job));
}

export function wasAskedHere(job: unknown): boolean {
  return asked.has(String(job));
}
