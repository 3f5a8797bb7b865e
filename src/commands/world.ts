/** Small things that verbs with an environment share. */

import type { Project } from '../config/load-project.ts';
import { durationText } from '../report/time-text.ts';
import type { AwaitedPause, RequestReport, WorldOptions } from '../wire.ts';
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
    ...(parallelism === undefined ? {} : { parallelism }),
    ...(record === undefined ? {} : { record: pathOf(io, record) }),
    ...(logLevel === 'debug' ? { onRequest: (report) => io.stderr.write(requestLine(report)) } : {}),
  };
}

/** Neither query nor body: both can hold names. */
function requestLine({ method, path, status, durationMs, requestId }: RequestReport): string {
  const id = requestId === null ? '' : ` ${requestId}`;
  return `${method} ${path} ${status ?? 'no answer'} ${Math.round(durationMs)} ms${id}\n`;
}

const PAUSE_REASONS: Readonly<Record<AwaitedPause['why'], string>> = {
  throttled: 'too many requests',
  unavailable: 'out of order for now',
};

function pauseLine({ ms, until, why }: AwaitedPause): string {
  const time = new Date(until).toISOString().slice(11, 19);
  const long = durationText(Math.ceil(ms / 1000));
  return `The service asks for a pause of ${long} (${PAUSE_REASONS[why]}); going on at ${time} UTC`;
}

/** Says on stderr what is closed to the caller, for those who look at messages only. */
export function tellBlindness(
  io: Io,
  notSeen: readonly { readonly kind: string; readonly sort: string | null; readonly depth: string }[],
): void {
  const closed = notSeen
    .filter(({ depth }) => depth === 'none')
    .map(({ kind, sort }) => (sort === null ? kind : `${kind} (${sort})`));
  if (closed.length === 0) return;
  io.stderr.write(`Error: permission is missing: the caller may read nothing of ${closed.join(', ')}\n`);
}

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
