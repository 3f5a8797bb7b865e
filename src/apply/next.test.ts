import { describe, expect, it } from 'vitest';
import type { PlanStep } from '../model/plan.generated.ts';
import {
  APPROVED,
  at,
  behind,
  busy,
  conflict,
  DONE,
  done,
  type Line,
  lost,
  PENDING,
  play,
  reading,
  refused,
  rowTime,
  SETTINGS,
  step,
  TESTED,
  TESTING,
  throttled,
  UNDONE,
  UNTESTED,
} from './apply.test-support.ts';
import type { ApplySettings } from './apply-state.ts';
import { initialState } from './apply-state.ts';
import { NO_HISTORY } from './history.ts';
import { next } from './next.ts';

interface Script {
  readonly name: string;
  readonly steps: readonly PlanStep[];
  readonly settings?: Partial<ApplySettings>;
  readonly lines: readonly Line[];
  readonly ends: Readonly<Record<string, string>>;
}

const twiceDone: readonly Line[] = [
  [1, { answer: ['a#edit', done] }],
  [1, { answer: ['b#edit', done] }],
];

const LANES: readonly Script[] = [
  {
    name: 'ends at once when there is nothing to do',
    steps: [],
    lines: [[0, 'started', 'finish']],
    ends: {},
  },
  {
    name: 'reads all at once and fills the lanes, no more',
    steps: [step('a#edit'), step('b#edit'), step('c#edit')],
    lines: [
      [0, 'started', 'read a b c'],
      [1, { read: { a: UNDONE, b: UNDONE, c: UNDONE } }, 'send a#edit', 'send b#edit'],
      [2, { answer: ['b#edit', done] }, 'send c#edit'],
      [3, { answer: ['a#edit', done] }],
      [4, { answer: ['c#edit', done] }, 'finish'],
    ],
    ends: { 'a#edit': 'applied', 'b#edit': 'applied', 'c#edit': 'applied' },
  },
  {
    name: 'does not send what is so already',
    steps: [step('a#edit'), step('b#edit')],
    lines: [
      [0, 'started', 'read a b'],
      [1, { read: { a: DONE, b: UNDONE } }, 'send b#edit'],
      [2, { answer: ['b#edit', done] }, 'finish'],
    ],
    ends: { 'a#edit': 'applied already', 'b#edit': 'applied' },
  },
  {
    name: 'reads a step when those before it are applied, not earlier',
    steps: [step('a#edit'), behind('b#edit', 'a#edit')],
    lines: [
      [0, 'started', 'read a'],
      [1, { read: { a: UNDONE } }, 'send a#edit'],
      [2, { answer: ['a#edit', done] }, 'read b'],
      [3, { read: { b: DONE } }, 'finish'],
    ],
    ends: { 'a#edit': 'applied', 'b#edit': 'applied already' },
  },
  {
    name: 'counts steps of another run as applied',
    steps: [behind('b#edit', 'a#edit')],
    lines: [
      [0, 'started', 'read b'],
      [1, { read: { b: DONE } }, 'finish'],
    ],
    ends: { 'b#edit': 'applied already' },
  },
  {
    name: 'sends two steps of one resource one after the other, each on a reading of its own',
    steps: [step('a#activate'), step('a#edit')],
    lines: [
      [0, 'started', 'read a'],
      [1, { read: { a: { state: 'inactive', x: 0 } } }, 'send a#activate'],
      [2, { answer: ['a#activate', done] }, 'read a'],
      [3, { read: { a: { state: 'active', x: 0 } } }, 'send a#edit'],
      [4, { answer: ['a#edit', done] }, 'finish'],
    ],
    ends: { 'a#activate': 'applied', 'a#edit': 'applied' },
  },
  {
    name: 'skips what stands behind a failure, all the way, and nothing else',
    steps: [step('a#edit'), behind('b#edit', 'a#edit'), behind('b#test', 'b#edit'), step('c#edit')],
    lines: [
      [0, 'started', 'read a c'],
      [1, { read: { a: { x: 7 }, c: UNDONE } }, 'send c#edit'],
      [2, { answer: ['c#edit', done] }, 'finish'],
    ],
    ends: {
      'a#edit': 'failed stale',
      'b#edit': 'skipped behind',
      'b#test': 'skipped behind',
      'c#edit': 'applied',
    },
  },
  {
    name: 'skips what stands behind an unknown one',
    steps: [step('a#test'), behind('b#edit', 'a#test')],
    lines: [
      [0, 'started', 'read a'],
      [1, { read: { a: UNTESTED } }, 'send a#test'],
      [2, { answer: ['a#test', done] }, 'wait 5002'],
      [5002, 'woke', 'read a'],
      [5003, { read: { a: UNTESTED } }, 'wait 10003'],
      [10003, 'woke', 'read a'],
      [10004, { read: { a: UNTESTED } }, 'finish'],
    ],
    ends: { 'a#test': 'unknown test-vanished', 'b#edit': 'skipped behind' },
  },
];

