/** One issue that lives as long as something is wrong: opened, kept up to date, closed, and reopened. */

import type { Api } from './api.ts';
import { hasMarker } from './marker.ts';
import type { Comment } from './sticky-comment.ts';

export interface Wanted {
  readonly marker: string;
  readonly label: string;
  readonly title: string;
  readonly body: string;
  /** What is worth a notification. */
  readonly news: string | null;
}

interface Issue {
  readonly number: number;
  readonly title: string;
  readonly body: string | null;
  readonly state: 'open' | 'closed';
  readonly user: { readonly login: string } | null;
  readonly pull_request?: object;
  readonly labels: readonly { readonly name: string }[];
}

export type Kept = 'opened' | 'reopened' | 'updated' | 'closed' | 'nothing to close';
export interface KeptIssue {
  readonly what: Kept;
  readonly number: number | null;
}

const NEEDS = 'issues: write';

export async function keepIssue(api: Api, wanted: Wanted): Promise<KeptIssue> {
  const issue = await findIssue(api, wanted);
  if (issue === undefined) return open(api, wanted);
  const { number, state, title, body } = issue;
  const isOpen = state === 'open';
  if (!isOpen || title !== wanted.title || body !== wanted.body)
    await api.patch(`/issues/${number}`, { title: wanted.title, body: wanted.body, state: 'open' }, NEEDS);
  if (!isOpen) await comment(api, number, wanted.news ?? 'It is back.');
  else if (wanted.news !== null) await comment(api, number, wanted.news);
  return { what: isOpen ? 'updated' : 'reopened', number };
}

export async function closeIssue(
  api: Api,
  wanted: Pick<Wanted, 'marker' | 'label'>,
  sentence: string,
): Promise<KeptIssue> {
  const issue = await findIssue(api, wanted);
  if (issue?.state !== 'open') return { what: 'nothing to close', number: null };
  await comment(api, issue.number, sentence);
  await api.patch(`/issues/${issue.number}`, { state: 'closed', state_reason: 'completed' }, NEEDS);
  return { what: 'closed', number: issue.number };
}

async function open(api: Api, wanted: Wanted): Promise<KeptIssue> {
  const { title, body, label } = wanted;
  const issue = await api.create<Issue>('/issues', { title, body, labels: [label] }, NEEDS, () =>
    findIssue(api, wanted),
  );
  // Without push access GitHub drops labels without a word, and the issue would not be found again.
  if (!issue.labels.some(({ name }) => name === label))
    await api.create(`/issues/${issue.number}/labels`, { labels: [label] }, NEEDS, async () => undefined);
  return { what: 'opened', number: issue.number };
}

/** An open one before a closed one, the newest first. */
async function findIssue(
  api: Api,
  { marker, label }: Pick<Wanted, 'marker' | 'label'>,
): Promise<Issue | undefined> {
  const path = `/issues?labels=${encodeURIComponent(label)}&state=all`;
  const [login, issues] = await Promise.all([api.login(), api.list<Issue>(path, 'issues: read')]);
  const own = issues.filter(
    ({ user, body, pull_request }) =>
      pull_request === undefined && user?.login === login && hasMarker(body ?? '', marker),
  );
  const sorted = own.toSorted((a, b) => b.number - a.number);
  return sorted.find(({ state }) => state === 'open') ?? sorted[0];
}

async function comment(api: Api, number: number, text: string): Promise<void> {
  const path = `/issues/${number}/comments`;
  const find = async (): Promise<Comment | undefined> => {
    const last = (await api.list<Comment>(path, 'issues: read')).at(-1);
    return last?.body === text ? last : undefined;
  };
  await api.create<Comment>(path, { body: text }, NEEDS, find);
}
