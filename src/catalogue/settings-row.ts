/** How rows of the environment's e-mail settings are made: one switch, count or text of the organization each. */

import { booleanColumn, invertedColumn, numberColumn } from './codecs.ts';
import { type Codec, type FieldRow, field, type YamlKey } from './field.ts';

const TABLE = 'organization';

interface Setting {
  readonly key: string;
  readonly title: string;
  readonly summary: string;
}

interface Switch extends Setting {
  readonly column: string;
  /** What a new environment has; left out where it was never set. */
  readonly default?: boolean;
  /** The column says the opposite. */
  readonly inverted?: boolean;
}

export function settingRow(
  { key, title, summary }: Setting,
  yaml: Omit<YamlKey, 'summary'>,
  codec: Codec,
): FieldRow {
  return field({ kind: 'settings', key, title, verb: 'edit', yaml: { summary, ...yaml }, codec });
}

export function switchRow(setting: Switch): FieldRow {
  const codec = setting.inverted ? invertedColumn : booleanColumn;
  const usual = setting.default === undefined ? {} : { default: setting.default };
  const yaml = { schema: { type: 'boolean' }, example: !(setting.default ?? false), ...usual };
  return settingRow(setting, yaml, codec(TABLE, setting.column));
}

interface Count extends Setting {
  readonly column: string;
  readonly range: readonly [number, number];
  readonly example: number;
  readonly default?: number;
  readonly unit: string;
}

export function countRow({ range: [minimum, maximum], example, unit, column, ...setting }: Count): FieldRow {
  const usual = setting.default === undefined ? {} : { default: setting.default };
  const yaml = { schema: { type: 'integer', minimum, maximum }, example, unit, ...usual };
  return settingRow(setting, yaml, numberColumn(TABLE, column));
}
