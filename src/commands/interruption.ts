/** Work that may be left at any time, since it changes nothing: the first Ctrl-C ends the command. */

import { CommandError, EXIT } from './exit-codes.ts';
import type { Io } from './io.ts';

/** The result of the work, or exit 130 as soon as the command is interrupted, whatever the work waits for. */
export function beforeInterruption<Result>({ interrupted }: Io, work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(new CommandError(EXIT.interrupted, 'Interrupted; nothing was sent'));
    if (interrupted.aborted) leave();
    interrupted.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => interrupted.removeEventListener('abort', leave));
  });
}
