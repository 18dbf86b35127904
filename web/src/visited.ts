// The list that an order was opened from: where to put the focus on the way back, and what lies
// before and after it.
let numbers: string[] = [];
let address = "/orders";
let opened: string | null = null;

export function rememberList(at: string, orderNumbers: string[]): void {
  address = at;
  numbers = orderNumbers;
}

export function rememberOpened(number: string): void {
  opened = number;
}

export function lastOpened(): string | null {
  return opened;
}

export function listAddress(): string {
  return address;
}

// The order so many places after this one in that list, or none.
export function neighbour(number: string, step: 1 | -1): string | null {
  const place = numbers.indexOf(number);
  return place < 0 ? null : (numbers[place + step] ?? null);
}
