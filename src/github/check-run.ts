/** A check of a commit: conclusion, summary, and annotations on the lines that a pull request changes. */

import type { Api } from './api.ts';
import { fitting } from './body.ts';
import { changedLines } from './changed-lines.ts';
import type { Run } from './event.ts';
import type { AnnotationLevel, FileAnnotation } from './workflow-commands.ts';

export const CONCLUSIONS = ['success', 'neutral', 'failure', 'action_required'] as const;
export type Conclusion = (typeof CONCLUSIONS)[number];

export interface Check {
  readonly name: string;
  readonly conclusion: Conclusion;
  readonly title: string;
  readonly summary: string;
  readonly annotations: readonly FileAnnotation[];
}

/** GitHub, "Create a check run": annotations of one request; each update adds further ones. */
const PER_REQUEST = 50;
/** More help nobody. */
const MOST = 500;
const MOST_TITLE = 255;

interface CheckRun {
  readonly id: number;
}

const LEVELS: Readonly<Record<AnnotationLevel, string>> = {
  error: 'failure',
  warning: 'warning',
  notice: 'notice',
};

/** Answers with how many annotations were made. */
export async function postCheck(api: Api, run: Run, check: Check): Promise<number> {
  const isChanged = run.pull === null ? () => true : await changedLines(api, run.pull);
  const on = check.annotations.filter(({ file, line }) => isChanged(file, line));
  const annotations = on.slice(0, MOST).map(annotationOf);
  const summary = fitting(withRest(check.summary, check.annotations.length - annotations.length));
  const output = { title: check.title, summary };
  const { id } = await create(api, run, check, { ...output, annotations: annotations.slice(0, PER_REQUEST) });
  for (let start = PER_REQUEST; start < annotations.length; start += PER_REQUEST) {
    const more = annotations.slice(start, start + PER_REQUEST);
    await api.patch(`/check-runs/${id}`, { output: { ...output, annotations: more } }, 'checks: write');
  }
  return annotations.length;
}

function create(
  api: Api,
  { commit, url }: Run,
  { name, conclusion }: Check,
  output: object,
): Promise<CheckRun> {
  const body = {
    name,
    head_sha: commit,
    status: 'completed',
    conclusion,
    output,
    ...(url === null ? {} : { details_url: url }),
  };
  // The newest of a name is the one that counts: a second one does no harm.
  return api.create<CheckRun>('/check-runs', body, 'checks: write', async () => undefined);
}

function annotationOf({ level, file, line, column, title, message }: FileAnnotation): object {
  return {
    path: file,
    start_line: line,
    end_line: line,
    ...(column === null ? {} : { start_column: column, end_column: column }),
    annotation_level: LEVELS[level],
    message,
    title: [...title].slice(0, MOST_TITLE).join(''),
  };
}

function withRest(summary: string, left: number): string {
  if (left === 0) return summary;
  return `${summary.trimEnd()}\n\n${left} more annotations are not on lines that this request changes, or too many to show.\n`;
}
