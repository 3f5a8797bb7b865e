/**
 * Data as compact JSON: every text once, in a table, and every shape of an object once. Thousands of rows share their
 * words, and a page is carried over networks and kept for years. Knows nothing of what it packs.
 */

/** A text is its number in the table; a list begins with 0, an object with the number of its shape. */
type Packed = null | boolean | number | readonly [typeof NUMBER, number] | readonly Packed[];

interface Package {
  readonly texts: readonly string[];
  readonly shapes: readonly (readonly number[])[];
  readonly data: Packed;
}

const LIST = 0;
const NUMBER = -1;

export function pack(data: unknown): string {
  const texts = new Map<string, number>();
  const shapes = new Map<string, number>();
  const textNumber = (text: string): number => numbered(texts, text);
  const packed = (value: unknown): Packed => {
    if (typeof value === 'string') return textNumber(value);
    if (typeof value === 'number') return [NUMBER, value];
    if (typeof value === 'boolean') return value;
    if (typeof value !== 'object' || value === null) return null;
    return Array.isArray(value)
      ? packedList(value)
      : packedObject(value as Readonly<Record<string, unknown>>);
  };
  const packedList = (items: readonly unknown[]): Packed => {
    const list: Packed[] = [LIST];
    for (const item of items) list.push(packed(item));
    return list;
  };
  const packedObject = (members: Readonly<Record<string, unknown>>): Packed => {
    const list: Packed[] = [LIST];
    let shape = '';
    for (const key of Object.keys(members)) {
      if (members[key] === undefined) continue;
      shape += `${shape === '' ? '' : ','}${textNumber(key)}`;
      list.push(packed(members[key]));
    }
    list[0] = numbered(shapes, shape) + 1;
    return list;
  };
  const all: Package = {
    data: packed(data),
    texts: [...texts.keys()],
    shapes: [...shapes.keys()].map((keys) => (keys === '' ? [] : keys.split(',').map(Number))),
  };
  return JSON.stringify(all);
}

function numbered(table: Map<string, number>, key: string): number {
  const known = table.get(key);
  if (known !== undefined) return known;
  table.set(key, table.size);
  return table.size - 1;
}

/** What `pack` was given; it trusts its text, which comes from `pack` alone. */
export function unpack(text: string): unknown {
  const { texts, shapes, data } = JSON.parse(text) as Package;
  const keysOf = shapes.map((keys) => keys.map((key) => texts[key] ?? ''));
  const unpacked = (value: Packed): unknown => {
    if (typeof value === 'number') return texts[value];
    if (typeof value !== 'object' || value === null) return value;
    const [shape, ...rest] = value as readonly [number, ...Packed[]];
    if (shape === NUMBER) return rest[0];
    if (shape === LIST) return rest.map(unpacked);
    const keys = keysOf[shape - 1] ?? [];
    return Object.fromEntries(keys.map((key, index) => [key, unpacked(rest[index] ?? null)]));
  };
  return unpacked(data);
}
