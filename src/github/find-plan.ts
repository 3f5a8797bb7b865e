/**
 * The files that a run of a merged pull request kept, and what its comment notes about them. A fork's run is that of
 * its own workflow file: nothing of it is taken.
 */

import type { Api } from './api.ts';
import { notesOf } from './marker.ts';
import { ownComments } from './sticky-comment.ts';

export interface Sought {
  readonly repository: string;
  /** The commit on the base branch. */
  readonly commit: string;
  readonly artifact: string;
  readonly marker: string;
  readonly note: string;
}

export interface Found {
  readonly pull: number | null;
  readonly head: string | null;
  readonly run: number | null;
  /** What the comment that people saw notes. */
  readonly note: string | null;
  /** Why there is nothing to take; `null` where everything was found. */
  readonly missing: string | null;
}

interface Pull {
  readonly number: number;
  readonly merged_at: string | null;
  readonly merge_commit_sha: string | null;
  readonly head: {
    readonly sha: string;
    readonly ref: string;
    readonly repo: { readonly full_name: string } | null;
  };
}

interface WorkflowRun {
  readonly id: number;
  readonly event: string;
  readonly head_sha: string;
  readonly head_branch: string | null;
  readonly head_repository: { readonly full_name: string } | null;
  /** Those that are open now: after the merge mostly none. */
  readonly pull_requests?: readonly { readonly number: number }[];
}

interface Artifact {
  readonly id: number;
  readonly name: string;
  readonly expired: boolean;
}

export async function findPlan(api: Api, sought: Sought): Promise<Found> {
  const pull = await mergedAs(api, sought.commit);
  if (pull === undefined) return nothing(`The commit ${short(sought.commit)} came by no pull request.`);
  const known = { pull: pull.number, head: pull.head.sha };
  if (pull.head.repo?.full_name !== sought.repository)
    return nothing(`#${pull.number} came from a fork, whose files are not taken.`, known);
  const run = await runWith(api, pull, sought);
  if (run === undefined)
    return nothing(
      `No run of #${pull.number} for its last commit ${short(pull.head.sha)} kept "${sought.artifact}", or it is expired.`,
      known,
    );
  const [comment] = await ownComments(api, pull.number, sought.marker);
  const note = comment === undefined ? undefined : notesOf(comment.body)[sought.note];
  if (note === undefined)
    return nothing(`The comment of #${pull.number} shows no plan for "${sought.note}".`, known);
  return { ...known, run, note, missing: null };
}

function nothing(missing: string, known: Partial<Found> = {}): Found {
  return { pull: null, head: null, run: null, note: null, ...known, missing };
}

async function mergedAs(api: Api, commit: string): Promise<Pull | undefined> {
  const pulls = await api.list<Pull>(`/commits/${commit}/pulls`, 'pull-requests: read');
  return pulls.find(({ merged_at, merge_commit_sha }) => merged_at !== null && merge_commit_sha === commit);
}

/** The newest run that kept it. */
async function runWith(api: Api, pull: Pull, { repository, artifact }: Sought): Promise<number | undefined> {
  const path = `/actions/runs?head_sha=${pull.head.sha}&event=pull_request`;
  const runs = await api.list(
    path,
    'actions: read',
    (page: { workflow_runs: readonly WorkflowRun[] }) => page.workflow_runs,
  );
  const own = runs
    .filter((run) => run.head_repository?.full_name === repository && isOf(run, pull))
    .toSorted((a, b) => b.id - a.id);
  for (const { id } of own) {
    const kept = await api.list(
      `/actions/runs/${id}/artifacts?name=${encodeURIComponent(artifact)}`,
      'actions: read',
      (page: { artifacts: readonly Artifact[] }) => page.artifacts,
    );
    // Each attempt may have kept one; it is the last that is downloaded.
    const [newest] = kept.filter(({ name }) => name === artifact).toSorted((a, b) => b.id - a.id);
    if (newest?.expired === false) return id;
  }
  return undefined;
}

/** Where GitHub does not say of which request a run was, its branch has to do. */
function isOf(run: WorkflowRun, { number, head }: Pull): boolean {
  if (run.event !== 'pull_request' || run.head_sha !== head.sha) return false;
  const pulls = run.pull_requests ?? [];
  return pulls.length === 0 ? run.head_branch === head.ref : pulls.some((pull) => pull.number === number);
}

function short(commit: string): string {
  return commit.slice(0, 12);
}