const ANSWERS: readonly Script[] = [
  {
    name: 'a refusal fails that step alone',
    steps: [step('a#edit'), step('b#edit')],
    lines: [
      [0, 'started', 'read a b'],
      [1, { read: { a: UNDONE, b: UNDONE } }, 'send a#edit', 'send b#edit'],
      [2, { answer: ['a#edit', refused] }],
      [3, { answer: ['b#edit', done] }, 'finish'],
    ],
    ends: { 'a#edit': 'failed refused', 'b#edit': 'applied' },
  },
  {
    name: 'a conflict is read and compared again, five times in all',
    steps: [step('a#edit')],
    lines: [
      [0, 'started', 'read a'],
      ...[1, 2, 3, 4].flatMap((round): readonly Line[] => [
        [round, { read: { a: UNDONE } }, 'send a#edit'],
        [round, { answer: ['a#edit', conflict] }, 'read a'],
      ]),
      [5, { read: { a: UNDONE } }, 'send a#edit'],
      [5, { answer: ['a#edit', conflict] }, 'finish'],
    ],
    ends: { 'a#edit': 'failed contended' },
  },
  {
    name: 'after a conflict somebody else’s value is stale',
    steps: [step('a#edit')],
    lines: [
      [0, 'started', 'read a'],
      [1, { read: { a: UNDONE } }, 'send a#edit'],
      [2, { answer: ['a#edit', conflict] }, 'read a'],
      [3, { read: { a: { x: 9 } } }, 'finish'],
    ],
    ends: { 'a#edit': 'failed stale' },
  },
  {
    name: 'a lost edit that arrived is applied, and not for having been so',
    steps: [step('a#edit')],
    lines: [
      [0, 'started', 'read a'],
      [1, { read: { a: UNDONE } }, 'send a#edit'],
      [2, { answer: ['a#edit', lost] }, 'read a'],
      [3, { read: { a: DONE } }, 'finish'],
    ],
    ends: { 'a#edit': 'applied' },
  },
  {
    name: 'a lost edit that did not arrive is sent again, after a reading',
    steps: [step('a#edit')],
    lines: [
      [0, 'started', 'read a'],
      [1, { read: { a: UNDONE } }, 'send a#edit'],
      [2, { answer: ['a#edit', lost] }, 'read a'],
      [3, { read: { a: UNDONE } }, 'send a#edit'],
      [4, { answer: ['a#edit', done] }, 'finish'],
    ],
    ends: { 'a#edit': 'applied' },
  },
  ...(
    [
      ['arrived', DONE, 'applied'],
      ['did not arrive', UNDONE, 'failed no-answer'],
    ] as const
  ).map(([what, row, ended]) => ({
    name: `an edit that is lost five times is read with growing pauses, and at last, when it ${what}`,
    steps: [step('a#edit')],
    lines: [
      [0, 'started', 'read a'],
      [0, { read: { a: UNDONE } }, 'send a#edit'],
      [0, { answer: ['a#edit', lost] }, 'read a'],
      ...[0, 1_000, 3_000, 7_000].flatMap((now): readonly Line[] => [
        [now, { read: { a: UNDONE } }, 'send a#edit'],
        [now, { answer: ['a#edit', lost] }, `wait ${2 * now + 1_000}`],
        [2 * now + 1_000, 'woke', 'read a'],
      ]),
      [15_000, { read: { a: row } }, 'finish'],
    ] satisfies readonly Line[],
    ends: { 'a#edit': ended },
  })),
  {
    name: 'a lost edit that cannot be read any more is unknown',
    steps: [step('a#edit')],
    lines: [
      [0, 'started', 'read a'],
      [0, { read: { a: UNDONE } }, 'send a#edit'],
      [0, { answer: ['a#edit', lost] }, 'read a'],
      [0, 'unreadable', 'wait 3000'],
      [3_000, 'woke', 'read a'],
      [3_000, 'unreadable', 'wait 9000'],
      [9_000, 'woke', 'read a'],
      [9_000, 'unreadable', 'finish'],
    ],
    ends: { 'a#edit': 'unknown unreadable' },
  },
  {
    name: 'a lost creation that arrived is applied',
    steps: [step('a#create')],
    lines: [
      [0, 'started', 'read a'],
      [1, { read: { a: null } }, 'send a#create'],
      [2, { answer: ['a#create', lost] }, 'read a'],
      [3, { read: { a: { x: 1, port: 995 } } }, 'finish'],
    ],
    ends: { 'a#create': 'applied' },
  },
  {
    name: 'a lost deletion that arrived is applied',
    steps: [step('a#delete')],
    lines: [
      [0, 'started', 'read a'],
      [1, { read: { a: DONE } }, 'send a#delete'],
      [2, { answer: ['a#delete', lost] }, 'read a'],
      [3, { read: { a: null } }, 'finish'],
    ],
    ends: { 'a#delete': 'applied' },
  },
  {
    name: 'a deletion is read back, and one that deleted nothing fails alone',
    steps: [step('a#delete'), step('b#delete')],
    lines: [
      [0, 'started', 'read a b'],
      [0, { read: { a: DONE, b: DONE } }, 'send a#delete', 'send b#delete'],
      [0, { answer: ['a#delete', done] }, 'read a'],
      [0, { answer: ['b#delete', done] }],
      [0, { read: { a: null } }, 'read b'],
      [0, { read: { b: DONE } }, 'wait 5000'],
      [5_000, 'woke', 'read b'],
      [5_000, { read: { b: DONE } }, 'wait 12500'],
      [12_500, 'woke', 'read b'],
      [12_500, { read: { b: DONE } }, 'finish'],
    ],
    ends: { 'a#delete': 'applied', 'b#delete': 'failed silent-refusal' },
  },
  {
    name: 'a deletion that is refused fails alone, with what is behind it',
    steps: [step('a#delete'), step('b#delete')],
    lines: [
      [0, 'started', 'read a b'],
      [0, { read: { a: DONE, b: DONE } }, 'send a#delete', 'send b#delete'],
      [0, { answer: ['a#delete', refused] }],
      [0, { answer: ['b#delete', done] }, 'read b'],
      [0, { read: { b: null } }, 'finish'],
    ],
    ends: { 'a#delete': 'failed refused', 'b#delete': 'applied' },
  },
  {
    name: 'a lost approval that arrived is applied',
    steps: [step('a#approve')],
    lines: [
      [0, 'started', 'read a'],
      [1, { read: { a: PENDING } }, 'send a#approve'],
      [2, { answer: ['a#approve', lost] }, 'read a'],
      [3, { read: { a: APPROVED } }, 'finish'],
    ],
    ends: { 'a#approve': 'applied' },
  },
  {
    name: 'a lost test request that arrived is awaited, not sent again',
    steps: [step('a#test')],
    lines: [
      [0, 'started', 'read a'],
      [1, { read: { a: UNTESTED } }, 'send a#test'],
      [2, { answer: ['a#test', lost] }, 'read a'],
      [3, { read: { a: TESTING } }, 'wait 5003'],
      [5003, 'woke', 'read a'],
      [5004, { read: { a: TESTED } }, 'finish'],
    ],
    ends: { 'a#test': 'applied' },
  },
  {
    name: 'a lost test request that ended already has its result',
    steps: [step('a#test')],
    lines: [
      [0, 'started', 'read a'],
      [1, { read: { a: UNTESTED } }, 'send a#test'],
      [2, { answer: ['a#test', lost] }, 'read a'],
      [3, { read: { a: TESTED } }, 'finish'],
    ],
    ends: { 'a#test': 'applied' },
  },
  {
    name: 'a lost test request is looked for with growing pauses, and sent again after three minutes',
    steps: [step('a#test')],
    lines: [
      [0, 'started', 'read a'],
      [0, { read: { a: UNTESTED } }, 'send a#test'],
      [0, { answer: ['a#test', lost] }, 'read a'],
      [0, { read: { a: UNTESTED } }, 'wait 5000'],
      [5_000, 'woke', 'read a'],
      [5_000, { read: { a: UNTESTED } }, 'wait 12500'],
      // The transport gives a request up after 130 s.
      [131_000, 'woke', 'read a'],
      [131_000, { read: { a: UNTESTED } }, 'wait 142250'],
      [179_999, 'woke', 'read a'],
      [179_999, { read: { a: UNTESTED } }, 'wait 180000'],
      [180_000, 'woke', 'read a'],
      [180_000, { read: { a: UNTESTED } }, 'send a#test'],
    ],
    ends: { 'a#test': 'open' },
  },
  {
    name: 'the service’s word that a test is under way is believed longer each time, and five times',
    steps: [step('a#edit')],
    lines: [
      [0, 'started', 'read a'],
      [0, { read: { a: UNDONE } }, 'send a#edit'],
      [0, { answer: ['a#edit', busy] }, 'wait 10000'],
      [10_000, 'woke', 'read a'],
      [10_000, { read: { a: UNDONE } }, 'send a#edit'],
      [10_000, { answer: ['a#edit', busy] }, 'wait 30000'],
      [30_000, 'woke', 'read a'],
      [30_000, { read: { a: UNDONE } }, 'send a#edit'],
      [30_000, { answer: ['a#edit', busy] }, 'wait 70000'],
      [70_000, 'woke', 'read a'],
      [70_000, { read: { a: UNDONE } }, 'send a#edit'],
      [70_000, { answer: ['a#edit', busy] }, 'wait 150000'],
      [150_000, 'woke', 'read a'],
      [150_000, { read: { a: UNDONE } }, 'send a#edit'],
      [150_000, { answer: ['a#edit', busy] }, 'finish'],
    ],
    ends: { 'a#edit': 'failed test-under-way' },
  },
  {
    name: 'one lane that is throttled pauses all, and costs no attempt; afterwards not all begin at once',
    steps: [step('a#edit'), step('b#edit'), step('c#edit')],
    lines: [
      [0, 'started', 'read a b c'],
      [0, { read: { a: UNDONE, b: UNDONE, c: UNDONE } }, 'send a#edit', 'send b#edit'],
      [10, { answer: ['a#edit', throttled] }, 'read a', 'wait 3010'],
      [20, { answer: ['b#edit', done] }],
      [30, { read: { a: UNDONE } }],
      [3010, 'woke', 'send a#edit', 'wait 3310'],
      [3310, 'woke'],
      [3400, { answer: ['a#edit', done] }, 'send c#edit'],
    ],
    ends: { 'a#edit': 'applied', 'b#edit': 'applied', 'c#edit': 'open' },
  },
  {
    name: 'a service that asks for pauses for an hour and does nothing is given up; what was sent is not',
    steps: [step('a#edit'), step('b#test'), behind('c#edit', 'a#edit')],
    lines: [
      [0, 'started', 'read a b'],
      [0, { read: { a: UNDONE, b: UNTESTED } }, 'send a#edit', 'send b#test'],
      [5, { answer: ['b#test', done] }],
      [10, { answer: ['a#edit', { kind: 'throttled', retryAfterMs: 3_600_001 }] }, 'wait 5005'],
    ],
    ends: { 'a#edit': 'failed throttled', 'b#test': 'open', 'c#edit': 'skipped behind' },
  },
];

