/** Progress on stderr: a line that is redrawn on a terminal, plain lines elsewhere. */

import type { JournalEvent } from '../model/events.generated.ts';
import type { Plan } from '../model/plan.generated.ts';
import {
  nextProgress,
  progressEvent,
  progressLine,
  startProgress,
  tickProgress,
} from '../report/progress.ts';
import { type Io, styleFor } from './io.ts';
import type { CommonOptions } from './options.ts';

export interface Progress {
  readonly onEvent: (event: JournalEvent) => void;
  readonly end: () => void;
}

const REDRAW_MS = 250;
const CLEAR_LINE = '\r\u001b[2K';

/** `now` is the clock of the environment, which for an embedded one is not this machine's. */
export function showProgress(io: Io, options: CommonOptions, plan: Plan, now: () => number): Progress {
  const { stderr } = io;
  const style = styleFor(stderr, io, options);
  let state = startProgress(plan, now());
  if (!stderr.isTerminal) {
    return {
      onEvent: (event) => {
        state = nextProgress(state, event);
        for (const line of [progressEvent(event)].flat())
          if (line !== null && line !== '') stderr.write(`${line}\n`);
      },
      end: () => {},
    };
  }
  const draw = (): void => stderr.write(`${CLEAR_LINE}${progressLine(tickProgress(state, now()), style)}`);
  const timer = setInterval(draw, REDRAW_MS);
  timer.unref();
  return {
    onEvent: (event) => {
      state = nextProgress(state, event);
      draw();
    },
    end: () => {
      clearInterval(timer);
      stderr.write(CLEAR_LINE);
    },
  };
}
