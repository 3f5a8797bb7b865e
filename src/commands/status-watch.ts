/**
 * `mailboxctl status --watch`: looks again and again. On a terminal the page is drawn in place; elsewhere each change is
 * a line. Pauses and lost connections are told, and it goes on; Ctrl-C is its only end.
 */

import type { Clock } from '../model/ports.ts';
import { ServiceError, type ServiceErrorKind } from '../model/service-error.ts';
import type { Status } from '../model/status.generated.ts';
import type { StatusChange } from '../model/status-change.generated.ts';
import { printableText } from '../report/printable.ts';
import { changeLines, statusChanges } from '../report/status-changes.ts';
import { statusWatchLines } from '../report/text/status-watch-text.ts';
import { count } from '../report/text.ts';
import { durationText, timeText } from '../report/time-text.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { type Io, styleFor } from './io.ts';
import type { CommonOptions } from './options.ts';
import { createScreen } from './screen.ts';

export interface Watching {
  /** `tell`: what it waits for, while it does. */
  readonly look: (tell: (text: string) => void) => Promise<Status>;
  readonly intervalMs: number;
  readonly clock: Clock;
}

type WatchOptions = Pick<CommonOptions, 'format' | 'color' | 'verbose'>;

/** Shows what a look saw, or why one did not see anything. */
interface View {
  readonly show: (status: Status, changes: readonly StatusChange[]) => void;
  readonly trouble: (text: string) => void;
}

/** They end by themselves; everything else is told at once and ends the watch. */
const PASSING: readonly ServiceErrorKind[] = ['unreachable', 'throttled', 'server'];

/** Errors: those of the first look, and those that do not end by themselves. */
export async function watchStatus(
  io: Io,
  options: WatchOptions,
  { look, intervalMs, clock }: Watching,
): Promise<ExitCode> {
  const view = viewOf(io, options, intervalMs);
  let before: Status | null = null;
  while (!io.interrupted.aborted) {
    try {
      const status = await unlessInterrupted(io, look(view.trouble));
      if (status === null) break;
      view.show(status, before === null ? [] : statusChanges(before, status));
      before = status;
    } catch (error) {
      if (before === null || !(error instanceof ServiceError) || !PASSING.includes(error.kind)) throw error;
      view.trouble(`The environment cannot be read, and is tried again: ${printableText(error.message)}`);
    }
    await clock.sleep(intervalMs, io.interrupted);
  }
  return EXIT.interrupted;
}

/** Nothing is changed by a look: it can be left at any time. */
async function unlessInterrupted({ interrupted }: Io, look: Promise<Status>): Promise<Status | null> {
  let leave = (): void => {};
  const left = new Promise<null>((resolve) => {
    leave = () => resolve(null);
  });
  interrupted.addEventListener('abort', leave, { once: true });
  try {
    return await Promise.race([look, left]);
  } finally {
    interrupted.removeEventListener('abort', leave);
    look.catch(() => {});
  }
}

function viewOf(io: Io, options: WatchOptions, intervalMs: number): View {
  if (options.format === 'json')
    return lineView(io, (changes) => changes.map((change) => JSON.stringify(change)));
  if (io.stdout.isTerminal && io.env.TERM !== 'dumb') return screenView(io, options, intervalMs);
  const style = styleFor(io.stdout, io, options);
  return lineView(io, (changes) => changeLines(changes, style));
}

type LinesOf = (changes: readonly StatusChange[]) => readonly string[];

function lineView({ stdout, stderr }: Io, linesOf: LinesOf): View {
  let isFirst = true;
  let isLost = false;
  return {
    show: ({ as_of, mailboxes, environment }, changes) => {
      const watched = `Watching ${count(mailboxes.length, 'mailbox', 'mailboxes')} of ${printableText(environment.name)}`;
      if (isFirst) stderr.write(`${watched}, as of ${timeText(as_of)}.\n`);
      if (isLost) stderr.write(`The environment can be read again, as of ${timeText(as_of)}.\n`);
      isFirst = false;
      isLost = false;
      for (const line of linesOf(changes)) stdout.write(`${line}\n`);
    },
    trouble: (text) => {
      if (!isLost) stderr.write(`${text}\n`);
      isLost = true;
    },
  };
}

/** Changes that are kept: more than any screen shows. */
const CHANGES_KEPT = 100;

function screenView(io: Io, options: WatchOptions, intervalMs: number): View {
  const screen = createScreen(io.stdout);
  const goesOn = `Looked at every ${durationText(Math.round(intervalMs / 1000))}; Ctrl-C ends.`;
  let last: { readonly status: Status; readonly marked: readonly StatusChange[] } | null = null;
  let kept: readonly StatusChange[] = [];
  const draw = (foot: string): void => {
    if (last === null) return;
    const style = styleFor(io.stdout, io, options);
    // The last column stays free, else some terminals wrap; so does the last line, where the cursor waits.
    const fitting = { ...style, width: style.width - 1 };
    const height = (io.stdout.height ?? 24) - 1;
    screen.draw(statusWatchLines({ ...last, changes: kept, foot }, fitting, height));
  };
  return {
    show: (status, changes) => {
      last = { status, marked: changes };
      kept = [...kept, ...changes].slice(-CHANGES_KEPT);
      draw(goesOn);
    },
    trouble: (text) => draw(`${text} ${goesOn}`),
  };
}
