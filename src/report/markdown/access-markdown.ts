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
  readonly id: string;
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
  const parts = partsOf(plan, vouched.toSorted(unusualFirst(numbers)));
  const names = parts.flatMap((part) => part.names);
  if (names.length === 0) return { names, full: '', write: () => ({ text: '', named: 0 }) };
  const title = titleOf(vouched, numbers);
  return {
    names,
    full: [title, ...parts.flatMap(({ label, names: own }) => [label, wholeList(own).full])]
      .filter((text) => text !== '')
      .join(GAP),
    write: (room) => {
      const written = writeParts(parts, room - bytes(title) - bytes(GAP));
      return { ...written, text: title + GAP + written.text };
    },
  };
}

const GAP = '\n\n';

/** Whose addresses they are, where the plan tells it. */
interface Part {
  readonly label: string;
  readonly names: readonly string[];
}

/** Those of this request come first: for them its approver answers. */
function partsOf({ base }: Plan, vouched: readonly Vouched[]): readonly Part[] {
  const pending = new Set(base?.pending ?? []);
  const own = vouched.filter(({ id }) => !pending.has(id)).map(nameOf);
  const due = vouched.filter(({ id }) => pending.has(id)).map(nameOf);
  const parts = [
    { label: base === undefined ? '' : `By this request, ${thousands(own.length)}:`, names: own },
    { label: `Due before it, ${thousands(due.length)}:`, names: due },
  ];
  return parts.filter(({ names }) => names.length > 0);
}

/** The first parts as far as there is room, but never so far that the others could not be counted. */
function writeParts(parts: readonly Part[], room: number): { readonly text: string; readonly named: number } {
  const [first, ...others] = parts;
  if (first === undefined) return { text: '', named: 0 };
  const list = wholeList(first.names);
  const label = first.label === '' ? '' : first.label + GAP;
  const least = others.reduce(
    (sum, part) => sum + bytes(part.label + wholeList(part.names).least) + 2 * bytes(GAP),
    0,
  );
  const left = room - bytes(label) - least;
  const text = label + list.write(left);
  const rest = writeParts(others, room - bytes(text) - bytes(GAP));
  return {
    text: [text, rest.text].filter((part) => part !== '').join(GAP),
    named: countWhole(first.names, left) + rest.named,
  };
}

function vouchedOf(step: PlanStep): Vouched {
  const name = vouchedFor(step) || shortName(step.address);
  return {
    id: step.id,
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