const PAUSES: readonly Script[] = [
  {
    name: 'one that a reading is asked for holds what is to be sent; afterwards half of the lanes begin, then the others',
    steps: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((address) => step(`${address}#edit`)),
    settings: { lanes: { start: 4, most: 4 } },
    lines: [
      [0, 'started', 'read a b c d e f g h'],
      [
        0,
        { read: Object.fromEntries([...'abcdefgh'].map((address) => [address, UNDONE])) },
        'send a#edit',
        'send b#edit c#edit',
        'send d#edit',
        'send e#edit',
      ],
      [10, { paused: 3_000 }, 'wait 3000'],
      [20, { answer: ['a#edit', done] }],
      [
        20,
        {
          answers: [
            ['b#edit', done],
            ['c#edit', done],
          ],
        },
      ],
      [20, { answer: ['d#edit', done] }],
      [20, { answer: ['e#edit', done] }],
      [3_000, 'woke', 'send f#edit', 'send g#edit', 'wait 3300'],
      [3_300, 'woke', 'send h#edit'],
    ],
    ends: {
      ...Object.fromEntries([...'abcde'].map((address) => [`${address}#edit`, 'applied'])),
      ...Object.fromEntries([...'fgh'].map((address) => [`${address}#edit`, 'open'])),
    },
  },
  {
    name: 'the longer of two holds, in whatever order they are asked for',
    steps: [step('a#edit'), step('b#edit')],
    settings: { lanes: { start: 1, most: 1 } },
    lines: [
      [0, 'started', 'read a b'],
      [0, { read: { a: UNDONE, b: UNDONE } }, 'send a#edit'],
      [10, { paused: 9_000 }, 'wait 9000'],
      [20, { paused: 3_000 }],
      [30, { answer: ['a#edit', throttled] }, 'read a'],
      [40, { read: { a: UNDONE } }],
      [9_000, 'woke', 'send a#edit', 'wait 9300'],
    ],
    ends: { 'a#edit': 'open', 'b#edit': 'open' },
  },
];

