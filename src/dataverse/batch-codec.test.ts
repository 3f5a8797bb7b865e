import { describe, expect, it } from 'vitest';
import { type BatchAnswer, encodeBatch, readBatch } from './batch-codec.ts';

const TYPE = 'multipart/mixed; boundary=batchresponse_1';
const HEAD = 'Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n';
const DONE = `--batchresponse_1\r\n${HEAD}Content-ID: 1\r\n\r\nHTTP/1.1 204 No Content\r\nOData-Version: 4.0\r\n\r\n\r\n`;
const ROWS = `--batchresponse_1\r\n${HEAD}\r\nHTTP/1.1 200 OK\r\nContent-Type: application/json\r\ncontent-id: 2\r\n\r\n{"value":[\r\n{"a":"--batchresponse_1"}]}\r\n`;
const END = '--batchresponse_1--\r\n';

function read(text: string, type = TYPE): BatchAnswer {
  return readBatch({ status: 200, headers: new Headers({ 'Content-Type': type }), text });
}

function seen({ parts, ended }: BatchAnswer): unknown {
  return [ended, ...parts.map(({ status, contentId, text }) => [status, contentId, text])];
}

const TWO = [true, [204, '1', ''], [200, '2', '{"value":[\r\n{"a":"--batchresponse_1"}]}']];

describe('an answer', () => {
  it.each([
    ['as the service writes it', DONE + ROWS + END, TYPE, TWO],
    ['with words before and after', `Preamble\r\n${DONE}${ROWS}${END}Epilogue`, TYPE, TWO],
    ['with a quoted boundary', DONE + ROWS + END, 'multipart/mixed;boundary="batchresponse_1"; x=y', TWO],
    ['of nothing', END, TYPE, [true]],
    ['that ends without a line end', `${DONE}--batchresponse_1--`, TYPE, [true, [204, '1', '']]],
    ['cut within a part', DONE + ROWS.slice(0, -30), TYPE, [false, [204, '1', '']]],
    ['cut within the last boundary', `${DONE}--batchresp`, TYPE, [false]],
    ['cut behind a boundary', `${DONE}--batchresponse_1`, TYPE, [false, [204, '1', '']]],
    ['with a boundary that only begins alike', `${DONE.replace('_1', '_12')}${END}`, TYPE, [true]],
    ['that is no batch', '{"value":[]}', 'application/json', [false]],
    [
      'whose parts are no answers',
      `--batchresponse_1\r\n\r\nwhat\r\n--batchresponse_1\r\n${END}`,
      TYPE,
      [true, [0, null, ''], [0, null, '']],
    ],
    [
      'with a damaged header',
      `--batchresponse_1\r\n${HEAD}\r\nHTTP/1.1 204 No Content\r\nX-\u0000: a\r\nY: \u4e00\r\n\r\n\r\n${END}`,
      TYPE,
      [true, [204, null, '']],
    ],
  ])('%s', (_name, text, type, parts) => {
    expect(seen(read(text, type))).toEqual(parts);
  });

  it('may have plain line ends', () => {
    const lf = read((DONE + ROWS + END).replaceAll('\r\n', '\n'));
    expect(seen(lf)).toEqual([true, [204, '1', ''], [200, '2', '{"value":[\n{"a":"--batchresponse_1"}]}']]);
  });

  it('keeps the headers of a part', () => {
    const text = `--batchresponse_1\r\n${HEAD}\r\nHTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\nREQ_ID: abc\r\n\r\n{}\r\n${END}`;
    expect([...(read(text).parts[0]?.headers ?? [])]).toEqual([
      ['req_id', 'abc'],
      ['retry-after', '7'],
    ]);
  });
});

it('costs in proportion to its parts', () => {
  const text = (count: number): string => DONE.repeat(count) + END;
  const entries = (count: number) =>
    Array.from({ length: count }, () => ({ method: 'PATCH', path: '/x', headers: {}, body: '{}' }) as const);
  const time = (work: () => unknown): number => {
    const runs = Array.from({ length: 7 }, () => {
      const from = performance.now();
      work();
      return performance.now() - from;
    });
    return Math.min(...runs);
  };
  read(text(1000));
  const decoding = time(() => read(text(1000))) / time(() => read(text(100)));
  encodeBatch(entries(1000), 'b');
  const encoding = time(() => encodeBatch(entries(1000), 'b')) / time(() => encodeBatch(entries(100), 'b'));
  // Ten times the parts; quadratic work would be a hundred times.
  expect(decoding).toBeLessThan(40);
  expect(encoding).toBeLessThan(40);
});
