/** What is on a page is text, nothing leaves it, and everybody can read it. */

import { createHash } from 'node:crypto';
import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { tabs } from './tab.ts';
import { HOSTILE, hostileViews, smallViews } from './views.ts';

const openTab = tabs();
const small = smallViews();
const hostile = hostileViews();

/** Of what axe answers in the page. */
interface Found {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly target: readonly string[] }[];
  }[];
}

describe('the file itself', () => {
  it.each(Object.entries(hostile))('of a %s holds no markup and no direction of a name', (_, html) => {
    expect(html.match(/<(?:img|link|svg onload)|\u202e|<\/script/gu)).toEqual(['</script', '</script']);
  });

  it.each(Object.entries(small))(
    'of a %s allows the one script and the one style that it holds',
    (_, html) => {
      const inner = (tag: string): string => new RegExp(`<${tag}>([^]*)</${tag}>`, 'u').exec(html)?.[1] ?? '';
      const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
      const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/u.exec(html)?.[1] ?? '';
      expect(policy.split('; ').slice(0, 3)).toEqual([
        "default-src 'none'",
        `script-src ${hash(inner('script'))}`,
        `style-src ${hash(inner('style'))}`,
      ]);
      expect(html).not.toMatch(/ (?:style|on\w+)=/u);
    },
  );
});

for (const [name, html] of Object.entries(hostile)) {
  it(`a ${name} of hostile names runs, loads and changes nothing`, async (context) => {
    const tab = await openTab(context, html);
    const { page } = tab;
    await page.locator('html.running').waitFor({ state: 'attached' });
    const harmed = await page.evaluate(() => ({
      harmed: 'harmed' in globalThis,
      scripts: document.scripts.length,
      others: document.querySelectorAll('img, link, object, embed, iframe, base, form, [onerror], [onload]')
        .length,
      links: [...document.links]
        .map((link) => link.protocol)
        .filter((protocol) => protocol !== 'https:' && protocol !== 'file:'),
    }));
    expect(harmed).toEqual({ harmed: false, scripts: 2, others: 0, links: [] });
    const shown = await page.locator('body').innerText();
    expect(shown).toContain(HOSTILE[0]);
    expect(shown).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/u);
    expect([tab.errors, tab.requests, await tab.violations()]).toEqual([[], [], []]);
  });
}

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  for (const [name, html] of Object.entries(small)) {
    it(`${name} breaks no rule of axe, loads nothing and says nothing in the console`, async (context) => {
      const tab = await openTab(context, html, { colorScheme, viewport: { width: 1280, height: 900 } });
      await tab.page.locator('html.running').waitFor({ state: 'attached' });
      // As an expression, since the page's policy lets no other script in.
      await tab.page.evaluate(axe.source);
      const violations = await tab.page.evaluate(async () => {
        const page = globalThis as unknown as { readonly axe: { run: () => Promise<Found> } };
        const found = await page.axe.run();
        return found.violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target.join(' '))]);
      });
      expect(violations).toEqual([]);
      expect([tab.errors, tab.requests, await tab.violations()]).toEqual([[], [], []]);
    });
  }
});