const READ_BACK: readonly Script[] = [
  {
    name: 'an approval is read back at once',
    steps: [step('a#approve')],
    lines: [
      [0, 'started', 'read a'],
      [1, { read: { a: PENDING } }, 'send a#approve'],
      [2, { answer: ['a#approve', done] }, 'read a'],
      [3, { read: { a: APPROVED } }, 'finish'],
    ],
    ends: { 'a#approve': 'applied' },
  },
  {
    name: 'an approval that shows late is looked for three times',
    steps: [step('a#approve')],
    lines: [
      [0, 'started', 'read a'],
      [0, { read: { a: PENDING } }, 'send a#approve'],
      [0, { answer: ['a#approve', done] }, 'read a'],
      [0, { read: { a: PENDING } }, 'wait 5000'],
      [5_000, 'woke', 'read a'],
      [5_000, { read: { a: PENDING } }, 'wait 12500'],
      [12_500, 'woke', 'read a'],
      [12_500, { read: { a: APPROVED } }, 'finish'],
    ],
    ends: { 'a#approve': 'applied' },
  },
  {
    name: 'an approval on the owner alone goes to a person',
    steps: [step('a#approve')],
    lines: [
      [0, 'started', 'read a'],
      [0, { read: { a: PENDING } }, 'send a#approve'],
      [0, { answer: ['a#approve', done] }, 'read a'],
      [0, { read: { a: { ...PENDING, approved: 'approved-on-owner' } } }, 'wait 5000'],
      [5_000, 'woke', 'read a'],
      [5_000, { read: { a: { ...PENDING, approved: 'approved-on-owner' } } }, 'wait 12500'],
      [12_500, 'woke', 'read a'],
      [12_500, { read: { a: { ...PENDING, approved: 'approved-on-owner' } } }, 'finish'],
    ],
    ends: { 'a#approve': 'handed-off owner-approved-mailbox-not' },
  },
  {
    name: 'a changed address is read back, ignoring case; its silent refusal hands off no approval',
    steps: [step('a#readdress'), step('b#readdress'), step('c#approve')],
    settings: { lanes: { start: 3, most: 3 } },
    lines: [
      [0, 'started', 'read a b c'],
      [
        0,
        { read: { a: { emailAddress: 'old@c' }, b: { emailAddress: 'old@c' }, c: PENDING } },
        'send a#readdress',
        'send b#readdress',
        'send c#approve',
      ],
      [0, { answer: ['a#readdress', done] }, 'read a'],
      [0, { answer: ['b#readdress', done] }],
      [0, { read: { a: { emailAddress: 'A@C' } } }, 'read b'],
      [0, { read: { b: { emailAddress: 'old@c' } } }],
      [5_000, 'woke', 'read b'],
      [5_000, { read: { b: { emailAddress: 'old@c' } } }],
      [12_500, 'woke', 'read b'],
      [12_500, { read: { b: { emailAddress: 'old@c' } } }],
      [12_500, { answer: ['c#approve', conflict] }, 'read c'],
      [12_500, { read: { c: PENDING } }, 'send c#approve'],
    ],
    ends: { 'a#readdress': 'applied', 'b#readdress': 'failed silent-refusal', 'c#approve': 'open' },
  },
];

const silent = (address: string, others: readonly string[] = []): readonly Line[] => [
  [0, { answer: [`${address}#approve`, done] }, `read ${address}`],
  [0, { read: { [address]: PENDING } }, 'wait 5000'],
  [5_000, 'woke', `read ${address}`],
  [5_000, { read: { [address]: PENDING } }, 'wait 12500'],
  [12_500, 'woke', `read ${address}`],
  [12_500, { read: { [address]: PENDING } }, ...others],
];

const APPROVALS: readonly Script[] = [
  {
    name: 'an application user tries one; refused in silence, the rest goes to a person, and the edits go on',
    steps: [step('a#approve'), step('b#approve'), step('c#approve'), step('d#edit')],
    lines: [
      [0, 'started', 'read a d'],
      [0, { read: { a: PENDING, d: DONE } }, 'send a#approve'],
      ...silent('a', ['finish']),
    ],
    ends: {
      'a#approve': 'failed silent-refusal',
      'b#approve': 'handed-off refused-before',
      'c#approve': 'handed-off refused-before',
      'd#edit': 'applied already',
    },
  },
  {
    name: 'one that works opens the way for all',
    steps: [step('a#approve'), step('b#approve'), step('c#approve')],
    lines: [
      [0, 'started', 'read a'],
      [0, { read: { a: PENDING } }, 'send a#approve'],
      [0, { answer: ['a#approve', done] }, 'read a'],
      [0, { read: { a: APPROVED } }, 'read b c'],
      [0, { read: { b: PENDING, c: PENDING } }, 'send b#approve', 'send c#approve'],
    ],
    ends: { 'a#approve': 'applied', 'b#approve': 'open', 'c#approve': 'open' },
  },
  {
    name: 'one that was so already proves nothing',
    steps: [step('a#approve'), step('b#approve'), step('c#approve')],
    lines: [
      [0, 'started', 'read a'],
      [0, { read: { a: APPROVED } }, 'read b'],
      [0, { read: { b: PENDING } }, 'send b#approve'],
    ],
    ends: { 'a#approve': 'applied already', 'b#approve': 'open', 'c#approve': 'open' },
  },
  {
    name: 'a person may be refused three times',
    steps: [step('a#approve'), step('b#approve'), step('c#approve'), step('d#approve')],
    settings: { refusalsUntilHandOff: 3, lanes: { start: 9, most: 9 } },
    lines: [
      [0, 'started', 'read a b c'],
      [
        0,
        { read: { a: PENDING, b: PENDING, c: PENDING } },
        'send a#approve',
        'send b#approve',
        'send c#approve',
      ],
      [0, { answer: ['a#approve', refused] }],
      [0, { answer: ['b#approve', refused] }],
      [0, { answer: ['c#approve', refused] }, 'finish'],
    ],
    ends: {
      'a#approve': 'failed refused',
      'b#approve': 'failed refused',
      'c#approve': 'failed refused',
      'd#approve': 'handed-off refused-before',
    },
  },
];

