/** An answer on its way to the client, whole or in pieces, in the form of any server. */

import type { UnderlyingSource } from 'node:stream/web';
import { parseDuration } from './duration.ts';
import type { Written } from './odata/index.ts';
import type { FaultEntry } from './organization.ts';
import type { Waits } from './waits.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer>;
  /** The body in pieces as they arrive, where it is slow. */
  readonly pieces?: AsyncIterable<Uint8Array> | undefined;
}

/** Pieces of a slow body. */
const pieceCount = 20;

export function toAnswer(
  { status, headers, body: text }: Written,
  { cut, trickle }: Pick<FaultEntry, 'cut' | 'trickle'>,
  waits: Waits,
): Answer {
  const whole = Buffer.from(text);
  const body = cut === undefined ? whole : whole.subarray(0, cut);
  const pieces = trickle === undefined ? undefined : inPieces(body, parseDuration(trickle), waits);
  return { status, headers, body, pieces };
}

async function* inPieces(body: Uint8Array, milliseconds: number, waits: Waits): AsyncIterable<Uint8Array> {
  const size = Math.max(1, Math.ceil(body.length / pieceCount));
  for (let start = 0; start < body.length; start += size) {
    await waits.wait(milliseconds / pieceCount);
    yield body.subarray(start, start + size);
  }
}

export function toFetched({ status, headers, body, pieces }: Answer): Response {
  if (pieces !== undefined) return new Response(streamOf(pieces), { status, headers });
  return new Response(body.length === 0 ? null : body, { status, headers });
}

/** Asked for piece by piece, none ahead of time. */
function streamOf(pieces: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]();
  const source: UnderlyingSource<Uint8Array> = {
    pull: async (controller) => {
      const next = await iterator.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
    cancel: async () => {
      await iterator.return?.();
    },
  };
  return new ReadableStream(source, { highWaterMark: 0 });
}
