/** Small things that verbs with an environment share. */

import type { Project } from '../config/load-project.ts';
import { readingOf } from '../doctor/visibility.ts';
import type { NotSeen } from '../model/snapshot.ts';
import { durationText } from '../report/time-text.ts';
import type { AwaitedPause, RequestReport, Trouble, WorldOptions } from '../wire.ts';
import { pathOf } from './files.ts';
import type { Io } from './io.ts';
import { type CommonOptions, LOG_LEVELS, type LogLevel } from './options.ts';

export function worldOptions(
  project: Project,
  io: Io,
  { record, logLevel, parallelism }: Pick<CommonOptions, 'record' | 'logLevel' | 'parallelism'>,
): WorldOptions {
  return {
    projectDirectory: project.directory,
    env: io.env,
    onWait: (pause) => tell(io, [pauseLine(pause)], { logLevel }),
    onTrouble: (trouble) => tell(io, [`${clearLine(io)}${troubleLine(trouble)}`], { logLevel }),
    ...(parallelism === undefined ? {} : { parallelism }),
    ...(record === undefined ? {} : { record: pathOf(io, record) }),
    ...(logLevel === 'debug'
      ? { onRequest: (report) => io.stderr.write(requestLine(report, Date.now())) }
      : {}),
  };
}

/** The line of an apply's progress may stand there; it is drawn anew behind what is written over it. */
function clearLine({ stderr, env }: Io): string {
  return stderr.isTerminal && env.TERM !== 'dumb' ? '\r\u001b[2K' : '';
}

function troubleLine({ host, what, tookMs, again }: Trouble): string {
  const seconds = Math.round(tookMs / 1000);
  if (again === null) return `No answer from ${host} for ${seconds} s; still waiting`;
  const { inMs, attempt, most } = again;
  const repeated = `asked again in ${Math.ceil(inMs / 1000)} s, attempt ${attempt} of ${most}`;
  if (what === 'cut') return `The answer of ${host} broke off; ${repeated}`;
  if (what === 'page') return `${host} answered with a page instead of data; ${repeated}`;
  if (typeof what === 'number') return `${host} answered ${what}; ${repeated}`;
  return `No answer from ${host} after ${seconds} s; ${repeated}`;
}

/** When the request ended, by this machine's clock. No body, and of the query no value that can hold names. */
export function requestLine(report: RequestReport, now: number): string {
  const { method, path, query, status, durationMs, attempt, requestId } = report;
  const time = new Date(now).toISOString().slice(11, 23);
  const target = query === '' ? path : `${path}?${query}`;
  const again = attempt === 1 ? '' : ` attempt ${attempt}`;
  const id = requestId === null ? '' : ` ${requestId}`;
  return `${time}Z ${method} ${target} ${status ?? 'no answer'} ${Math.round(durationMs)} ms${again}${id}\n`;
}

const PAUSE_TEXTS: Readonly<Record<AwaitedPause['why'], (long: string) => string>> = {
  throttled: (long) => `The service asks for a pause of ${long} (too many requests)`,
  'throttled-without-time': (long) =>
    `Too many requests for the service, which does not say how long to wait: a pause of ${long}`,
  unavailable: (long) => `The service asks for a pause of ${long} (out of order for now)`,
};

function pauseLine({ ms, until, why }: AwaitedPause): string {
  const time = new Date(until).toISOString().slice(11, 19);
  const long = durationText(Math.ceil(ms / 1000));
  return `${PAUSE_TEXTS[why](long)}; going on at ${time} UTC`;
}

/** Says on stderr what is closed to the caller, for those who look at messages only. */
export function tellBlindness(
  io: Io,
  notSeen: readonly (Pick<NotSeen, 'kind' | 'sort'> & { readonly depth: string })[],
): void {
  const closed = notSeen.filter(({ depth }) => depth === 'none');
  if (closed.length === 0) return;
  const names = closed.map(({ kind, sort }) => (sort === null ? kind : `${kind} (${sort})`));
  io.stderr.write(
    `Error: permission is missing: the caller may read nothing of ${names.join(', ')}\n  ${grantLine(closed)}\n`,
  );
}

/** Each sort of mailbox takes the mailboxes and their owners: where forward mailboxes are seen, it is the owners. */
function grantLine(closed: readonly Pick<NotSeen, 'kind' | 'sort'>[]): string {
  const all = closed.flatMap(({ kind, sort }) => readingOf(kind, sort));
  const mailboxesSeen = !closed.some(({ kind, sort }) => kind === 'mailbox' && sort === 'forward');
  const needed = all.filter(({ on }) => on !== 'mailbox' || !mailboxesSeen);
  const tables = new Map(needed.map(({ on, privilege }) => [privilege, TABLES[on] ?? on]));
  const grants = [...tables].map(([privilege, table]) => `${privilege} (table ${table})`);
  return `Give the account a security role that holds ${grants.join(' and ')} for the whole organization.`;
}

/** As the service names them, where it does so by another word. */
const TABLES: Readonly<Record<string, string>> = {
  profile: 'emailserverprofile',
  user: 'systemuser',
  settings: 'organization',
};

/** Whether a whole table is closed to the caller: a run that sees nothing may not look like one that finds nothing. */
export function isBlind(notSeen: readonly { readonly depth: string }[]): boolean {
  return notSeen.some(({ depth }) => depth === 'none');
}

/** Notices and warnings are for people: to stderr, a line each, where the level lets them through. */
export function tell(
  io: Io,
  notices: readonly string[],
  options: Pick<CommonOptions, 'logLevel'>,
  level: 'warn' | 'info' = 'info',
): void {
  if (!isTold(options, level)) return;
  for (const notice of notices) io.stderr.write(`${notice}\n`);
}

export function isTold({ logLevel }: Pick<CommonOptions, 'logLevel'>, level: LogLevel): boolean {
  return LOG_LEVELS.indexOf(logLevel) >= LOG_LEVELS.indexOf(level);
}
