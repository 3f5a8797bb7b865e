/** The commands of the pipelines' program. Knows nothing of mailboxes: it posts the texts that it is given. */

import { readFile } from 'node:fs/promises';
import { VERSION } from '../version.ts';
import { type Api, createApi, PermissionError } from './api.ts';
import { type Given, help, parseArguments } from './arguments.ts';
import { bodyOf, commentOf, say } from './body.ts';
import { CONCLUSIONS, type Conclusion, postCheck } from './check-run.ts';
import { type Run, readRun } from './event.ts';
import { findPlan } from './find-plan.ts';
import { type Io, ProblemError } from './io.ts';
import { closeIssue, keepIssue } from './issue.ts';
import { setOutputs } from './outputs.ts';
import { quoted } from './quote.ts';
import { stickyComment } from './sticky-comment.ts';
import { parseWorkflowCommands } from './workflow-commands.ts';

/** Answers with the exit code. Never throws what people can act on, and never writes the token. */
export async function runGithub(args: readonly string[], given: Io): Promise<number> {
  const io = withoutToken(given);
  try {
    const parsed = parseArguments(args);
    if (parsed === 'help') io.stdout(help());
    else if (parsed === 'version') say(io, VERSION);
    else await carryOut(io, parsed);
    return 0;
  } catch (error) {
    if (!(error instanceof ProblemError) && !isFileError(error)) throw error;
    io.stderr(`mailboxctl-github: ${error.message}\n`);
    return 1;
  }
}

function withoutToken(io: Io): Io {
  const token = io.env.GITHUB_TOKEN ?? '';
  const clean = (text: string): string => (token === '' ? text : text.replaceAll(token, '***'));
  return { ...io, stdout: (text) => io.stdout(clean(text)), stderr: (text) => io.stderr(clean(text)) };
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

async function carryOut(io: Io, given: Given): Promise<void> {
  if (given.command === 'quote') return io.stdout(quoted(await readFile(given.need('file'), 'utf8')));
  const run = await readRun(io);
  const api = createApi(io, run.repository);
  switch (given.command) {
    case 'comment':
      return unlessReadOnly(io, run, () => comment(io, api, run, given));
    case 'check':
      return unlessReadOnly(
        io,
        run,
        () => check(io, api, run, given),
        () => annotate(io, given),
      );
    case 'issue':
      return issue(io, api, run, given);
    case 'find-plan':
      return plan(io, api, run, given);
    default:
      return given.command satisfies never;
  }
}

/** The token of a fork's pull request only reads: the log and the job summary have to do. */
async function unlessReadOnly(
  io: Io,
  { readOnly }: Run,
  post: () => Promise<void>,
  instead: () => Promise<void> = async () => {},
): Promise<void> {
  try {
    await post();
  } catch (error) {
    if (!(error instanceof PermissionError) || readOnly === null) throw error;
    say(io, `${readOnly}, and its token only reads: nothing was posted. The job summary has the report.`);
    await instead();
  }
}

async function comment(io: Io, api: Api, run: Run, given: Given): Promise<void> {
  const pull = pullOf(given) ?? run.pull;
  if (pull === null)
    return say(io, 'There is no pull request to comment on. The job summary has the report.');
  const marker = given.need('marker');
  const notes = Object.fromEntries(given.all('note').map(noteOf));
  const { body, leftOut } = commentOf(marker, await readFile(given.need('body'), 'utf8'), run, notes);
  if (pull === run.pull && (await headOf(api, pull)) !== run.commit)
    return say(io, `#${pull} has another last commit by now: its comment is left to the run of that.`);
  if (leftOut !== null) say(io, leftOut);
  const posted = await stickyComment(api, pull, marker, { body, run: run.number });
  say(io, `Comment "${marker}" of #${pull}: ${posted}.`);
}

async function headOf(api: Api, pull: number): Promise<string> {
  const { head } = await api.get<{ readonly head: { readonly sha: string } }>(
    `/pulls/${pull}`,
    'pull-requests: read',
  );
  return head.sha;
}

function pullOf(given: Given): number | null {
  const pull = given.ask('pull');
  if (pull === null) return null;
  if (!/^[1-9]\d*$/u.test(pull)) throw new ProblemError(`--pull "${pull}" is no number of a pull request`);
  return Number(pull);
}

function noteOf(note: string): readonly [string, string] {
  const [, key, value] = /^([^=\s]+)=(\S+)$/u.exec(note) ?? [];
  if (key === undefined || value === undefined) throw new ProblemError(`--note "${note}" is not KEY=VALUE`);
  return [key, value];
}

async function check(io: Io, api: Api, run: Run, given: Given): Promise<void> {
  const annotations = given.ask('annotations');
  const number = await postCheck(api, run, {
    name: given.need('name'),
    conclusion: conclusionOf(given.need('conclusion')),
    title: given.need('title'),
    summary: await readFile(given.need('summary'), 'utf8'),
    annotations: annotations === null ? [] : parseWorkflowCommands(await readFile(annotations, 'utf8')),
  });
  say(io, `Check "${given.need('name')}": ${given.need('conclusion')}, ${number} annotations.`);
}

function conclusionOf(word: string): Conclusion {
  const known = CONCLUSIONS.find((each) => each === word);
  if (known === undefined)
    throw new ProblemError(`--conclusion "${word}" is none of ${CONCLUSIONS.join(', ')}`);
  return known;
}

/** The runner makes annotations of them, ten of each level. */
async function annotate(io: Io, given: Given): Promise<void> {
  const annotations = given.ask('annotations');
  if (annotations === null) return;
  const lines = (await readFile(annotations, 'utf8')).split('\n');
  for (const line of lines) if (parseWorkflowCommands(line).length > 0) say(io, line);
}

async function issue(io: Io, api: Api, run: Run, given: Given): Promise<void> {
  const [marker, label] = [given.need('marker'), given.need('label')];
  const [sentence, body, title] = [given.ask('close'), given.ask('body'), given.ask('title')];
  if (sentence !== null) {
    const { what, number } = await closeIssue(api, { marker, label }, sentence);
    return say(io, `Issue "${marker}": ${what}${number === null ? '' : ` (#${number})`}.`);
  }
  if (body === null || title === null) throw new ProblemError('issue needs --close, or --title and --body');
  const text = bodyOf(marker, await readFile(body, 'utf8'), run);
  const wanted = { marker, label, title, body: text, news: given.ask('news') };
  const { what, number } = await keepIssue(api, wanted);
  say(io, `Issue "${marker}": ${what} (#${number}).`);
}

async function plan(io: Io, api: Api, { repository }: Run, given: Given): Promise<void> {
  const commit = io.env.GITHUB_SHA ?? '';
  const [artifact, marker, note] = [given.need('artifact'), given.need('marker'), given.need('note')];
  const found = await findPlan(api, { repository, commit, artifact, marker, note });
  const text = (value: string | number | null): string => (value === null ? '' : String(value));
  await setOutputs(io, {
    found: String(found.missing === null),
    pull: text(found.pull),
    'head-sha': text(found.head),
    'run-id': text(found.run),
    digest: text(found.note),
    missing: text(found.missing),
  });
}
