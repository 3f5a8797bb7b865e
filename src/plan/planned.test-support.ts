/** Plans a small world for unit tests; see model/world.test-support.ts. */

import { createHash } from 'node:crypto';
import { CATALOGUE } from '../catalogue/catalogue.ts';
import type { Config } from '../model/config.ts';
import type { Plan } from '../model/plan.generated.ts';
import type { History } from '../model/ports.ts';
import type { Observed, Snapshot } from '../model/snapshot.ts';
import { config, snapshot } from '../model/world.test-support.ts';
import { resolve } from '../resolve/resolve.ts';
import { NO_OPTIONS, type PlanContext, type PlanOptions } from './context.ts';
import { makePlan } from './make-plan.ts';

export interface Case {
  readonly config?: Partial<Config>;
  readonly resources?: readonly Observed[];
  readonly seen?: Partial<Snapshot>;
  readonly options?: Partial<PlanOptions>;
  readonly history?: Partial<History>;
}

export function contextOf(given: Case): PlanContext {
  const declared = config(given.config);
  const seen = snapshot(given.resources ?? [], given.seen);
  return {
    catalogue: CATALOGUE,
    environment: declared.environment,
    snapshot: seen,
    desired: resolve(declared, seen),
    history: { lastWrite: new Map(), untestedWrite: new Map(), openTests: new Map(), ...given.history },
    options: { ...NO_OPTIONS, ...given.options },
    diagnostics: [],
    newRecord: (address) => ({ role: 'self', table: 'made', id: `new ${address}`, new: true }),
    digest: (pieces) =>
      `sha256:${createHash('sha256')
        .update([...pieces].join(''))
        .digest('hex')}`,
    configDigest: `sha256:${'0'.repeat(64)}`,
    toolVersion: '0.0.0',
    timestamp: '2026-11-21T09:00:04Z',
  };
}

export function planOf(given: Case): Plan {
  return makePlan(contextOf(given));
}

/** One line a step: what it is, and what it waits for. */
export function linesOf({ steps }: Plan): readonly string[] {
  return steps.map(({ id, after, hand_off, only_if_lost }) =>
    [
      id,
      hand_off === true ? '(hand-off)' : '',
      only_if_lost === true ? '(if lost)' : '',
      after.length > 0 ? `< ${after.join(', ')}` : '',
    ]
      .filter((part) => part !== '')
      .join(' '),
  );
}

/** One line for each thing held back. */
export function heldOf({ held_back }: Plan): readonly string[] {
  return held_back.map(({ address, verb, reason, until }) =>
    [`${address}#${verb}`, reason, ...(until === undefined ? [] : [until])].join(' '),
  );
}
