import { describe, expect, it } from 'vitest';
import { ASSUMPTIONS } from './assumptions.ts';
import { serviceHint } from './service-hints.ts';

/** Codes of saving and testing that Microsoft Learn, "Web service error codes", lists for e-mail. */
const CODES =
  '200 201 202 203 204 205 207 208 209 20A 20B 210 211 212 213 214 215 216 217 218 219 220 221 222 223 224 225 226 227 228 229 230 231 232 233 234 235 236 238 239 23A 23B 23C 23D 23E 23F 240 241 242 243 244 245 246 247 248 249 24A 24B 24C 24D 24E 24F 250 251 252 253 254 255 256 259 25A 25B 25C 272 273 274 276';

describe('serviceHint', () => {
  it.each(CODES.split(' '))('knows 0x8005E%s', (code) => {
    const known = serviceHint(`0x8005E${code}`);
    expect(known?.meaning).toMatch(/^\S.{10,}[^.]$/u);
    expect(known?.hint).toMatch(/^\S.{5,}\S$/u);
  });

  it('takes codes in either case, with and without 0x', () => {
    expect([serviceHint('8005e211'), serviceHint('0x8005E211')].map((known) => known?.hint)).toEqual([
      'Give "emailAddress".',
      'Give "emailAddress".',
    ]);
  });

  it.each([null, '', '0x00000000', 'constructor'])('knows nothing of %j', (code) => {
    expect(serviceHint(code)).toBeNull();
  });
});

describe('assumptions', () => {
  it('have ids of their own and leave nothing open', () => {
    expect(new Set(ASSUMPTIONS.map(({ id }) => id)).size).toBe(ASSUMPTIONS.length);
    for (const assumption of ASSUMPTIONS) {
      expect(Object.values(assumption).filter((text) => text.length < 8)).toEqual([]);
    }
  });
});
