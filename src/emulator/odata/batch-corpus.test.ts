/** Runs corpus/batches.yaml: what each body parses to, with references resolved, or the error it gives. */

import { describe, expect, it } from 'vitest';
import { resolveReferences } from './batch-references.ts';
import { readData } from './corpus/world.ts';
import { ODataError } from './errors.ts';
import { type BatchRequest, parseBatch } from './parse-batch.ts';

interface ExpectedRequest {
  readonly line: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly text?: string;
  readonly contentId?: string | null;
}

interface BatchCase {
  readonly name: string;
  readonly contentType: string;
  readonly eol?: string;
  readonly body: string;
  readonly items?: readonly (ExpectedRequest | { readonly changeset: readonly ExpectedRequest[] })[];
  readonly error?: string;
}

const base = 'https://contoso.crm.dynamics.com/api/data/v9.2/';
const locations = new Map([
  ['1', `${base}emailserverprofiles(one)`],
  ['2', `${base}mailboxes(two)`],
]);
const cases = readData<readonly BatchCase[]>('batches.yaml');

function parse({ contentType, body, eol = '\r\n' }: BatchCase) {
  return parseBatch(contentType, body.replace(/~$/gm, ' ').replaceAll('\n', eol), base);
}

function describeRequest(request: BatchRequest, verbatim: boolean): ExpectedRequest {
  const text = request.body;
  const head = {
    line: `${request.method} ${request.url.href}`,
    headers: Object.fromEntries(request.headers),
  };
  if (text === '') return head;
  return verbatim ? { ...head, text } : { ...head, body: JSON.parse(text) };
}

function describeItem(item: ReturnType<typeof parseBatch>[number], verbatim: boolean) {
  if (item.kind === 'request') return describeRequest(item.request, verbatim);
  const changeset = item.requests.map(({ contentId, request }) => {
    const resolved = resolveReferences(request, base, locations);
    return { contentId, ...describeRequest(resolved, verbatim) };
  });
  return { changeset };
}

describe('batches.yaml', () => {
  it.each(cases.filter(({ error }) => error === undefined))('$name', (given) => {
    const verbatim = JSON.stringify(given.items).includes('"text"');
    expect(parse(given).map((item) => describeItem(item, verbatim))).toEqual(given.items);
  });

  it.each(cases.filter(({ error }) => error !== undefined))('refuses $name', (given) => {
    expect(() => parse(given)).toThrow(new ODataError(400, '0x80060888', given.error ?? ''));
  });

  it('allows 1000 requests and no more', () => {
    const part =
      '--b\nContent-Type: application/http\nContent-Transfer-Encoding: binary\n\nGET queues HTTP/1.1\n\n\n';
    const body = (count: number) => `${part.repeat(count)}--b--`;
    expect(parseBatch('multipart/mixed; boundary=b', body(1000), base)).toHaveLength(1000);
    expect(() => parseBatch('multipart/mixed; boundary=b', body(1001), base)).toThrow(
      new ODataError(400, '0x80060888', 'The batch holds 1001 requests; at most 1000 are allowed.'),
    );
  });
});
