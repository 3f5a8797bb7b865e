/** One comment of a pull request, found by its hidden marker and edited by every run; what is left over is removed. */

import type { Api } from './api.ts';
import { writtenBy } from './body.ts';
import type { RunNumber } from './event.ts';
import { hasMarker } from './marker.ts';

export interface Comment {
  readonly id: number;
  readonly body: string;
  readonly created_at: string;
  readonly user: { readonly login: string } | null;
}

export type Posted = 'created' | 'edited' | 'unchanged' | 'left alone, a newer run wrote it';

export interface Text {
  readonly body: string;
  readonly run: RunNumber | null;
}

const NEEDS = 'pull-requests: write';

export async function stickyComment(api: Api, pull: number, marker: string, text: Text): Promise<Posted> {
  const [newest, ...others] = await ownComments(api, pull, marker);
  const posted = await post(api, pull, marker, text, newest);
  for (const { id } of others) await api.remove(`/issues/comments/${id}`, NEEDS);
  return posted;
}

async function post(
  api: Api,
  pull: number,
  marker: string,
  { body, run }: Text,
  newest: Comment | undefined,
): Promise<Posted> {
  if (newest === undefined) {
    const find = async (): Promise<Comment | undefined> => (await ownComments(api, pull, marker))[0];
    await api.create(`/issues/${pull}/comments`, { body }, NEEDS, find);
    return 'created';
  }
  if (isNewer(writtenBy(newest.body), run)) return 'left alone, a newer run wrote it';
  // GitHub gives line ends back as they were sent by some browsers.
  if (newest.body.replaceAll('\r\n', '\n').trim() === body.trim()) return 'unchanged';
  await api.patch(`/issues/comments/${newest.id}`, { body }, NEEDS);
  return 'edited';
}

function isNewer(theirs: RunNumber | null, ours: RunNumber | null): boolean {
  if (theirs === null || ours === null) return false;
  return theirs.id === ours.id ? theirs.attempt > ours.attempt : theirs.id > ours.id;
}

/** The newest first. Anybody can write the marker: only what this token's own user wrote is ours. */
export async function ownComments(api: Api, pull: number, marker: string): Promise<readonly Comment[]> {
  const [login, comments] = await Promise.all([
    api.login(),
    api.list<Comment>(`/issues/${pull}/comments`, 'pull-requests: read'),
  ]);
  return comments
    .filter(({ user, body }) => user?.login === login && hasMarker(body, marker))
    .toSorted((a, b) => b.id - a.id);
}
