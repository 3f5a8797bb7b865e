/** Writes a verb's report: to stdout or `--output`, in the form that was asked for. Everything else goes to stderr. */

import { type Documents, type ReportVerb, rendererOf } from '../report/formats.ts';
import type { MarkdownStyle } from '../report/markdown/markdown-style.ts';
import type { Style } from '../report/style.ts';
import { CommandError, EXIT } from './exit-codes.ts';
import { writeNamedFile } from './files.ts';
import { type Io, type Output, styleFor } from './io.ts';
import { addToSummary, summaryFile } from './job-summary.ts';
import type { CommonOptions } from './options.ts';
import { folderInRepository } from './repository.ts';
import { sourceLinks } from './source-links.ts';

type ReportStyle = Style & MarkdownStyle;
type OutputOptions = Pick<CommonOptions, 'format' | 'output' | 'color' | 'verbose'>;

export interface Report<Verb extends ReportVerb> {
  readonly verb: Verb;
  readonly document: Documents[Verb];
  /** The same for people, where it is another: with the commands as this command line has to give them. */
  readonly forPeople?: Documents[Verb];
  /** The folder of the project. */
  readonly project: string;
  /** The same as the command line names it, and the file that the plan is saved in: for commands in the report. */
  readonly directory?: string | undefined;
  readonly planFile?: string | undefined;
}

export async function emit<Verb extends ReportVerb>(
  io: Io,
  options: OutputOptions,
  report: Report<Verb>,
): Promise<void> {
  const { output } = options;
  const to: Output = output === undefined ? io.stdout : { ...io.stdout, isTerminal: false, width: 120 };
  const style = await styleOf(report, styleFor(to, io, options), io);
  const pieces = await rendered(report, options.format, style);
  if (output !== undefined) await writeNamedFile(io, '--output', output, pieces);
  else for (const piece of pieces) io.stdout.write(piece);
  const summary = options.format === 'github' ? summaryFile(io) : null;
  if (summary === null) return;
  await addToSummary(io, summary, [...(await rendered(report, 'markdown', style))].join(''));
}

/** With what only the command knows: how its files are named here, and where others see them. */
async function styleOf(
  { project, directory, planFile }: Report<ReportVerb>,
  style: Style,
  io: Io,
): Promise<ReportStyle> {
  const folder = await folderInRepository(project, io);
  const linkTo = sourceLinks(io.env, folder);
  return {
    ...style,
    folder,
    ...(directory === undefined ? {} : { directory }),
    ...(planFile === undefined ? {} : { planFile }),
    ...(linkTo === null ? {} : { linkTo }),
  };
}

async function rendered<Verb extends ReportVerb>(
  { verb, document, forPeople = document }: Report<Verb>,
  format: string,
  style: ReportStyle,
): Promise<Iterable<string>> {
  const render = await rendererOf(verb, format);
  if (render === undefined) throw new CommandError(EXIT.error, `${verb} has no format "${format}"`);
  const made = render(format === 'json' ? document : forPeople, style);
  return typeof made === 'string' ? [made] : made;
}
