/** What validate found as tests: one case for each file, which fails where the file has an error. */

import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Problems } from '../../model/validate.generated.ts';
import { pathInRepository } from '../annotations/annotation-words.ts';
import { groupBy } from '../group.ts';
import { printable } from '../printable.ts';
import type { Style } from '../style.ts';
import { count } from '../text.ts';
import { type Case, junitXml } from './test-case.ts';

/** What is about no file is about the project. */
const PROJECT = 'project';

export function validateJunit(document: Problems, { folder }: Style): string {
  const { files, diagnostics } = printable(document);
  const byFile = new Map(
    groupBy(diagnostics, ({ source }) => source?.file ?? '').map((group) => [
      group[0]?.source?.file ?? '',
      group,
    ]),
  );
  const unread = [...byFile.keys()].filter((file) => file !== '' && !files.includes(file));
  return junitXml({
    verb: 'validate',
    suites: [
      {
        name: 'files',
        cases: [...files, ...unread].map((file) =>
          fileCase(pathInRepository(file, folder), byFile.get(file) ?? []),
        ),
      },
      { name: PROJECT, cases: byFile.has('') ? [findingsCase(PROJECT, byFile.get('') ?? [])] : [] },
    ],
  });
}

function fileCase(file: string, found: readonly Diagnostic[]): Case {
  return { ...findingsCase(file, found), file };
}

function findingsCase(name: string, found: readonly Diagnostic[]): Case {
  const errors = found.filter(({ severity }) => severity === 'error');
  const output = found.map(diagnosticLines).join('\n\n');
  if (errors.length === 0) return { name, state: 'passed', output };
  const [first] = errors;
  const more = errors.length === 1 ? '' : ` (and ${count(errors.length - 1, 'more error')})`;
  return {
    name,
    state: 'failed',
    message: `${first?.message ?? ''}${more}`,
    type: first?.code ?? '',
    output,
  };
}

function diagnosticLines({ code, severity, address, source, message, hint }: Diagnostic): string {
  const place = source === null ? [] : [`${source.file}:${source.line}:${source.column}`];
  const head = [...place, severity, ...(address === null ? [] : [address]), message, `[${code}]`].join('  ');
  return hint === null ? head : `${head}\n${hint}`;
}