const TESTS: readonly Script[] = [
  {
    name: 'a test is requested, and awaited with growing pauses',
    steps: [step('a#test')],
    lines: [
      [0, 'started', 'read a'],
      [0, { read: { a: UNTESTED } }, 'send a#test'],
      [0, { answer: ['a#test', done] }, 'wait 5000'],
      [5_000, 'woke', 'read a'],
      [5_000, { read: { a: TESTING } }, 'wait 10000'],
      [10_000, 'woke', 'read a'],
      [10_000, { read: { a: TESTING } }, 'wait 17500'],
      [17_500, 'woke', 'read a'],
      [17_500, { read: { a: TESTED } }, 'finish'],
    ],
    ends: { 'a#test': 'applied' },
  },
  {
    name: 'a test that is under way already is awaited, and not requested',
    steps: [step('a#test')],
    lines: [
      [0, 'started', 'read a'],
      [0, { read: { a: TESTING } }, 'wait 5000'],
      [5_000, 'woke', 'read a'],
      [5_000, { read: { a: TESTED } }, 'finish'],
    ],
    ends: { 'a#test': 'applied' },
  },
  {
    name: 'an edit waits for a test that is under way',
    steps: [step('a#edit')],
    lines: [
      [0, 'started', 'read a'],
      [0, { read: { a: { ...UNDONE, ...TESTING } } }, 'wait 5000'],
      [5_000, 'woke', 'read a'],
      [5_000, { read: { a: { ...UNDONE, ...TESTED } } }, 'send a#edit'],
      [5_000, { answer: ['a#edit', done] }, 'finish'],
    ],
    ends: { 'a#edit': 'applied' },
  },
  {
    name: 'steps of one resource that wait for its test are not read for together: the first one changes it',
    steps: [step('a#edit'), step('a#deactivate')],
    lines: [
      [0, 'started', 'read a'],
      [0, { read: { a: { ...UNDONE, ...TESTING, state: 'active' } } }, 'read a'],
      [0, { read: { a: { ...UNDONE, ...TESTING, state: 'active' } } }, 'wait 5000'],
      [5_000, 'woke', 'read a'],
      [5_000, { read: { a: { ...UNDONE, ...TESTED, state: 'active' } } }, 'send a#edit'],
      [5_100, { answer: ['a#edit', done] }, 'read a'],
      [5_200, { read: { a: { ...DONE, ...TESTED, state: 'active' } } }, 'send a#deactivate'],
    ],
    ends: { 'a#edit': 'applied', 'a#deactivate': 'open' },
  },
  {
    name: 'an edit waits no longer than a test may take',
    steps: [step('a#edit')],
    lines: [
      [0, 'started', 'read a'],
      [0, { read: { a: { ...UNDONE, ...TESTING } } }, 'wait 5000'],
      [60_000, 'woke', 'read a'],
      [60_000, { read: { a: { ...UNDONE, ...TESTING } } }, 'finish'],
    ],
    ends: { 'a#edit': 'failed test-under-way' },
  },
  {
    name: 'a test that does not end in time is unknown',
    steps: [step('a#test')],
    lines: [
      [0, 'started', 'read a'],
      [0, { read: { a: UNTESTED } }, 'send a#test'],
      [0, { answer: ['a#test', done] }, 'wait 5000'],
      [60_000, 'woke', 'read a'],
      [60_000, { read: { a: TESTING } }, 'finish'],
    ],
    ends: { 'a#test': 'unknown test-timeout' },
  },
  {
    name: 'a flag that is seen again starts the count of vanished looks anew',
    steps: [step('a#test')],
    lines: [
      [0, 'started', 'read a'],
      [0, { read: { a: UNTESTED } }, 'send a#test'],
      [0, { answer: ['a#test', done] }, 'wait 5000'],
      [5_000, 'woke', 'read a'],
      [5_000, { read: { a: UNTESTED } }, 'wait 10000'],
      [10_000, 'woke', 'read a'],
      [10_000, { read: { a: TESTING } }, 'wait 17500'],
      [17_500, 'woke', 'read a'],
      [17_500, { read: { a: UNTESTED } }, 'wait 28750'],
    ],
    ends: { 'a#test': 'open' },
  },
  {
    name: 'an earlier request of ours that may still arrive is waited for',
    steps: [step('a#test')],
    settings: { history: { ...NO_HISTORY, openTests: new Map([['a', at(5)]]) } },
    lines: [
      [0, 'started', 'read a'],
      [0, { read: { a: UNTESTED } }, 'wait 5000'],
      [5_000, 'woke', 'read a'],
      [5_000, { read: { a: TESTING } }, 'wait 10000'],
      [10_000, 'woke', 'read a'],
      [10_000, { read: { a: TESTED } }, 'finish'],
    ],
    ends: { 'a#test': 'applied' },
  },
  {
    name: 'all running tests are asked for with one request',
    steps: [step('a#test'), step('b#test')],
    lines: [
      [0, 'started', 'read a b'],
      [0, { read: { a: UNTESTED, b: UNTESTED } }, 'send a#test', 'send b#test'],
      [100, { answer: ['a#test', done] }],
      [1_900, { answer: ['b#test', done] }, 'wait 5100'],
      [5_100, 'woke', 'read a b'],
    ],
    ends: { 'a#test': 'open', 'b#test': 'open' },
  },
  {
    name: 'a reading that began before a request says nothing of its test',
    steps: [step('a#test'), step('b#edit'), behind('a#deactivate', 'b#edit')],
    lines: [
      [0, 'started', 'read a b'],
      [0, { read: { a: UNTESTED, b: UNDONE } }, 'send a#test', 'send b#edit'],
      [1, { answer: ['b#edit', done] }],
      [2, { answer: ['a#test', done] }, 'read a'],
      [3, { read: { a: { ...UNTESTED, state: 'inactive' } } }, 'wait 5002'],
    ],
    ends: { 'a#test': 'open', 'b#edit': 'applied', 'a#deactivate': 'applied already' },
  },
];

const ONCE_MORE: readonly Script[] = [
  {
    name: 'a test that was under way and is cleared without an end is not taken for the one before',
    steps: [step('a#test')],
    lines: [
      [0, 'started', 'read a'],
      [0, { read: { a: TESTING } }, 'wait 5000'],
      [5_000, 'woke', 'read a'],
      [5_000, { read: { a: UNTESTED } }, 'wait 10000'],
      [10_000, 'woke', 'read a'],
      [10_000, { read: { a: UNTESTED } }, 'finish'],
    ],
    ends: { 'a#test': 'unknown test-vanished' },
  },
  {
    name: 'an approval that was sent is read back although another was refused',
    steps: [step('a#approve'), step('b#approve'), step('c#approve')],
    lines: [
      [0, 'started', 'read a'],
      [0, { read: { a: PENDING } }, 'send a#approve'],
      [0, { answer: ['a#approve', done] }, 'read a'],
      [0, { read: { a: APPROVED } }, 'read b c'],
      [0, { read: { b: PENDING, c: PENDING } }, 'send b#approve', 'send c#approve'],
      [0, { answer: ['c#approve', done] }, 'read c'],
      [0, { answer: ['b#approve', refused] }],
      [0, { read: { c: APPROVED } }, 'finish'],
    ],
    ends: { 'a#approve': 'applied', 'b#approve': 'failed refused', 'c#approve': 'applied' },
  },
  {
    name: 'pauses of the service are borne as often as it asks for them',
    steps: [step('a#edit')],
    lines: [
      [0, 'started', 'read a'],
      [0, { read: { a: UNDONE } }, 'send a#edit'],
      ...[0, 3_000, 6_000, 9_000, 12_000, 15_000].flatMap((now): readonly Line[] => [
        [now, { answer: ['a#edit', throttled] }, 'read a'],
        [now, { read: { a: UNDONE } }, `wait ${now + 3_000}`],
        [now + 3_000, 'woke', 'send a#edit'],
      ]),
      [18_000, { answer: ['a#edit', conflict] }, 'read a'],
    ],
    ends: { 'a#edit': 'open' },
  },
];

