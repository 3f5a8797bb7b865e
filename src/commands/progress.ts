/** Progress on stderr: a line that is redrawn on a terminal, plain lines elsewhere. Other messages go between. */

import type { JournalEvent } from '../model/events.generated.ts';
import type { Plan } from '../model/plan.generated.ts';
import { progressLine } from '../report/text/progress-line.ts';
import { logEvent, logSilence, startLog } from '../report/text/progress-log.ts';
import { nextProgress, startProgress, tickProgress } from '../report/text/progress-state.ts';
import { type Io, styleFor } from './io.ts';
import type { CommonOptions } from './options.ts';
import { isTold } from './world.ts';

export interface Progress {
  readonly onEvent: (event: JournalEvent) => void;
  /** Writes a message to stderr without tearing the line that is redrawn. */
  readonly say: (text: string) => void;
  readonly end: () => void;
}

const REDRAW_MS = 250;
/** How often it is looked whether the log has been silent for too long: much more often than it may be. */
const LOOK_MS = 2_000;
const CLEAR_LINE = '\r\u001b[2K';

/** `now` is the clock of the environment, which for an embedded one is not this machine's. */
export function showProgress(io: Io, options: CommonOptions, plan: Plan, now: () => number): Progress {
  if (!isTold(options, 'info')) return noProgress(io);
  // A line for each request would tear the line that is redrawn.
  const isDrawn = io.stderr.isTerminal && io.env.TERM !== 'dumb' && options.logLevel !== 'debug';
  return isDrawn ? drawnProgress(io, options, plan, now) : loggedProgress(io, options, plan, now);
}

function noProgress({ stderr }: Io): Progress {
  return { onEvent: () => {}, say: (text) => stderr.write(text), end: () => {} };
}

function drawnProgress(io: Io, options: CommonOptions, plan: Plan, now: () => number): Progress {
  const { stderr } = io;
  let state = startProgress(plan, now());
  const draw = (): void => {
    // Asked anew each time: the window may have been resized. The last column stays free, else some terminals wrap.
    const style = styleFor(stderr, io, options);
    const line = progressLine(tickProgress(state, now()), { ...style, width: style.width - 1 });
    stderr.write(CLEAR_LINE + line);
  };
  const timer = setInterval(draw, REDRAW_MS);
  timer.unref();
  let drawnAt = 0;
  return {
    onEvent: (event) => {
      state = nextProgress(state, event);
      // Thousands of events a second would only make the terminal slow.
      if (performance.now() - drawnAt < REDRAW_MS / 5) return;
      drawnAt = performance.now();
      draw();
    },
    say: (text) => {
      stderr.write(CLEAR_LINE + text);
      draw();
    },
    end: () => {
      clearInterval(timer);
      stderr.write(CLEAR_LINE);
    },
  };
}

function loggedProgress(io: Io, options: CommonOptions, plan: Plan, now: () => number): Progress {
  const { stderr } = io;
  const style = styleFor(stderr, io, options);
  let state = startProgress(plan, now());
  let log = startLog(now());
  const tell = (next: ReturnType<typeof logSilence>): void => {
    log = next.log;
    for (const line of next.lines) stderr.write(`${line}\n`);
  };
  const timer = setInterval(() => {
    state = tickProgress(state, now());
    tell(logSilence(log, state, style));
  }, LOOK_MS);
  timer.unref();
  return {
    onEvent: (event) => {
      state = nextProgress(state, event);
      tell(logEvent(log, event, state, style));
    },
    say: (text) => stderr.write(text),
    end: () => clearInterval(timer),
  };
}
