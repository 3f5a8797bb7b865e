/** Takes known secrets out of text, in every form in which a server or a library may print them. Reads nothing. */

import type { Scrubber } from '../model/ports.ts';

const REPLACEMENT = '***';

export function createScrubber(): Scrubber {
  const forms = new Set<string>();
  let longestFirst: readonly string[] = [];
  return {
    learn: (secret) => {
      for (const form of formsOf(secret)) forms.add(form);
      longestFirst = [...forms].sort((a, b) => b.length - a.length);
    },
    scrub: (text) => longestFirst.reduce((clean, form) => clean.replaceAll(form, REPLACEMENT), text),
  };
}

/** Raw, Base64 in both alphabets and at each offset, URL-, JSON- and XML-escaped. */
function formsOf(secret: string): readonly string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const url = encodeURIComponent(toWellFormed(secret));
  const urls = [
    url,
    strictUrl(url),
    url.replaceAll('%20', '+'),
    new URLSearchParams([['', secret]]).toString().slice(1),
  ];
  return [
    ...new Set([
      secret,
      json,
      asciiJson(secret),
      json.replaceAll('/', '\\/'),
      ...urls,
      ...urls.map((form) => form.replaceAll(/%[0-9A-F]{2}/gu, (escaped) => escaped.toLowerCase())),
      ...xmlForms(secret),
      ...base64Forms(secret),
    ]),
  ].filter((form) => form.length >= 4);
}

/**
 * Base64 of a longer text that holds the secret depends on where it begins: for each of the three offsets, the
 * characters that no neighbour can change.
 */
function base64Forms(secret: string): readonly string[] {
  const bytes = Buffer.from(secret, 'utf8');
  const whole = bytes.toString('base64');
  const inner = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/u, '');
    const cutFront = offset === 0 ? 0 : offset + 1;
    const cutBack = (offset + bytes.length) % 3 === 0 ? 0 : 1;
    return text.slice(cutFront, text.length - cutBack);
  });
  const plain = [whole, whole.replace(/=+$/u, ''), ...inner];
  return [...plain, ...plain.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'))];
}

function asciiJson(secret: string): string {
  const escaped = JSON.stringify(secret).slice(1, -1);
  return escaped.replaceAll(/[\u0080-\uffff<>&'+]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

function strictUrl(url: string): string {
  return url.replaceAll(/[!'()*]/gu, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Quotes need escaping in attributes alone, and have two forms each. */
function xmlForms(secret: string): readonly string[] {
  const markup = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return ['"', '&quot;', '&#34;'].flatMap((quote) =>
    ["'", '&apos;', '&#39;'].map((apostrophe) =>
      markup.replaceAll('"', () => quote).replaceAll("'", () => apostrophe),
    ),
  );
}

/** Half a surrogate pair cannot be URL-encoded; it is replaced as encoders of other libraries do. */
function toWellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
