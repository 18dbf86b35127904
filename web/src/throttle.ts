// Lets an act through at once and then at most once in so many milliseconds for each name; the last
// call of a burst is never lost.
export function throttleByName(ms: number, act: (name: string) => void) {
  const waiting = new Map<string, { timer: ReturnType<typeof setTimeout>; again: boolean }>();

  const rest = (name: string) => {
    const entry = waiting.get(name);
    if (!entry?.again) {
      waiting.delete(name);
      return;
    }
    act(name);
    waiting.set(name, { timer: setTimeout(() => rest(name), ms), again: false });
  };

  return {
    call(name: string) {
      const entry = waiting.get(name);
      if (entry) entry.again = true;
      else {
        act(name);
        waiting.set(name, { timer: setTimeout(() => rest(name), ms), again: false });
      }
    },
    stop() {
      for (const { timer } of waiting.values()) clearTimeout(timer);
      waiting.clear();
    },
  };
}
