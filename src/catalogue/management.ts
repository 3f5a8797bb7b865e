/**
 * Rows of the catalogue that say how an item is managed, not what a record holds: no column knows them. Resolving
 * consumes them.
 */

import type { Kind } from '../model/address.ts';
import type { Value } from '../model/value.ts';
import { type FieldRow, field, type YamlKey } from './field.ts';

/** Kinds whose items can be taken out, protected, deleted. Settings are one row that is always there. */
type ManagedKind = Exclude<Kind, 'settings'>;

const WHAT: Readonly<Record<ManagedKind, string>> = { profile: 'profile', mailbox: 'mailbox' };

/** The keys both kinds have; `sorts` limits what exists for forward mailboxes alone. */
export function managementRows(kind: ManagedKind): readonly FieldRow[] {
  const what = WHAT[kind];
  const inRules = kind === 'mailbox' ? { inRules: true } : {};
  const forwardOnly: Pick<YamlKey, 'sorts'> = kind === 'mailbox' ? { sorts: ['forward'] } : {};
  return [
    field({
      kind,
      key: 'managed',
      title: 'Managed here',
      yaml: {
        schema: { type: 'boolean' },
        summary: `Whether this configuration looks after the ${what} here. With "false" nothing of it is compared, changed or reported, whatever else sets it.`,
        example: false,
        default: true,
        ...inRules,
      },
    }),
    field({
      kind,
      key: 'protect',
      title: 'Protected',
      yaml: {
        schema: { type: 'boolean' },
        summary: `Refuses every plan that changes the ${what} in any way, until somebody allows it with --allow protected.`,
        example: true,
        default: false,
        ...inRules,
      },
    }),
    field({
      kind,
      key: 'ignore',
      title: 'Ignored fields',
      yaml: {
        schema: { type: 'array', minItems: 1, items: { type: 'string', minLength: 1 } },
        summary: `Fields that are written when the ${what} is created and afterwards neither compared nor changed, by their keys in this file; for what other people look after.`,
        example: kind === 'profile' ? ['description', 'incoming.port'] : ['processEmailsFrom'],
        parse: (yaml) => (Array.isArray(yaml) ? yaml.map(String) : undefined),
        ...inRules,
      },
    }),
    field({
      kind,
      key: 'renamedFrom',
      title: 'Former name',
      yaml: {
        schema: { type: 'string', minLength: 1, maxLength: kind === 'profile' ? 100 : 200 },
        summary: `Name that the ${what} had before. If no record has the new name and one has this one, that record is renamed; once it is, the key may go.`,
        example: kind === 'profile' ? 'Exchange Online (old)' : 'Inbox of the old office',
        ...forwardOnly,
      },
    }),
    field({
      kind,
      key: 'absent',
      title: 'Absent',
      risk: {
        guard: 'delete',
        text:
          kind === 'profile'
            ? 'Mailboxes that still use the profile lose it, and their mail stops. Nothing brings the record back.'
            : 'Mail that is forwarded to the mailbox is no longer read. Nothing brings the record back.',
      },
      yaml: {
        schema: { type: 'boolean', enum: [true] },
        summary: `Deletes the ${what} if it is there. Stands alone beside what names the ${what}; only profiles and forward mailboxes can be deleted.`,
        example: true,
        ...forwardOnly,
      },
    }),
  ];
}

export const acceptRow: FieldRow = field({
  kind: 'mailbox',
  key: 'accept',
  title: 'Accepted findings',
  yaml: {
    schema: {
      type: 'object',
      minProperties: 1,
      additionalProperties: { type: 'string', minLength: 3 },
    },
    summary:
      'Best-practice findings that are all right for this mailbox: the id of the check, and the reason why.',
    example: { 'forward-mailbox': 'The scanner on the third floor can send to one address only.' },
    parse: (yaml) => {
      if (typeof yaml !== 'object' || yaml === null) return undefined;
      return Object.entries(yaml).map(([id, reason]) => [id, String(reason)]);
    },
  },
});

const NONE_ACCEPTED: ReadonlyMap<string, string> = new Map();

/** Check ids with their reasons, as `accept` declares them. */
export function acceptedChecks(value: Value | undefined): ReadonlyMap<string, string> {
  if (value === undefined) return NONE_ACCEPTED;
  const entries = Array.isArray(value) ? (value as readonly Value[]) : [];
  return new Map(
    entries.flatMap((entry) => {
      if (!Array.isArray(entry)) return [];
      const [id, reason] = entry as readonly Value[];
      return typeof id === 'string' && typeof reason === 'string' ? [[id, reason] as const] : [];
    }),
  );
}

/** Keys of fields, as `ignore` declares them. */
export function ignoredFields(value: Value | undefined): ReadonlySet<string> {
  const keys = Array.isArray(value) ? (value as readonly Value[]) : [];
  return new Set(keys.filter((key) => typeof key === 'string'));
}
