/**
 * `mailboxctl report`: shows what another run saved, in any form that its verb has; `--merge` joins the results of
 * several environments. Reads files and nothing else.
 */

import { type Command, Option } from 'commander';
import type { Merged } from '../model/report.generated.ts';
import { withPlanFile } from '../plan/hand-off.ts';
import { allFormats, formatsOf, REPORT_VERBS, type ReportVerb } from '../report/formats.ts';
import { wrap } from '../report/text.ts';
import { CommandError, EXIT, type ExitCode, strongest } from './exit-codes.ts';
import { pathOf } from './files.ts';
import type { Io } from './io.ts';
import { mergeFiles } from './merge-files.ts';
import * as option from './options.ts';
import { emit, type Report } from './output.ts';
import { openProject } from './project.ts';
import { type Register, reading } from './register.ts';
import { readSavedDocument, readSavedOf } from './saved-document.ts';

type ReportOptions = Pick<
  option.CommonOptions,
  'format' | 'output' | 'color' | 'verbose' | 'detailedExitcode'
> & {
  readonly merge: boolean;
  readonly environments?: string;
  readonly project?: string;
};

export function reportCommand(command: Command, register: Register): void {
  command
    .description(
      'Shows what another run saved in any form that its verb has; with --merge, plans, drift reports, statuses and results of an apply of several environments as one. Reads the files and nothing else.',
    )
    .argument('[files...]', 'what "--format json --output FILE" or "plan --out FILE" wrote')
    .addOption(
      new Option('--merge', 'join the results: what each came to, equal changes once, who lags behind whom')
        .default(false)
        .helpGroup(option.GROUPS.environment),
    )
    .addOption(
      new Option(
        '--environments <file>',
        'with --merge: what "environments --format json" wrote; those without a result are named',
      ).helpGroup(option.GROUPS.environment),
    )
    .addOption(
      new Option(
        '--project <dir>',
        'folder of mailboxctl.yaml, for links and commands in the report; default: here',
      ).helpGroup(option.GROUPS.environment),
    )
    .addOption(option.formatOption(allFormats()))
    .addOption(option.outputOption())
    .addOption(option.colorOption())
    .addOption(option.verboseOption())
    .addOption(option.detailedOption('with --merge: exit with 2 when a result is not clean'))
    .addHelpText('after', formatsText())
    .addHelpText(
      'after',
      option.examples(
        'mailboxctl report plan.json --format markdown',
        'mailboxctl report --merge plan.json drift.json',
        'mailboxctl report --merge --environments environments.json plan.json --format json',
      ),
    )
    .action(register<ReportOptions, readonly string[]>(reading(runReport)));
}

/** Columns that any terminal has. */
const NARROW = 40;

/** Which documents have which forms. */
function formatsText(): string {
  const lines = REPORT_VERBS.flatMap((verb) => [
    `  ${verb === 'report' ? '--merge' : verb}`,
    ...wrap(formatsOf(verb).join(', '), { width: NARROW, indent: 4 }),
  ]);
  return `\nFormats, by what wrote the document:\n${lines.join('\n')}`;
}

async function runReport(io: Io, options: ReportOptions, files: readonly string[] = []): Promise<ExitCode> {
  if (files.length === 0 && !(options.merge && options.environments !== undefined))
    throw new CommandError(EXIT.error, 'report needs a file', 'Name what another run saved.');
  await checkOutput(io, options, files);
  if (options.merge) return mergeAndReport(io, options, files);
  const [file, ...others] = files;
  if (file === undefined || others.length > 0)
    throw new CommandError(
      EXIT.error,
      `report shows one document, and ${files.length} files are named`,
      'Join several with --merge.',
    );
  if (options.environments !== undefined)
    throw new CommandError(EXIT.error, '--environments goes with --merge', 'Add --merge, or leave it out.');
  await emit(io, options, await savedReport(io, options, file));
  return EXIT.ok;
}

/** A report may not take the place of what it is made from, nor of a file of the project. */
async function checkOutput(io: Io, options: ReportOptions, files: readonly string[]): Promise<void> {
  const { output, environments, project } = options;
  if (output === undefined) return;
  const read = environments === undefined ? files : [...files, environments];
  if (read.some((file) => pathOf(io, file) === pathOf(io, output)))
    throw new CommandError(
      EXIT.error,
      `--output ${output} is one of the files that are read`,
      'Name another file.',
    );
  await openProject(project, io, { output });
}

async function savedReport(io: Io, options: ReportOptions, file: string): Promise<Report<ReportVerb>> {
  const { format, project } = options;
  const saved = await readSavedDocument(io, 'The file', file);
  const formats = formatsOf(saved.kind);
  if (!formats.includes(format))
    throw new CommandError(
      EXIT.error,
      `The file ${file} is a document of ${saved.kind}, which has no format "${format}"`,
      `Use one of: ${formats.join(', ')}.`,
    );
  const place = { project: pathOf(io, project ?? '.'), directory: project };
  if (saved.kind !== 'plan') return { verb: saved.kind, document: saved.document, ...place };
  const { document } = saved;
  // The commands in it name the file that it was read from.
  const forPeople = withPlanFile(document, file, project);
  return { verb: 'plan', document, forPeople, planFile: file, ...place };
}

async function mergeAndReport(io: Io, options: ReportOptions, files: readonly string[]): Promise<ExitCode> {
  const { format, environments, project } = options;
  const formats = formatsOf('report');
  if (!formats.includes(format))
    throw new CommandError(
      EXIT.error,
      `What --merge makes has no format "${format}"`,
      `Use one of: ${formats.join(', ')}.`,
    );
  const declared =
    environments === undefined
      ? []
      : (await readSavedOf(io, '--environments', environments, 'environments')).document.include;
  const document = await mergeFiles(io, files, declared);
  const place = { project: pathOf(io, project ?? '.'), directory: project };
  await emit(io, options, { verb: 'report', document, ...place });
  return exitCodeOf(document, options);
}

/** What became of each environment its own run has said; this one fails where it could not tell of all of them. */
function exitCodeOf({ summary }: Merged, { detailedExitcode }: ReportOptions): ExitCode {
  const { problems, without_result, results, clean } = summary;
  return strongest([
    problems + without_result > 0 ? EXIT.error : EXIT.ok,
    detailedExitcode && clean < results ? EXIT.changes : EXIT.ok,
  ]);
}
