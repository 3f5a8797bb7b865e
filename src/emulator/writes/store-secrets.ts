/** Written secrets become hashes and flags before a row is stored. */

import type { Row } from '../odata/table.ts';
import { isSecret, storeSecret } from '../secrets.ts';

export function storeSecrets(written: Row): Row {
  let row: Row = {};
  for (const [column, cell] of Object.entries(written)) {
    row = isSecret(column) ? { ...row, ...storeSecret(column, cell) } : { ...row, [column]: cell };
  }
  return row;
}
