/**
 * Who is given access: each e-mail address that a plan approves, by name. Who approves the plan vouches for all of
 * them, so they are never folded away, and have the room before everything else. Where even that does not suffice,
 * the unusual ones come first: those that differ from the mailbox's own name, then those of the rarest domains, since
 * a wrong address hides among thousands of one's own domain.
 */

import type { Plan, PlanStep } from '../../model/plan.generated.ts';
import { compareText } from '../../model/value.ts';
import { shortName } from '../names.ts';
import { isOwnAddress, vouchedFor } from '../plan-groups.ts';
import { count, thousands } from '../text.ts';
import { countWhole, wholeList } from './blocks.ts';
import { code } from './escape.ts';
import { bytes } from './room.ts';

export interface Access {
  readonly names: readonly string[];
  readonly full: string;
  readonly write: (room: number) => { readonly text: string; readonly named: number };
}

interface Vouched {
  readonly address: string;
  readonly isOwn: boolean;
  readonly byPerson: boolean;
  readonly name: string;
  readonly domain: string;
}

export function accessList(plan: Plan): Access {
  const vouched = plan.steps.filter(({ verb }) => verb === 'approve').map(vouchedOf);
  const numbers = new Map<string, number>();
  for (const { domain } of vouched) numbers.set(domain, (numbers.get(domain) ?? 0) + 1);
  const names = vouched.toSorted(unusualFirst(numbers)).map(nameOf);
  const title = titleOf(vouched, numbers);
  return {
    names,
    full: names.length === 0 ? '' : `${title}\n\n${wholeList(names).full}`,
    write: (room) => {
      if (names.length === 0) return { text: '', named: 0 };
      const left = room - bytes(title) - 2;
      return { text: `${title}\n\n${wholeList(names).write(left)}`, named: countWhole(names, left) };
    },
  };
}

function vouchedOf(step: PlanStep): Vouched {
  const name = vouchedFor(step) || shortName(step.address);
  return {
    address: step.address,
    isOwn: isOwnAddress(step),
    byPerson: step.hand_off === true,
    name,
    domain: name.slice(name.lastIndexOf('@') + 1).toLowerCase(),
  };
}

function unusualFirst(numbers: ReadonlyMap<string, number>) {
  const rarity = ({ domain }: Vouched): number => numbers.get(domain) ?? 0;
  return (a: Vouched, b: Vouched): number =>
    Number(a.isOwn) - Number(b.isOwn) ||
    rarity(a) - rarity(b) ||
    compareText(a.domain, b.domain) ||
    compareText(a.name, b.name);
}

function nameOf({ address, isOwn, byPerson, name }: Vouched): string {
  const whose = isOwn ? '' : ` for ${code(shortName(address))}`;
  return `${code(name)}${whose}${byPerson ? ' (by a person)' : ''}`;
}

/** Domains that are named, the rarest first. */
const DOMAINS_NAMED = 8;

function titleOf(vouched: readonly Vouched[], numbers: ReadonlyMap<string, number>): string {
  const domains = [...numbers].toSorted(([a, many], [b, others]) => many - others || compareText(a, b));
  const named = domains
    .slice(0, DOMAINS_NAMED)
    .map(([domain, number]) => `${code(domain)} ${thousands(number)}`);
  const rest = domains.length - named.length;
  const all = [...named, ...(rest > 0 ? [`${thousands(rest)} other domains`] : [])].join(', ');
  return `**Access is given to ${count(vouched.length, 'e-mail address', 'e-mail addresses')}** (${all}):`;
}
