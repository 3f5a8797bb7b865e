/** Keys of fields and ids of checks that items name have to exist: a slip would be without effect, silently. */

import { CATALOGUE } from '../catalogue/catalogue.ts';
import { acceptedChecks, ignoredFields } from '../catalogue/management.ts';
import type { Declared, DeclaredResource } from '../model/config.ts';
import { DIAGNOSTIC_CODES, type Diagnostic } from '../model/diagnostic.ts';
import { nearest } from './nearest.ts';
import { type Declarations, type Found, found } from './rule.ts';

const CHECK_IDS = DIAGNOSTIC_CODES.filter((code) => code.startsWith('practice-')).map((code) =>
  code.slice('practice-'.length),
);

/** No service code: what is ignored never reaches the service. */
export function ignoredFieldsExist(declared: Declarations): readonly Diagnostic[] {
  const items = [...declared.profiles, ...declared.mailboxes].flatMap(({ kind, address, fields }) =>
    unknownFields(kind, fields.get('ignore')).map((problem) =>
      found('error', 'unknown-key', { ...problem, address }),
    ),
  );
  const rules = declared.rules.flatMap(({ name, fields }) =>
    unknownFields('mailbox', fields.get('ignore')).map((problem) =>
      found('error', 'unknown-key', { ...problem, message: `rule "${name}": ${problem.message}` }),
    ),
  );
  return [...items, ...rules];
}

function unknownFields(
  kind: DeclaredResource['kind'],
  ignore: Declared | undefined,
): readonly Omit<Found, 'address'>[] {
  if (ignore === undefined) return [];
  const known = fieldKeys(kind);
  return [...ignoredFields(ignore.value)]
    .filter((key) => !known.includes(key))
    .map((key) => ({
      source: ignore.source,
      message: `ignore names "${key}", which is no field of a ${kind}`,
      hint: fieldHint(key, known),
    }));
}

function fieldHint(key: string, known: readonly string[]): string {
  const below = known.filter((each) => each.startsWith(`${key}.`));
  if (below.length > 0) return `Write its fields one by one: ${below.join(', ')}.`;
  const near = nearest(key, known);
  return near === null ? `Use one of: ${known.join(', ')}.` : `Did you mean "${near}"?`;
}

/** No service code: a best-practice check is this tool's own. */
export function acceptedChecksExist({ mailboxes }: Declarations): readonly Diagnostic[] {
  return mailboxes.flatMap(({ address, fields }) => {
    const accept = fields.get('accept');
    return [...acceptedChecks(accept?.value).keys()].flatMap((id) => {
      if (accept === undefined || CHECK_IDS.includes(id)) return [];
      const near = nearest(id, CHECK_IDS);
      return [
        found('error', 'check-unknown', {
          address,
          source: accept.source,
          message: `accept names "${id}", which is no check; use one of: ${CHECK_IDS.join(', ')}`,
          hint: near === null ? 'Remove it.' : `Did you mean "${near}"?`,
        }),
      ];
    });
  });
}

function fieldKeys(kind: DeclaredResource['kind']): readonly string[] {
  return CATALOGUE.rows(kind)
    .filter(({ yaml, codec }) => yaml !== undefined && codec !== undefined)
    .map(({ key }) => key);
}
