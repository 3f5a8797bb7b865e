/** Searching, filtering, sorting and unfolding a page as its readers do: with a mouse, with keys, on a phone, on paper. */

import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { hugeEqualPlan } from '../../src/report/fixtures/plans.ts';
import { planHtml } from '../../src/report/html/plan-html.ts';
import { tabs } from './tab.ts';
import { hostileViews, LARGE, largeViews, smallViews } from './views.ts';

const openTab = tabs();
const small = smallViews();
const large = largeViews();
const plan = small.plan ?? '';
const drift = small.drift ?? '';
const status = small.status ?? '';

async function namesIn(page: Page, section: string): Promise<readonly string[]> {
  return page.locator(`#${section} tbody tr:not(.under) td:first-child .name`).allInnerTexts();
}

describe('search', () => {
  it('finds a name in every section, and of a group only that name', async (context) => {
    const { page } = await openTab(context, plan);
    await page.getByRole('searchbox').fill('peggy');
    await page.getByRole('status').filter({ hasText: '1 of 179 entries match' }).waitFor();
    expect(await page.locator('main > section:not([hidden]) h2').allInnerTexts()).toEqual([
      'In numbers of all, whatever is chosen above',
      'Tests 1 of 40',
      'Cost, and how to apply it',
    ]);
    await page.getByRole('searchbox').fill('carol2 outlook');
    expect(await page.locator('#changes .members li').allInnerTexts()).toEqual(['carol2@contoso.com']);
    expect(await page.locator('#changes details').getAttribute('open')).not.toBeNull();
  });

  it('takes an address as other reports print it, a file with its line, a field, a code', async (context) => {
    const { page } = await openTab(context, plan);
    for (const [query, section] of [
      ['mailbox:queue/Billing', '#changes'],
      ['queues.yaml:52', '#findings'],
      ['newMailboxes.incoming', '#changes'],
      ['ADDRESS-OWNED', '#warnings'],
    ] as const) {
      await page.getByRole('searchbox').fill(query);
      expect([query, await page.locator(section).getAttribute('class')]).toEqual([query, null]);
    }
    await page.getByRole('searchbox').fill('nobody at all');
    expect(await page.locator('.found').innerText()).toBe('None of 179 entries match');
  });

  it('is emptied by Escape', async (context) => {
    const { page } = await openTab(context, plan);
    await page.getByRole('searchbox').fill('peggy');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('searchbox').inputValue()).toBe('');
    expect(await page.locator('.found').innerText()).toBe('179 entries');
  });
});

describe('filters', () => {
  it('narrow by class, kind, business unit and state together', async (context) => {
    const { page } = await openTab(context, status);
    await page.getByLabel('Business unit').selectOption('Sales');
    const sales = await namesIn(page, 'mailboxes');
    await page.getByLabel('Kind').selectOption('queue mailbox');
    const queues = await namesIn(page, 'mailboxes');
    await page.getByLabel('Condition').selectOption('not synced');
    expect([sales.length, queues, await namesIn(page, 'mailboxes')]).toEqual([
      4,
      ['queue/🎉 Events & Feiern', 'queue/Lobby'].filter((name) => sales.includes(name)),
      sales.includes('queue/Lobby') ? ['queue/Lobby'] : [],
    ]);
    await page.getByRole('button', { name: 'Reset' }).click();
    expect(await page.locator('.found').innerText()).toBe('12 entries');
  });

  it('tell what a request brings from what was due before', async (context) => {
    const { page } = await openTab(context, small['plan-careful'] ?? '');
    expect(await page.locator('#pending .name').allInnerTexts()).toEqual(['forward/Old inbound', 'Exchange']);
    await page.getByRole('combobox', { name: 'Cause' }).selectOption('this request');
    expect(await page.locator('main > section:not([hidden]) h2').allInnerTexts()).toEqual([
      'Guards 1 of 2',
      'What people will notice 2',
      'No longer managed 2',
      'Changed references to secrets 1',
      'Taken back by this request 1',
      'In numbers of all, whatever is chosen above',
      'Changes 2',
      "Because of the environment's mail ceiling 38 in 1 group",
      'Tests 1',
      'Cost, and how to apply it',
    ]);
  });

  it('of a number at the top show what it counts', async (context) => {
    const { page } = await openTab(context, drift);
    const tile = page.getByRole('button', { name: '4 of high severity' });
    await tile.click();
    expect(await tile.getAttribute('aria-pressed')).toBe('true');
    expect(await page.locator('.found').innerText()).toBe('4 of 14 entries match');
    await tile.click();
    expect(await page.locator('.found').innerText()).toBe('14 entries');
  });

  it('offer nothing that the document does not tell', async (context) => {
    const { page } = await openTab(context, drift);
    expect(await page.getByLabel('Business unit').count()).toBe(0);
  });
});