const STOPS: readonly Script[] = [
  {
    name: 'Ctrl-C before anything begins skips all',
    steps: [step('a#edit'), behind('b#edit', 'a#edit')],
    lines: [[0, 'interrupted', 'finish']],
    ends: { 'a#edit': 'skipped interrupted', 'b#edit': 'skipped behind' },
  },
  {
    name: 'Ctrl-C while reading does not wait for the reading',
    steps: [step('a#edit')],
    lines: [
      [0, 'started', 'read a'],
      [1, 'interrupted', 'finish'],
    ],
    ends: { 'a#edit': 'skipped interrupted' },
  },
  {
    name: 'Ctrl-C while sending waits for the answers and begins nothing',
    steps: [step('a#edit'), step('b#edit'), step('c#edit')],
    lines: [
      [0, 'started', 'read a b c'],
      [0, { read: { a: UNDONE, b: UNDONE, c: UNDONE } }, 'send a#edit', 'send b#edit'],
      [1, 'interrupted', 'wait 10001'],
      ...twiceDone.slice(0, 1),
      [2, { answer: ['b#edit', lost] }, 'finish'],
    ],
    ends: { 'a#edit': 'applied', 'b#edit': 'unknown interrupted', 'c#edit': 'skipped interrupted' },
  },
  {
    name: 'Ctrl-C while an approval is read back awaits that reading',
    steps: [step('a#approve')],
    lines: [
      [0, 'started', 'read a'],
      [0, { read: { a: PENDING } }, 'send a#approve'],
      [0, { answer: ['a#approve', done] }, 'read a'],
      [1, 'interrupted', 'wait 10001'],
      [2, { read: { a: APPROVED } }, 'finish'],
    ],
    ends: { 'a#approve': 'applied' },
  },
  {
    name: 'Ctrl-C while an approval is read back reads no second time',
    steps: [step('a#approve')],
    lines: [
      [0, 'started', 'read a'],
      [0, { read: { a: PENDING } }, 'send a#approve'],
      [0, { answer: ['a#approve', done] }, 'read a'],
      [1, 'interrupted', 'wait 10001'],
      [2, { read: { a: PENDING } }, 'finish'],
    ],
    ends: { 'a#approve': 'unknown interrupted' },
  },
  {
    name: 'Ctrl-C while an approval is read back waits for that reading for ten seconds',
    steps: [step('a#approve'), step('b#edit')],
    settings: { lanes: { start: 1, most: 1 } },
    lines: [
      [0, 'started', 'read a b'],
      [0, { read: { a: PENDING, b: UNDONE } }, 'send a#approve'],
      [0, { answer: ['a#approve', done] }, 'read a', 'send b#edit'],
      [1, 'interrupted', 'wait 10001'],
      [9_000, { answer: ['b#edit', done] }],
      [10_001, 'woke', 'finish'],
    ],
    ends: { 'a#approve': 'unknown interrupted', 'b#edit': 'applied' },
  },
  {
    name: 'Ctrl-C while a write hangs waits for its answer for ten seconds',
    steps: [step('a#edit'), behind('b#edit', 'a#edit'), step('c#test')],
    lines: [
      [0, 'started', 'read a c'],
      [0, { read: { a: UNDONE, c: UNTESTED } }, 'send a#edit', 'send c#test'],
      [1, 'interrupted', 'wait 10001'],
      [10_001, 'woke', 'finish'],
      [130_000, { answer: ['a#edit', lost] }],
    ],
    ends: {
      'a#edit': 'unknown interrupted',
      'b#edit': 'skipped interrupted',
      'c#test': 'unknown interrupted',
    },
  },
  {
    name: 'the time limit of the run ends the wait for a write that hangs ten seconds later',
    steps: [step('a#edit'), step('b#edit'), step('c#edit')],
    settings: { deadline: 4_000 },
    lines: [
      [0, 'started', 'read a b c', 'wait 4000'],
      [0, { read: { a: UNDONE, b: UNDONE, c: UNDONE } }, 'send a#edit', 'send b#edit'],
      [4_000, 'woke', 'wait 14000'],
      [5_000, { answer: ['b#edit', done] }],
      [14_000, 'woke', 'finish'],
    ],
    ends: { 'a#edit': 'unknown time-out', 'b#edit': 'applied', 'c#edit': 'skipped time-out' },
  },
  {
    name: 'the time limit of the run is kept while a reading is under way',
    steps: [step('a#edit')],
    settings: { deadline: 4_000 },
    lines: [
      [0, 'started', 'read a', 'wait 4000'],
      [4_000, 'woke', 'finish'],
    ],
    ends: { 'a#edit': 'skipped time-out' },
  },
  {
    name: 'what was sent before the time limit is read back for ten seconds more',
    steps: [step('a#approve'), step('b#approve')],
    settings: { deadline: 4_000, refusalsUntilHandOff: 2 },
    lines: [
      [0, 'started', 'read a b', 'wait 4000'],
      [0, { read: { a: PENDING, b: PENDING } }, 'send a#approve', 'send b#approve'],
      [0, { answer: ['a#approve', done] }, 'read a'],
      [1, { answer: ['b#approve', done] }],
      [4_000, 'woke', 'wait 14000'],
      [14_000, 'woke', 'finish'],
    ],
    ends: { 'a#approve': 'unknown time-out', 'b#approve': 'unknown time-out' },
  },
  {
    name: 'Ctrl-C while a test runs leaves it unknown, an edit that waits is skipped',
    steps: [step('a#test'), step('b#edit')],
    lines: [
      [0, 'started', 'read a b'],
      [0, { read: { a: TESTING, b: { ...UNDONE, ...TESTING } } }, 'wait 5000'],
      [1, 'interrupted', 'finish'],
    ],
    ends: { 'a#test': 'unknown interrupted', 'b#edit': 'skipped interrupted' },
  },
  {
    name: 'Ctrl-C during a pause skips what was to be sent',
    steps: [step('a#edit')],
    lines: [
      [0, 'started', 'read a'],
      [0, { read: { a: UNDONE } }, 'send a#edit'],
      [0, { answer: ['a#edit', throttled] }, 'read a'],
      [0, { read: { a: UNDONE } }, 'wait 3000'],
      [1, 'interrupted', 'finish'],
    ],
    ends: { 'a#edit': 'skipped interrupted' },
  },
  {
    name: 'the time limit of the run ends what waits',
    steps: [step('a#test'), behind('b#edit', 'a#test')],
    settings: { deadline: 4_000 },
    lines: [
      [0, 'started', 'read a', 'wait 4000'],
      [0, { read: { a: UNTESTED } }, 'send a#test'],
      [0, { answer: ['a#test', done] }],
      [4_000, 'woke', 'finish'],
    ],
    ends: { 'a#test': 'unknown time-out', 'b#edit': 'skipped behind' },
  },
  {
    name: 'an environment that cannot be read three times in a row ends the run',
    steps: [step('a#edit'), step('b#approve')],
    lines: [
      [0, 'started', 'read a b'],
      [0, { read: { a: DONE, b: PENDING } }, 'send b#approve'],
      [0, { answer: ['b#approve', done] }, 'read b'],
      [0, 'unreadable', 'wait 3000'],
      [3_000, 'woke', 'read b'],
      [3_000, 'unreadable', 'wait 9000'],
      [9_000, 'woke', 'read b'],
      [9_000, 'unreadable', 'finish'],
    ],
    ends: { 'a#edit': 'applied already', 'b#approve': 'unknown unreadable' },
  },
  {
    name: 'one that can be read again in between does not',
    steps: [step('a#edit')],
    lines: [
      [0, 'started', 'read a'],
      [0, 'unreadable', 'wait 3000'],
      [3_000, 'woke', 'read a'],
      [3_000, 'unreadable', 'wait 9000'],
      [9_000, 'woke', 'read a'],
      [9_000, { read: { a: UNDONE } }, 'send a#edit'],
      [9_000, { answer: ['a#edit', conflict] }, 'read a'],
      [9_000, 'unreadable', 'wait 12000'],
    ],
    ends: { 'a#edit': 'open' },
  },
  {
    name: 'what is ready is sent meanwhile, and a write that hangs keeps nobody from reading again',
    steps: [step('a#approve'), step('b#edit'), step('c#edit')],
    settings: { lanes: { start: 1, most: 1 } },
    lines: [
      [0, 'started', 'read a b c'],
      [0, { read: { a: PENDING, b: UNDONE, c: UNDONE } }, 'send a#approve'],
      [0, { answer: ['a#approve', done] }, 'read a', 'send b#edit'],
      [1, 'unreadable', 'wait 3001'],
      [2, { answer: ['b#edit', done] }, 'send c#edit'],
      [3_001, 'woke', 'read a'],
      [3_001, { read: { a: APPROVED } }],
      [3_002, { answer: ['c#edit', done] }, 'finish'],
    ],
    ends: { 'a#approve': 'applied', 'b#edit': 'applied', 'c#edit': 'applied' },
  },
  {
    name: 'Ctrl-C between two readings that fail waits for neither',
    steps: [step('a#edit'), step('b#approve')],
    lines: [
      [0, 'started', 'read a b'],
      [0, 'unreadable', 'wait 3000'],
      [1, 'interrupted', 'finish'],
    ],
    ends: { 'a#edit': 'skipped interrupted', 'b#approve': 'skipped interrupted' },
  },
  {
    name: 'what was not sent has failed then',
    steps: [step('a#edit')],
    lines: [
      [0, 'started', 'read a'],
      [0, 'unreadable', 'wait 3000'],
      [3_000, 'woke', 'read a'],
      [3_000, 'unreadable', 'wait 9000'],
      [9_000, 'woke', 'read a'],
      [9_000, 'unreadable', 'finish'],
    ],
    ends: { 'a#edit': 'failed unreadable' },
  },
];

