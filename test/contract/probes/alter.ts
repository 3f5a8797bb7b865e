/** How a service might answer that the embedded Dataverse has no switch for: its requests and answers, altered on the way. */

import type { EmulatedOptions, Pass } from '../emulated.ts';

export type Alter = NonNullable<EmulatedOptions['alter']>;

/** Rewrites the text of answers to requests that fit. */
export function rewritten(fits: (request: Request) => boolean, rewrite: (text: string) => string): Alter {
  return async (request, pass) => {
    const isMeant = fits(request);
    const answer = await pass(request);
    if (!isMeant) return answer;
    const { status, headers } = answer;
    const text = rewrite(await answer.text());
    return new Response(status === 204 || status === 304 ? null : text, {
      status,
      headers: lengthless(headers),
    });
  };
}

function lengthless(headers: Headers): Headers {
  const copy = new Headers(headers);
  copy.delete('content-length');
  return copy;
}

/** Fits what reads and names this. */
export function reads(part: string): (request: Request) => boolean {
  return ({ method, url }) => method === 'GET' && decodeURIComponent(url).includes(part);
}

export function answers(part: string, status: number): Alter {
  return async (request: Request, pass: Pass) =>
    request.url.includes(part) ? new Response(null, { status }) : pass(request);
}

/** Without the condition that makes it a creation. */
export async function upserts(request: Request, pass: Pass): Promise<Response> {
  const headers = new Headers(request.headers);
  headers.delete('if-none-match');
  return pass(new Request(request, { headers }));
}

export function without(header: string): Alter {
  return async (request, pass) => {
    const answer = await pass(request);
    const headers = new Headers(answer.headers);
    headers.delete(header);
    return new Response(await answer.text(), { status: answer.status, headers });
  };
}

/** Puts Content-IDs into the parts of an answer, whether or not they are there. */
export function withContentIds(choose: (asked: readonly string[]) => readonly (string | null)[]): Alter {
  return async (request, pass) => {
    const asked = [...(await request.clone().text()).matchAll(/^Content-ID: (\S+)\s*$/gmu)];
    const answer = await pass(request);
    const ids = choose(asked.map((match) => match[1] ?? ''));
    let index = 0;
    const text = (await answer.text())
      .replaceAll(/^Content-ID: .*\r?\n/gmu, '')
      .replaceAll(/^Content-Transfer-Encoding: binary\r?\n/gmu, (line) => {
        const id = ids[index] ?? null;
        index += 1;
        return id === null ? line : `${line}Content-ID: ${id}\r\n`;
      });
    return new Response(text, { status: answer.status, headers: lengthless(answer.headers) });
  };
}