describe('sorting', () => {
  it('goes up, down and back, and says so', async (context) => {
    const { page } = await openTab(context, status);
    const heading = page.getByRole('columnheader', { name: 'Mailbox' });
    const before = await namesIn(page, 'mailboxes');
    await heading.getByRole('button').click();
    expect(await heading.getAttribute('aria-sort')).toBe('ascending');
    const up = await namesIn(page, 'mailboxes');
    expect(up).toEqual([...before].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)));
    await heading.getByRole('button').click();
    expect([await heading.getAttribute('aria-sort'), await namesIn(page, 'mailboxes')]).toEqual([
      'descending',
      up.toReversed(),
    ]);
    await heading.getByRole('button').click();
    expect([await heading.getAttribute('aria-sort'), await namesIn(page, 'mailboxes')]).toEqual([
      null,
      before,
    ]);
  });
});

describe('keys alone', () => {
  it('skip to the results, search, unfold and sort, and show where they are', async (context) => {
    const { page } = await openTab(context, plan);
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').innerText()).toBe('Skip to the results');
    await page.keyboard.press('Enter');
    expect(await page.locator(':focus').getAttribute('id')).toBe('changes-title');
    await page.locator('#changes summary').first().focus();
    await page.keyboard.press('Enter');
    await page.locator('#changes details[open] li:nth-child(38)').waitFor();
    await page.locator('#changes .sort').first().focus();
    const outline = await page
      .locator(':focus')
      .evaluate((element) => getComputedStyle(element).outlineStyle);
    expect(outline).toBe('solid');
    await page.keyboard.press('Space');
    expect(await page.locator('#changes th').first().getAttribute('aria-sort')).toBe('ascending');
  });

  it('name what they reach: landmarks, headings, tables with captions', async (context) => {
    const { page } = await openTab(context, plan);
    for (const role of ['banner', 'main', 'search'] as const)
      expect([role, await page.getByRole(role).count()]).toEqual([role, 1]);
    expect(await page.getByRole('navigation', { name: 'On this page' }).count()).toBe(1);
    expect(await page.getByRole('table', { name: 'Changes' }).count()).toBe(1);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Plan for prod');
  });
});

describe('light and dark', () => {
  it('follow the system, and the reader', async (context) => {
    const { page } = await openTab(context, plan, { colorScheme: 'dark' });
    const paper = (): Promise<string> =>
      page.locator('body').evaluate((element) => getComputedStyle(element).backgroundColor);
    const dark = await paper();
    await page.getByLabel('Colours').selectOption('light');
    expect([dark, await paper()]).toEqual(['rgb(21, 24, 28)', 'rgb(255, 255, 255)']);
    await page.getByLabel('Colours').selectOption('system');
    expect(await paper()).toBe(dark);
  });
});

describe('a phone of 400 pixels', () => {
  const hostile = Object.entries(hostileViews()).map(
    ([name, html]) => [`a ${name} of hostile names`, html] as const,
  );
  for (const [name, html] of [...Object.entries(small), ...hostile]) {
    it(`shows ${name} without scrolling sideways, its tables still tables`, async (context) => {
      const { page } = await openTab(context, html, { viewport: { width: 400, height: 800 } });
      await page.locator('details').evaluateAll((all) => {
        for (const one of all) (one as HTMLDetailsElement).open = true;
      });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(400);
      const tables = await page.locator('table').count();
      expect(await page.getByRole('table').count()).toBe(tables);
    });
  }
});