describe.each([
  ['lanes and order', LANES],
  ['answers', ANSWERS],
  ['pauses', PAUSES],
  ['reading back', READ_BACK],
  ['approvals', APPROVALS],
  ['tests', TESTS],
  ['once more', ONCE_MORE],
  ['stopping', STOPS],
])('%s', (_title, scripts) => {
  it.each(scripts)('$name', ({ steps, lines, ends, settings }) => {
    const played = play(steps, lines, settings);
    expect({ lines: played.lines, ends: played.ends }).toEqual({ lines, ends });
  });
});

it('a test that ended after a lost edit of ours, and before it was settled, does not count', () => {
  const lines: readonly Line[] = [
    [0, 'started', 'read a'],
    [0, { read: { a: { ...UNDONE, ...UNTESTED } } }, 'send a#edit'],
    [0, { answer: ['a#edit', lost] }, 'read a'],
    [0, { read: { a: { ...DONE, ...UNTESTED } } }, 'read a'],
    // Readings of the tests are of second 10.
    [0, { read: { a: { ...DONE, ...TESTED, 'tests.completedOn': rowTime(9) } } }, 'send a#test'],
  ];
  expect(play([step('a#edit'), behind('a#test', 'a#edit')], lines).lines).toEqual(lines);
});

const many = Array.from({ length: 2_500 }, (_none, index) => step(`m${index}#edit`));
const firstUndone = Object.fromEntries(many.slice(0, 500).map(({ address }) => [address, UNDONE]));

it('reads five hundred resources at once, and the next ones as soon as fewer are ready', () => {
  const lines = play(many, [
    [0, 'started'],
    [0, { read: firstUndone }],
    [0, { answer: ['m0#edit', done] }],
  ]).lines.map(([, , ...asks]) => asks.map((ask) => ask.split(' ').slice(0, 2).join(' ')));
  expect(lines).toEqual([['read m0'], ['send m0#edit', 'send m1#edit'], ['read m500', 'send m5#edit']]);
});

