import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createScrubber } from './secret-text.ts';

const secrets = fc
  .string({ unit: 'grapheme', minLength: 6, maxLength: 40 })
  .filter((text) => text.trim().length >= 6);

/** Ways in which a secret gets into a text. */
const WAYS: readonly (readonly [string, (secret: string) => string])[] = [
  ['raw', (secret) => secret],
  ['JSON', (secret) => JSON.stringify({ password: secret })],
  ['base64', (secret) => Buffer.from(secret).toString('base64')],
  ['base64url', (secret) => Buffer.from(secret).toString('base64url')],
  ['a URL component', (secret) => encodeURIComponent(secret)],
  ['a form', (secret) => new URLSearchParams({ p: secret }).toString()],
  ['XML text', (secret) => escapeMarkup(secret)],
  ['an XML attribute', (secret) => escapeMarkup(secret).replaceAll('"', '&quot;')],
];

describe('scrub', () => {
  it.each(WAYS)('leaves no secret in %s', (_name, wrap) => {
    fc.assert(
      fc.property(secrets, fc.string(), fc.string(), (secret, before, after) => {
        const scrubber = createScrubber();
        scrubber.learn(secret);
        const wrapped = wrap(secret);
        const clean = scrubber.scrub(`${before}<${wrapped}>${after}`);
        expect(clean).toContain('***');
        expect(clean.includes(wrapped) && !'***'.includes(wrapped)).toBe(false);
      }),
    );
  });

  it('leaves no secret in the Base64 of a longer text', () => {
    fc.assert(
      fc.property(secrets, fc.nat(5), fc.nat(5), (secret, before, after) => {
        const scrubber = createScrubber();
        scrubber.learn(secret);
        const text = Buffer.from(`${'u'.repeat(before)}${secret}${'v'.repeat(after)}`).toString('base64');
        expect(scrubber.scrub(text)).toContain('***');
      }),
    );
  });

  it('takes the longer of two secrets that overlap', () => {
    const scrubber = createScrubber();
    scrubber.learn('password');
    scrubber.learn('password-2026');
    expect(scrubber.scrub('a password-2026 and a password')).toBe('a *** and a ***');
  });

  it('leaves other text as it is', () => {
    const scrubber = createScrubber();
    scrubber.learn('hunter22');
    expect(scrubber.scrub('nothing to see')).toBe('nothing to see');
  });
});

function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
