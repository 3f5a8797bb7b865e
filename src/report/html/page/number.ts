/** Numbers for people, without what the other reports need for their columns. */

export function number(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/gu, ',');
}
