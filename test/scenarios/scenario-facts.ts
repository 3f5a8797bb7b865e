/** What a scenario.yaml says, and the check of its keys, so that a misspelt one is not passed over. */

import { Ajv2020 } from 'ajv/dist/2020.js';
import { switchTable } from '../../src/emulator/switches.ts';
import type { Entry } from '../world.ts';

export interface Round {
  readonly shows: string;
  /** Behind our back, before the plan: entries of the control API's edits. */
  readonly before?: readonly Entry[];
  /** Time that passes before the plan. */
  readonly wait?: string;
  /** Whose bearer token plans and applies; the organization file's first caller without one. */
  readonly token?: string;
  /** As on the command line. */
  readonly options?: Readonly<Partial<Record<'target' | 'retest' | 'rotate' | 'allow', readonly string[]>>>;
  /** Carries out the plan of an earlier round, counted from 1, instead of a new one. */
  readonly plan?: number;
  readonly only?: 'approvals';
  /** After the plan, before it is applied. */
  readonly between?: readonly Entry[];
  readonly faults?: readonly Entry[];
  /** The guards that refuse the plan: nothing is written. */
  readonly refused?: readonly string[];
  /** Every step that is not plainly applied, in the words of format-outcome.ts. */
  readonly outcomes?: Readonly<Record<string, string>>;
  /** Statuses that the service has to have answered to requests of the apply. */
  readonly seen?: readonly number[];
  /** Rows of the service in the end: how each is found, and columns that it has to `have`. */
  readonly rows?: readonly Entry[];
  /** What stays held back (`verb address`) although the round ends converged. */
  readonly held?: readonly string[];
  /** Why the round does not end converged; the next one mends it. */
  readonly unfinished?: string;
}

export interface Excluded {
  readonly values: readonly string[];
  readonly because: string;
}

export interface ScenarioFacts {
  readonly shows: string;
  /** Rows of the requirements. */
  readonly rows: readonly string[];
  /** Rows of the catalogue (`mailbox serverProfile`) without whose effect on other fields it fails: all of them. */
  readonly fields?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Values of switches under which the story is another one. */
  readonly excludes?: Readonly<Record<string, Excluded>>;
  readonly rounds: readonly Round[];
}

const TEXTS = { type: 'array', items: { type: 'string' } } as const;
const ENTRIES = { type: 'array', items: { type: 'object' } } as const;
const TEXT = { type: 'string', minLength: 1 } as const;
const TEXT_MAP = { type: 'object', additionalProperties: { type: 'string' } } as const;

const OPTIONS = {
  type: 'object',
  additionalProperties: false,
  properties: { target: TEXTS, retest: TEXTS, rotate: TEXTS, allow: TEXTS },
};

const ROUND = {
  type: 'object',
  additionalProperties: false,
  required: ['shows'],
  properties: {
    shows: TEXT,
    before: ENTRIES,
    wait: TEXT,
    token: TEXT,
    options: OPTIONS,
    plan: { type: 'integer', minimum: 1 },
    only: { const: 'approvals' },
    between: ENTRIES,
    faults: ENTRIES,
    refused: TEXTS,
    outcomes: TEXT_MAP,
    seen: { type: 'array', items: { type: 'integer' } },
    rows: ENTRIES,
    held: TEXTS,
    unfinished: TEXT,
  },
};

const EXCLUDED = {
  type: 'object',
  additionalProperties: false,
  required: ['values', 'because'],
  properties: { values: { ...TEXTS, minItems: 1 }, because: TEXT },
};

const isScenario = new Ajv2020({ allErrors: true }).compile<ScenarioFacts>({
  type: 'object',
  additionalProperties: false,
  required: ['shows', 'rows', 'rounds'],
  properties: {
    shows: TEXT,
    rows: { ...TEXTS, minItems: 1 },
    fields: TEXTS,
    env: TEXT_MAP,
    excludes: {
      type: 'object',
      propertyNames: { enum: Object.keys(switchTable) },
      additionalProperties: EXCLUDED,
    },
    rounds: { type: 'array', minItems: 1, items: ROUND },
  },
});

export function checkFacts(name: string, facts: unknown): asserts facts is ScenarioFacts {
  if (!isScenario(facts)) {
    const problems = (isScenario.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ''}`);
    throw new Error(`${name}/scenario.yaml: ${problems.join('; ')}`);
  }
  if (facts.rounds.at(-1)?.unfinished !== undefined)
    throw new Error(`${name}/scenario.yaml: the last round has to end converged`);
}
