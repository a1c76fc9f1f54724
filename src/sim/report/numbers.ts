/** 1234567 as 1,234,567. */
export function group(value: number): string {
  return value >= 1e15
    ? value.toExponential(3)
    : String(Math.round(value)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** `1 schedule`, `2,000 schedules`. */
export function counted(count: number, noun: string): string {
  return `${group(count)} ${noun}${count === 1 ? '' : 's'}`;
}
