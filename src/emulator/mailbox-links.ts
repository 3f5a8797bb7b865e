/**
 * Which organization an Exchange mailbox is synchronized by: what environments of one tenant have in common. Testing an
 * address re-links it to the environment that tests; the check box "sync items from this organization only" makes that
 * environment primary (Microsoft Learn, "When would I want to use this check box?"). Kept by the emulator itself, shared
 * between emulators of one process, or shared in a file.
 */

import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Store } from './store.ts';
import { text } from './world.ts';

export interface MailboxLink {
  /** Organization that tested the address last with success. */
  readonly organization: string;
  /** Organization whose id Exchange holds for appointments, contacts and tasks. */
  readonly primary: string | null;
}

export interface MailboxLinks {
  readonly shared: boolean;
  get(emailAddress: string): MailboxLink | undefined;
  set(emailAddress: string, link: MailboxLink): void;
  /** Another value whenever something may have changed. */
  state(): string;
}

const table = '_links';

/** Nobody else tests these addresses: rows of the emulator's own, so that they outlive the process. */
export function ownLinks(store: Store): MailboxLinks {
  return {
    shared: false,
    get(emailAddress) {
      const row = store.get(table, emailAddress.toLowerCase());
      if (row === undefined) return undefined;
      return { organization: text(row.organization), primary: text(row.primary) || null };
    },
    set(emailAddress, { organization, primary }) {
      store.put(table, emailAddress.toLowerCase(), { organization, primary });
    },
    state: () => '',
  };
}

/** Shared by emulators of one process. */
export function sharedLinks(): MailboxLinks {
  const links = new Map<string, MailboxLink>();
  let changes = 0;
  return {
    shared: true,
    get: (emailAddress) => links.get(emailAddress.toLowerCase()),
    set(emailAddress, link) {
      links.set(emailAddress.toLowerCase(), link);
      changes += 1;
    },
    state: () => String(changes),
  };
}

/** Shared by whatever opens the same file, one process after the other or at once. */
export function linksInFile(path: string): MailboxLinks {
  let text = '';
  let links: Readonly<Record<string, MailboxLink>> = {};
  function read(): Readonly<Record<string, MailboxLink>> {
    const fresh = existsSync(path) ? readFileSync(path, 'utf8') : '';
    if (fresh !== text) links = parseLinks(fresh, path);
    text = fresh;
    return links;
  }
  return {
    shared: true,
    get: (emailAddress) => read()[emailAddress.toLowerCase()],
    set(emailAddress, link) {
      const changed = { ...read(), [emailAddress.toLowerCase()]: link };
      mkdirSync(dirname(path), { recursive: true });
      writeFileAtomic.sync(path, `${JSON.stringify(changed, null, 2)}\n`);
    },
    state() {
      read();
      return text;
    },
  };
}

function parseLinks(written: string, path: string): Readonly<Record<string, MailboxLink>> {
  if (written === '') return {};
  try {
    return JSON.parse(written) as Readonly<Record<string, MailboxLink>>;
  } catch (cause) {
    throw new Error(`${path} is damaged. Remove it: no mailbox is linked to an organization then.`, {
      cause,
    });
  }
}