describe('steps that travel together', () => {
  const known = { samples: [], roundTripMs: 200, operationMs: 50 };
  const settled = { stage: 'settled', workers: 1 } as const;
  const together = (steps: readonly PlanStep[], lines: readonly Line[]): ReturnType<typeof play> =>
    play(steps, lines, { lanes: { start: 1, most: 1 } }, { cost: known, lanes: settled });

  it.each<readonly [string, readonly PlanStep[], readonly Line[], Readonly<Record<string, string>>]>([
    [
      'end each by its own answer',
      [step('a#edit'), step('b#edit'), step('c#edit'), step('d#edit')],
      [
        [0, 'started', 'read a b c d'],
        [0, { read: { a: UNDONE, b: UNDONE, c: UNDONE, d: UNDONE } }, 'send a#edit b#edit c#edit d#edit'],
        [
          1,
          {
            answers: [
              ['a#edit', done],
              ['b#edit', refused],
              ['c#edit', conflict],
              ['d#edit', lost],
            ],
          },
          'read c d',
        ],
        [2, { read: { c: UNDONE, d: DONE } }, 'send c#edit'],
      ],
      { 'a#edit': 'applied', 'b#edit': 'failed refused', 'c#edit': 'open', 'd#edit': 'applied' },
    ],
    [
      'wait for those that they need',
      [step('a#edit'), behind('b#edit', 'a#edit'), step('c#edit')],
      [
        [0, 'started', 'read a c'],
        [0, { read: { a: UNDONE, c: UNDONE } }, 'send a#edit c#edit'],
        [
          1,
          {
            answers: [
              ['a#edit', done],
              ['c#edit', done],
            ],
          },
          'read b',
        ],
      ],
      { 'a#edit': 'applied', 'b#edit': 'open', 'c#edit': 'applied' },
    ],
    [
      'are of one sort, and approvals that are read back by their own request need no other reading',
      [step('a#approve'), step('b#approve'), step('c#edit'), step('d#test')],
      [
        [0, 'started', 'read a c d'],
        [0, { read: { a: PENDING, c: UNDONE, d: UNTESTED } }, 'send a#approve'],
        [
          1,
          { answer: ['a#approve', { kind: 'done', at: at(11), after: reading('a', APPROVED) }] },
          'read b',
          'send c#edit',
        ],
        [2, { answer: ['c#edit', done] }, 'send d#test'],
      ],
      { 'a#approve': 'applied', 'b#approve': 'open', 'c#edit': 'applied', 'd#test': 'open' },
    ],
    [
      'are all asked for again when no answer came',
      [step('a#edit'), step('b#edit')],
      [
        [0, 'started', 'read a b'],
        [0, { read: { a: UNDONE, b: UNDONE } }, 'send a#edit b#edit'],
        [
          1,
          {
            answers: [
              ['a#edit', lost],
              ['b#edit', lost],
            ],
          },
          'read a b',
        ],
        [2, { read: { a: DONE, b: UNDONE } }, 'send b#edit'],
      ],
      { 'a#edit': 'applied', 'b#edit': 'open' },
    ],
    [
      'show by one that is done that the service does not only ask for pauses',
      [step('a#edit'), step('b#edit')],
      [
        [0, 'started', 'read a b'],
        [0, { read: { a: UNDONE, b: UNDONE } }, 'send a#edit b#edit'],
        [
          1,
          {
            answers: [
              ['a#edit', throttled],
              ['b#edit', throttled],
            ],
          },
          'read a b',
        ],
        [2, { read: { a: UNDONE, b: UNDONE } }, 'wait 3001'],
        [3001, 'woke', 'send a#edit b#edit'],
        [
          3002,
          {
            answers: [
              ['a#edit', done],
              ['b#edit', { kind: 'throttled', retryAfterMs: 3_599_000 }],
            ],
          },
          'read b',
        ],
        [3003, { read: { b: UNDONE } }, 'wait 3602002'],
      ],
      { 'a#edit': 'applied', 'b#edit': 'open' },
    ],
    [
      'wait alone where only they were throttled',
      [step('a#edit'), step('b#edit')],
      [
        [0, 'started', 'read a b'],
        [0, { read: { a: UNDONE, b: UNDONE } }, 'send a#edit b#edit'],
        [
          1,
          {
            answers: [
              ['a#edit', done],
              ['b#edit', throttled],
            ],
          },
          'read b',
        ],
        [2, { read: { b: UNDONE } }, 'wait 3001'],
        [3001, 'woke', 'send b#edit'],
      ],
      { 'a#edit': 'applied', 'b#edit': 'open' },
    ],
  ])('%s', (_name, steps, lines, ends) => {
    const played = together(steps, lines);
    expect({ lines: played.lines, ends: played.ends }).toEqual({ lines, ends });
  });
});

it('is good for one event: a state that is not the newest is refused', () => {
  const state = initialState([step('a#edit')], SETTINGS, 0);
  next(state, { kind: 'started', now: 0 });
  expect(() => next(state, { kind: 'started', now: 0 })).toThrow('This state of the run is not the newest');
});

it.each([
  ['stands behind a later one', [behind('a#edit', 'b#edit'), step('b#edit')]],
  ['stands behind itself', [behind('a#edit', 'a#edit')]],
  ['is there twice', [step('a#edit'), step('a#edit')]],
])('refuses a plan in which a step %s', (_name, steps) => {
  expect(() => initialState(steps, SETTINGS, 0)).toThrow('The plan is out of order: a#edit');
});

it.each<[string, 'test' | 'approve' | 'edit', readonly Line[], string]>([
  [
    'a test that is awaited',
    'test',
    [[0, { answer: ['a#test', done] }]],
    'The test was requested and goes on in the service',
  ],
  [
    'a test whose request has no answer',
    'test',
    [[0, { answer: ['a#test', lost] }]],
    'Sent, and no answer came: it is not known whether the test was requested',
  ],
  [
    'a test whose request hangs',
    'test',
    [],
    'Sent, and no answer came: it is not known whether the test was requested',
  ],
  [
    'an approval that is read back',
    'approve',
    [[0, { answer: ['a#approve', done] }]],
    'Sent, and not read back',
  ],
  [
    'an edit whose request hangs',
    'edit',
    [],
    'Sent, and no answer came: it is not known whether it was carried out',
  ],
])('whoever stops the run is told what is known of %s', (_name, verb, lines, message) => {
  const rows = { test: UNTESTED, approve: PENDING, edit: UNDONE };
  const { state } = play(
    [step(`a#${verb}`)],
    [[0, 'started'], [0, { read: { a: rows[verb] } }], ...lines, [1, 'interrupted'], [10_001, 'woke']],
  );
  expect(state.steps[0]?.outcome).toMatchObject({ kind: 'unknown', reason: 'interrupted', message });
});
