/** What a scenario.yaml says, and the check of its keys, so that a misspelt one is not passed over. */

import { Ajv2020 } from 'ajv/dist/2020.js';
import { switchTable } from '../../src/emulator/switches.ts';
import type { Entry } from '../world.ts';

export interface Round {
  readonly shows: string;
  /** The environment that is looked at and applied to, where there are several. */
  readonly environment?: string;
  /** The file of the folder that is `mailboxctl.yaml` from this round on. */
  readonly config?: string;
  /** Errors of that configuration (`code address`): it is refused as a whole, and nothing else happens in the round. */
  readonly errors?: readonly string[];
  /** What is told beside them, in the same words. */
  readonly warnings?: readonly string[];
  /** Rules of the configuration without which the round fails: all of them. */
  readonly rules?: readonly string[];
  /** Behind our back, before the plan: entries of the control API's edits. */
  readonly before?: readonly Entry[];
  /** Time that passes before the plan. */
  readonly wait?: string;
  /** Whose bearer token plans and applies; the organization file's first caller without one. */
  readonly token?: string;
  /** What drift finds before the plan: `class[/subclass] address [field]`. */
  readonly drift?: readonly string[];
  /** What the doctor finds before the plan besides that all is well: `level id: what`. */
  readonly doctor?: readonly string[];
  /** As on the command line. */
  readonly options?: Readonly<Partial<Record<'target' | 'retest' | 'rotate' | 'allow', readonly string[]>>>;
  /** Carries out the plan of an earlier round, counted from 1, instead of a new one. */
  readonly plan?: number;
  readonly only?: 'approvals';
  /** After the plan, before it is applied. */
  readonly between?: readonly Entry[];
  readonly faults?: readonly Entry[];
  /** Errors of the plan (`code address`), which only the environment shows: nothing is written. */
  readonly stopped?: readonly string[];
  /** The guards that refuse the plan: nothing is written. */
  readonly refused?: readonly string[];
  /** The line of the journal (`event step`) with which the run is killed; its outcomes are not told then. */
  readonly killedAt?: string;
  /** Every step that is not plainly applied, in the words of format-outcome.ts. */
  readonly outcomes?: Readonly<Record<string, string>>;
  /** Statuses that the service has to have answered to requests of the apply. */
  readonly seen?: readonly number[];
  /** Rows of the service in the end: how each is found, and columns that it has to `have`. */
  readonly rows?: readonly Entry[];
  /** Tables of which no row with these columns is left. */
  readonly gone?: readonly Entry[];
  /** What `status` says of mailboxes in the end, by resource address: the members that matter. */
  readonly status?: Readonly<Record<string, Entry>>;
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
  /** The acceptance story that it tells, where it tells one. */
  readonly story?: string;
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
    environment: TEXT,
    config: TEXT,
    errors: TEXTS,
    warnings: TEXTS,
    rules: TEXTS,
    before: ENTRIES,
    wait: TEXT,
    token: TEXT,
    drift: TEXTS,
    doctor: TEXTS,
    options: OPTIONS,
    plan: { type: 'integer', minimum: 1 },
    only: { const: 'approvals' },
    between: ENTRIES,
    faults: ENTRIES,
    stopped: TEXTS,
    refused: TEXTS,
    killedAt: TEXT,
    outcomes: TEXT_MAP,
    seen: { type: 'array', items: { type: 'integer' } },
    rows: ENTRIES,
    gone: ENTRIES,
    status: { type: 'object', additionalProperties: { type: 'object' } },
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
    story: TEXT,
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
  if (facts.rounds.some(({ errors, config }) => errors !== undefined && config === undefined))
    throw new Error(`${name}/scenario.yaml: errors are those of a configuration that the round names`);
  if (facts.rounds.some(({ errors, warnings, rules }) => errors === undefined && (warnings ?? rules)))
    throw new Error(`${name}/scenario.yaml: warnings and rules belong to a configuration that is refused`);
  if (facts.rounds.at(-1)?.unfinished !== undefined)
    throw new Error(`${name}/scenario.yaml: the last round has to end converged`);
}

/** Whether a round makes a plan of its own. */
export function isPlanning({ plan, errors }: Round): boolean {
  return plan === undefined && errors === undefined;
}