describe('without JavaScript', () => {
  it('shows the first rows and says what is missing', async (context) => {
    const { page } = await openTab(context, large.status ?? '', { javaScriptEnabled: false });
    expect(await namesIn(page, 'mailboxes')).toHaveLength(50);
    expect(await page.locator('noscript').innerText()).toContain('shows the first rows of each section');
    expect(await page.getByRole('search').count()).toBe(0);
    expect(await page.locator('#mailboxes .pager').innerText()).toBe('Rows 1–50 of 5,000');
  });
});

describe('paper', () => {
  const print = (page: Page): Promise<void> =>
    page.evaluate(() => void dispatchEvent(new Event('beforeprint')));

  it('has what is filtered, unfolded, and says so', async (context) => {
    const { page } = await openTab(context, plan);
    await page.getByLabel('Class').selectOption('edit');
    await print(page);
    expect(await page.locator('.printed').innerText()).toBe('Only what matches is printed: Class edit.');
    expect(await page.locator('#changes .members li').count()).toBe(40);
    await page.evaluate(() => void dispatchEvent(new Event('afterprint')));
    expect(await page.locator('.printed').count()).toBe(0);
  });

  it('has a bounded number of rows of many, and says how many there are', async (context) => {
    const { page } = await openTab(context, large.status ?? '');
    await print(page);
    expect(await namesIn(page, 'mailboxes')).toHaveLength(1000);
    expect(await page.locator('#mailboxes .pager').innerText()).toBe('Printed: 1–1,000 of 5,000 rows.');
  });
});

describe('5,000 mailboxes', () => {
  it.each(Object.entries(large))('are less than 6 MB as a %s', (_, html) => {
    expect(Buffer.byteLength(html)).toBeLessThan(6_000_000);
  });

  for (const [name, html] of Object.entries(large)) {
    it(`of a ${name} are a page of few elements, before and after a search`, async (context) => {
      const { page } = await openTab(context, html);
      const elements = (): Promise<number> => page.evaluate(() => document.querySelectorAll('*').length);
      const rows = (): Promise<number> => page.locator('tbody tr:not(.under)').count();
      expect(await elements()).toBeLessThan(12_000);
      await page.getByRole('searchbox').fill('alice49');
      await page.locator('.found').filter({ hasText: 'match' }).waitFor();
      expect(await rows()).toBeGreaterThan(0);
      await page.getByRole('searchbox').fill('contoso');
      expect(await rows()).toBeLessThanOrEqual(50 * (await page.locator('main table').count()));
      expect(await elements()).toBeLessThan(12_000);
    });
  }

  it('are turned page by page', async (context) => {
    const { page } = await openTab(context, large.status ?? '');
    const pager = page.getByRole('navigation', { name: 'Pages of Mailboxes' });
    await pager.getByRole('button', { name: 'Next' }).click();
    expect(await pager.getByRole('status').innerText()).toBe('Rows 51–100 of 5,000');
    await pager.getByRole('button', { name: 'Last' }).click();
    expect(await pager.getByRole('status').innerText()).toBe('Rows 4,951–5,000 of 5,000');
    await page.getByRole('searchbox').fill('alice');
    expect(await pager.getByRole('status').innerText()).toBe(`Rows 1–50 of ${LARGE / 10}`);
  });

  it('that change in the same way are one row, whose names are shown some at a time', async (context) => {
    const { page } = await openTab(context, planHtml(hugeEqualPlan()));
    const group = page.locator('#changes details').first();
    await group.locator('summary').click();
    await group.locator('li:nth-child(100)').waitFor();
    await group.getByRole('button', { name: 'Show 500 more' }).click();
    await group.locator('li:nth-child(600)').waitFor();
    expect(await group.locator('li').count()).toBe(600);
  });
});
