/** All cases, in the order in which a report shows them. */

import type { ContractCase } from '../contract-case.ts';
import { BATCH_CASES } from './batches.ts';
import { METADATA_CASES } from './metadata.ts';
import { PROTOCOL_CASES } from './protocol.ts';
import { QUERY_CASES } from './queries.ts';
import { ROW_CASES } from './rows.ts';
import { WRITE_CASES } from './writes.ts';

export const CASES: readonly ContractCase[] = [
  ...PROTOCOL_CASES,
  ...ROW_CASES,
  ...QUERY_CASES,
  ...METADATA_CASES,
  ...WRITE_CASES,
  ...BATCH_CASES,
];
