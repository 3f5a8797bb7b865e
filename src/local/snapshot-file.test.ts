/** A snapshot comes back as far as a plan needs it, equal ones are equal files, and nothing else is taken for one. */

import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SnapshotDocument } from '../model/snapshot.generated.ts';
import type { Observed, Snapshot } from '../model/snapshot.ts';
import { forward, profile, queue, settings, snapshot, user } from '../model/world.test-support.ts';
import { isSnapshotFile, readSnapshotFile, snapshotPieces, writeSnapshotFile } from './snapshot-file.ts';

const MEMBER = { businessUnits: ['Sales', 'Contoso'], teams: ['B', 'A'], securityRoles: ['Z', 'Y'] };
const SEEN = snapshot(
  [
    settings(),
    user('ben@contoso.com', { facts: MEMBER }),
    user('ann@contoso.com'),
    queue('Support', { facts: { queueOwner: { name: 'Ann', enabled: true }, personalQueue: true } }),
    forward('Inbound'),
    profile(),
  ],
  {
    notSeen: [{ kind: 'profile', sort: null, reason: 'read-depth', depth: 'deep' }],
    unseenMemberships: [{ membership: 'teams', reason: 'no-privilege', depth: 'none' }],
  },
);

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mailboxctl-snapshot-'));
});
afterAll(() => rm(directory, { recursive: true }));

const textOf = (seen: Snapshot): string => [...snapshotPieces(seen, '1.2.3')].join('');
const documentOf = (seen: Snapshot): SnapshotDocument => JSON.parse(textOf(seen));

describe('a snapshot', () => {
  it('comes back with all that a plan needs, in order, and only its owner may read it', async () => {
    const path = join(directory, 'snapshot.json');
    await writeSnapshotFile(path, SEEN, '1.2.3');
    const { snapshot: read, toolVersion } = await readSnapshotFile(path);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(toolVersion).toBe('1.2.3');
    const sorted = { ...MEMBER, teams: ['A', 'B'], securityRoles: ['Y', 'Z'] };
    expect(read).toEqual({
      ...SEEN,
      caller: { ...SEEN.caller, name: 'ada@contoso.com', roles: [] },
      resources: [
        profile(),
        settings(),
        forward('Inbound'),
        queue('Support', { facts: { queueOwner: { name: 'Ann', enabled: true }, personalQueue: true } }),
        user('ann@contoso.com'),
        user('ben@contoso.com', { facts: sorted }),
      ],
      requests: 0,
    });
  });

  it('is the same file whatever the order of rows and columns', () => {
    const turned = SEEN.resources.toReversed().map(
      (resource): Observed => ({
        ...resource,
        fields: Object.fromEntries(Object.entries(resource.fields).toReversed()),
      }),
    );
    expect(textOf({ ...SEEN, resources: turned })).toBe(textOf(SEEN));
  });

  it('is a line for each resource, and JSON without any', () => {
    const lines = textOf(SEEN).split('\n');
    expect(lines.filter((line) => line.startsWith('    {"address"'))).toHaveLength(6);
    expect(documentOf(snapshot([])).resources).toEqual([]);
  });

  it('holds nothing that no plan asks for', () => {
    const { caller } = documentOf({
      ...SEEN,
      caller: { ...SEEN.caller, privileges: ['prvReadTraceLog', 'prvApproveRejectEmailAddress'] },
    });
    expect(caller.privileges).toEqual(['prvApproveRejectEmailAddress']);
    const alert = { level: 'error', time: '2026-11-21T09:00:00Z', text: 'a canary', code: null } as const;
    const modified = { on: '2026-11-21T09:00:00Z', by: 'a canary' };
    const told = SEEN.resources.map((one) => ({ ...one, alerts: [alert], modified }));
    const profiles = told.filter(({ kind }) => kind === 'profile');
    const others = told.filter(({ kind }) => kind !== 'profile');
    expect(textOf({ ...SEEN, resources: others })).not.toContain('canary');
    // A check compares when a profile was changed, and whether a person did.
    expect(textOf({ ...SEEN, resources: profiles }).match(/a canary/gu)).toHaveLength(1);
  });
});

describe('what is no snapshot', () => {
  const intact = documentOf(SEEN);

  it.each<[string, string, string]>([
    ['no JSON', '{', 'is no snapshot: it is not JSON'],
    ['a list', '[]', 'is no snapshot: / must be object'],
    ['another format', '{"format_version":"2.0"}', 'has the format "2.0"; this version reads 1.0'],
    [
      'a plan',
      '{"format_version":"1.0","steps":[]}',
      "is no snapshot: / must have required property 'tool_version'",
    ],
    [
      'a resource without records',
      JSON.stringify({ ...intact, resources: [{ address: 'profile:A', kind: 'profile', fields: {} }] }),
      "is no snapshot: /resources/0 must have required property 'records'",
    ],
    [
      'a wrong time',
      JSON.stringify({ ...intact, as_of: 'today' }),
      'is no snapshot: /as_of is no date and time',
    ],
  ])('%s is refused', async (_name, text, message) => {
    const path = join(directory, 'other.json');
    await writeFile(path, text);
    await expect(readSnapshotFile(path)).rejects.toThrow(message);
  });

  it.each<[string, string, boolean]>([
    ['a snapshot', textOf(SEEN), true],
    ['an empty file', '', true],
    ['a plan', '{\n  "format_version": "1.0",\n  "plan_digest": "sha256:…"', false],
    ['notes', 'about "organization_id" and "mailbox_approver"', false],
  ])('%s may be replaced or not', async (_name, text, expected) => {
    const path = join(directory, 'there.json');
    await writeFile(path, text);
    expect(await isSnapshotFile(path)).toBe(expected);
    expect(await readFile(path, 'utf8')).toBe(text);
  });
});
