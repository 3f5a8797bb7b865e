/** Which item of a file a path leads into: the unit that a phase refuses and that a message is about. */

import { type Address, mailboxAddress, profileAddress, SETTINGS_ADDRESS, SORTS } from '../model/address.ts';
import { member, type Node, nodeAt, type Path, textOf } from './tree.ts';

const LISTS = ['serverProfiles', 'rules', 'mailboxes'];

/** `['mailboxes', 3]`, `['environments', 'prod']`, `['emailSettings']`; for anything else the first step. */
export function itemPath(path: Path): Path {
  const [top] = path;
  const inList = LISTS.some((list) => list === top) || top === 'environments';
  return path.slice(0, inList ? 2 : 1);
}

export function pathKey(path: Path): string {
  return path.join('/');
}

/** What a message begins with where no address says what it is about. */
export function labelOf(root: Node, path: Path): string {
  if (path[0] !== 'rules' || path.length < 2) return '';
  const name = textOf(member(nodeAt(root, path), 'name'));
  return name === undefined ? '' : `rule "${name}": `;
}

/** The resource that an item declares; `null` for rules, environments and items without a name. */
export function addressOf(root: Node, path: Path): Address | null {
  const [top] = path;
  if (top === 'emailSettings') return SETTINGS_ADDRESS;
  if (path.length < 2) return null;
  const item = nodeAt(root, path);
  if (top === 'serverProfiles') return named(textOf(member(item, 'name')), profileAddress);
  if (top !== 'mailboxes') return null;
  for (const sort of SORTS) {
    const address = named(textOf(member(item, sort)), (name) => mailboxAddress(sort, name));
    if (address !== null) return address;
  }
  return null;
}

function named(name: string | undefined, make: (name: string) => Address): Address | null {
  return name === undefined || name === '' ? null : make(name);
}
