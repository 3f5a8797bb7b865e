/** Active or inactive: two columns that are always written together (Microsoft Learn, "Mailbox table reference", SetState). */

import { unknownCell } from './codecs.ts';
import type { Codec, Table } from './field.ts';

const STATES = {
  active: { statecode: 0, statuscode: 1 },
  inactive: { statecode: 1, statuscode: 2 },
} as const;

export function stateCodec(table: Table): Codec {
  return {
    columns: { [table]: ['statecode'] },
    decode: ({ self }) => {
      const code = self.statecode;
      if (code === STATES.active.statecode) return 'active';
      if (code === STATES.inactive.statecode) return 'inactive';
      return code === null || code === undefined ? null : unknownCell(code);
    },
    encode: (value) => {
      if (value !== 'active' && value !== 'inactive')
        throw new TypeError(`No state ${JSON.stringify(value)}`);
      return { on: 'self', columns: STATES[value] };
    },
  };
}
