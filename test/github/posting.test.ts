/** What the pipelines' program posts, and what it does when GitHub is slow, limits, refuses or does not answer. */

import { describe, expect, it } from 'vitest';
import { type FakePull, REPOSITORY, serveGithub } from './fake-github.ts';
import { HEAD, job, pullEvent, TOKEN } from './program.ts';

const MARKER = 'mailboxctl plan prod';
const FOOT = `\n\n<sub>Commit ${HEAD.slice(0, 12)} · [log and files of this run](https://github.com/contoso/mail/actions/runs/77)</sub>\n`;
const BODY = `<!-- ${MARKER} -->\nTwo to change.${FOOT}`;

function pull(options: Partial<FakePull> = {}): FakePull {
  return {
    number: 7,
    head: { sha: HEAD, ref: 'more', repo: { full_name: REPOSITORY } },
    merged_at: null,
    merge_commit_sha: null,
    files: [],
    ...options,
  };
}

async function world(options: Parameters<typeof job>[1] = { event: pullEvent() }) {
  const github = await serveGithub();
  github.pulls.push(pull());
  const here = await job(github, options);
  return { github, ...here, body: await here.file('report.md', 'Two to change.\n') };
}

describe('comment', () => {
  it('is created, then left alone, then edited', async () => {
    const { github, run, body, file } = await world();
    const args = ['comment', '--marker', MARKER, '--body', body];
    expect(await run(...args)).toMatchObject({
      exitCode: 0,
      stdout: `Comment "${MARKER}" of #7: created.\n`,
    });
    expect(github.comments.get(7)?.map((each) => each.body)).toEqual([BODY]);
    expect(await run(...args)).toMatchObject({ stdout: `Comment "${MARKER}" of #7: unchanged.\n` });
    await file('report.md', 'Three to change.\n');
    expect(await run(...args)).toMatchObject({ stdout: `Comment "${MARKER}" of #7: edited.\n` });
    expect(github.comments.get(7)?.map((each) => each.body)).toEqual([BODY.replace('Two', 'Three')]);
  });

  it('is found on the last of many pages, and only where this token wrote the first line', async () => {
    const { github, run, body } = await world();
    github.pageSize = 2;
    github.comment(7, `<!-- ${MARKER} -->\nforged`, 'mallory');
    github.comment(7, `> <!-- ${MARKER} -->\nquoted by ourselves`);
    github.comment(7, `<!-- ${MARKER} two -->\nof another environment`);
    github.comment(7, 'Looks good to me', 'alice');
    const own = github.comment(7, `<!-- ${MARKER} -->\r\nold`);
    await run('comment', '--marker', MARKER, '--body', body);
    expect(github.comments.get(7)?.map((each) => each.body)).toEqual([
      `<!-- ${MARKER} -->\nforged`,
      `> <!-- ${MARKER} -->\nquoted by ourselves`,
      `<!-- ${MARKER} two -->\nof another environment`,
      'Looks good to me',
      BODY,
    ]);
    expect(own.body).toBe(BODY);
  });

  it('of several left over the newest is edited and the others are deleted', async () => {
    const { github, run, body } = await world();
    const all = ['first', 'second', 'third'].map((text) => github.comment(7, `<!-- ${MARKER} -->\n${text}`));
    await run('comment', '--marker', MARKER, '--body', body);
    expect(github.comments.get(7)).toEqual([{ ...all.at(-1), body: BODY }]);
    expect(github.log.filter((line) => line.startsWith('DELETE'))).toHaveLength(2);
  });

  it('is posted to an Enterprise server, too', async () => {
    const { github, run, body } = await world({ event: pullEvent() });
    const env = { GITHUB_API_URL: `${github.url}/api/v3` };
    const enterprise = await job(github, { event: pullEvent(), env });
    await enterprise.run('comment', '--marker', MARKER, '--body', body);
    await run('comment', '--marker', MARKER, '--body', body);
    expect(github.comments.get(7)).toHaveLength(1);
  });

  it('holds notes for a later job', async () => {
    const { github, run, body } = await world();
    await run(
      'comment',
      '--marker',
      MARKER,
      '--body',
      body,
      '--note',
      'prod=sha256:12',
      '--note',
      'test=sha256:34',
    );
    expect(github.comments.get(7)?.[0]?.body.split('\n')[1]).toBe(
      '<!-- notes prod=sha256:12 test=sha256:34 -->',
    );
  });

  const digestOf = (index: number): string => `sha256:${index.toString(16).padStart(64, '0')}`;
  const notesOf = (count: number): readonly string[] =>
    Array.from({ length: count }, (_, at) => ['--note', `environment-${at}=${digestOf(at)}`]).flat();
  const TOO_LONG = 'The report is too long for a comment. The job summary and the files of the run have it.';

  it.each([
    ['with the notes of some', 60_000, 60, /^<!-- notes environment-0=sha256:0{64} /u, null],
    ['with those of more in less room', 60_000, 80, /^<!-- notes environment-0=sha256-A{43} /u, null],
    ['without its text where that is too long', 65_536, 0, /^The report is too long/u, TOO_LONG],
    [
      'without its text for the notes of many',
      60_000,
      300,
      /^<!-- notes environment-0=sha256-A{43} /u,
      TOO_LONG,
    ],
    [
      'without the notes of too many',
      60_000,
      2_000,
      /^The report is too long/u,
      `${TOO_LONG} There is no room for 2000 notes either: a later job finds none here.`,
    ],
  ])('is posted %s', async (_, length, count, second, leftOut) => {
    const { github, run, file } = await world();
    const body = await file('long.md', 'x'.repeat(length));
    expect(await run('comment', '--marker', MARKER, '--body', body, ...notesOf(count))).toMatchObject({
      exitCode: 0,
      stdout: `${leftOut === null ? '' : `${leftOut}\n`}Comment "${MARKER}" of #7: created.\n`,
    });
    const text = github.comments.get(7)?.[0]?.body ?? '';
    expect(text.split('\n')[1]).toMatch(second);
    expect(text).toContain(leftOut ?? 'x'.repeat(length));
    expect(text.endsWith(FOOT)).toBe(true);
  });

  it('is not posted for a commit that is no longer the last', async () => {
    const { github, run, body } = await world();
    github.pulls[0] = pull({ head: { sha: 'c'.repeat(40), ref: 'more', repo: { full_name: REPOSITORY } } });
    expect(await run('comment', '--marker', MARKER, '--body', body)).toMatchObject({
      exitCode: 0,
      stdout: '#7 has another last commit by now: its comment is left to the run of that.\n',
    });
    expect(github.comments.size).toBe(0);
  });

  it.each([
    ['76', '1', 'left alone, a newer run wrote it'],
    ['9', '1', 'left alone, a newer run wrote it'],
    ['77', '1', 'left alone, a newer run wrote it'],
    ['77', '3', 'edited'],
    ['78', '1', 'edited'],
  ])('run 77 in its second attempt wrote it, run %s in attempt %s comes: %s', async (id, attempt, what) => {
    const { github, run, body, file } = await world({ event: pullEvent(), env: { GITHUB_RUN_ATTEMPT: '2' } });
    await run('comment', '--marker', MARKER, '--body', body);
    const before = github.comments.get(7)?.[0]?.body;
    expect(before).toContain('/actions/runs/77/attempts/2)');
    const env = { GITHUB_RUN_ID: id, GITHUB_RUN_ATTEMPT: attempt };
    const other = await job(github, { event: pullEvent(), env });
    await file('report.md', 'Three to change.\n');
    expect((await other.run('comment', '--marker', MARKER, '--body', body)).stdout).toBe(
      `Comment "${MARKER}" of #7: ${what}.\n`,
    );
    expect(github.comments.get(7)?.[0]?.body === before).toBe(what !== 'edited');
  });

  it('is marked and noted by every name that an environment may have', async () => {
    const { github, run, body } = await world();
    const marker = 'mailboxctl plan prod---eu';
    const args = ['comment', '--marker', marker, '--body', body, '--note', '-x=1', '--note', 'prod--eu=2'];
    expect(await run(...args)).toMatchObject({
      exitCode: 0,
      stdout: `Comment "${marker}" of #7: created.\n`,
    });
    expect(await run(...args)).toMatchObject({ stdout: `Comment "${marker}" of #7: unchanged.\n` });
    expect(github.comments.get(7)?.[0]?.body.split('\n').slice(0, 2)).toEqual([
      '<!-- mailboxctl plan prod-~-~-eu -->',
      '<!-- notes -x=1 prod-~-eu=2 -->',
    ]);
  });

  it('is edited though somebody else deleted what was left over', async () => {
    const { github, run, body } = await world();
    for (const text of ['first', 'second']) github.comment(7, `<!-- ${MARKER} -->\n${text}`);
    github.faults.push({ on: /^DELETE/u, status: 404, done: true });
    expect(await run('comment', '--marker', MARKER, '--body', body)).toMatchObject({
      exitCode: 0,
      stderr: '',
    });
    expect(github.comments.get(7)?.map((each) => each.body)).toEqual([BODY]);
  });

  it('without a pull request there is nothing to comment on', async () => {
    const { run, body } = await world({ event: {} });
    expect(await run('comment', '--marker', MARKER, '--body', body, '--pull', '')).toMatchObject({
      exitCode: 0,
      stdout: 'There is no pull request to comment on. The job summary has the report.\n',
    });
  });

  it.each([['x --> <script>'], ['x --!> y'], ['two\nlines']])(
    'a marker cannot end its comment: %j',
    async (marker) => {
      const { run, body } = await world();
      const { exitCode, stderr } = await run('comment', '--marker', marker, '--body', body);
      expect(exitCode).toBe(1);
      expect(stderr).toContain('may hold letters, digits');
    },
  );
});

describe('permissions', () => {
  it.each([
    ['comment', ['--marker', MARKER, '--body', 'FILE'], 'pull-requests: write'],
    [
      'check',
      ['--name', 'a', '--conclusion', 'success', '--title', 't', '--summary', 'FILE'],
      'checks: write',
    ],
    ['issue', ['--marker', MARKER, '--label', 'drift', '--title', 't', '--body', 'FILE'], 'issues: write'],
    ['find-plan', ['--artifact', 'a', '--marker', MARKER, '--note', 'prod'], 'actions: read'],
  ])('%s says which one is missing', async (command, args, needs) => {
    const { github, run, body } = await world();
    github.pulls[0] = pull({ merged_at: 'now', merge_commit_sha: 'b'.repeat(40) });
    github.refused.add(needs);
    const { exitCode, stderr } = await run(command, ...args.map((arg) => (arg === 'FILE' ? body : arg)));
    expect(exitCode).toBe(1);
    expect(stderr).toContain('403 Resource not accessible by integration');
    expect(stderr).toContain(`The job needs "permissions: ${needs}".`);
  });

  it.each([
    ['a fork', { event: pullEvent(7, 'mallory/mail') }, 'The pull request comes from a fork'],
    ['a fork that is gone', { event: pullEvent(7, null) }, 'The pull request comes from a fork'],
    [
      'Dependabot',
      { event: pullEvent(), env: { GITHUB_ACTOR: 'dependabot[bot]' } },
      'The pull request is of Dependabot',
    ],
  ])('%s has a token that only reads: said, and no failure', async (_, options, why) => {
    const { github, run, body, file } = await world(options);
    github.refused.add('pull-requests: write').add('checks: write');
    const said = `${why}, and its token only reads: nothing was posted. The job summary has the report.\n`;
    expect(await run('comment', '--marker', MARKER, '--body', body)).toMatchObject({
      exitCode: 0,
      stdout: said,
    });
    const log = 'some text\n::notice file=a.yaml,line=1,title=t::m\n::add-mask::x\n';
    const annotations = await file('log.txt', log);
    const check = ['--name', 'a', '--conclusion', 'success', '--title', 't', '--summary', body];
    github.pulls[0] = pull({ files: [{ filename: 'a.yaml', patch: '@@ -0,0 +1 @@\n+a' }] });
    expect(await run('check', ...check, '--annotations', annotations)).toMatchObject({
      exitCode: 0,
      stdout: `${said}::notice file=a.yaml,line=1,title=t::m\n`,
    });
  });

  it('never writes the token, also where GitHub echoes it', async () => {
    const { github, run, body } = await world();
    github.faults.push({ on: /POST .*comments/u, status: 422, message: `bad ${TOKEN}` });
    const { exitCode, stderr } = await run('comment', '--marker', MARKER, '--body', body);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: 'mailboxctl-github: POST /issues/7/comments: 422 bad ***\n',
    });
    expect([...github.tokens]).toEqual([`Bearer ${TOKEN}`]);
  });

  it('a link to another host is not followed', async () => {
    const { github, run, body } = await world();
    const other = await serveGithub();
    const link = { link: `<${other.url}/next>; rel="next"` };
    github.faults.push({ on: /GET .*comments/u, status: 200, headers: link, body: [] });
    expect(await run('comment', '--marker', MARKER, '--body', body)).toMatchObject({ exitCode: 0 });
    expect(other.log).toEqual([]);
  });
});

describe('patience', () => {
  it.each([
    ['a server error', { status: 502 }, [1_000]],
    ['a pause that is told', { status: 403, headers: { 'retry-after': '7' } }, [7_000]],
    ['a secondary limit', { status: 403, message: 'You have exceeded a secondary rate limit' }, [60_000]],
    ['too many requests', { status: 429 }, [60_000]],
    [
      'the limit of the hour',
      { status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1795251690' } },
      [90_000],
    ],
  ])('reading waits for %s', async (_, fault, pauses) => {
    const { github, run, body } = await world();
    github.faults.push({ on: /GET .*comments/u, ...fault });
    expect(await run('comment', '--marker', MARKER, '--body', body)).toMatchObject({ exitCode: 0, pauses });
    expect(github.comments.get(7)).toHaveLength(1);
  });

  it('a job does not wait for an hour', async () => {
    const { github, run, body } = await world();
    github.faults.push({ on: /GET .*comments/u, status: 429, headers: { 'retry-after': '1800' } });
    expect(await run('comment', '--marker', MARKER, '--body', body)).toMatchObject({
      exitCode: 1,
      stderr: "mailboxctl-github: GitHub's rate limit is used up for 30 minutes. Run this job again then.\n",
    });
  });

  it('what was created although the answer is lost is not created twice', async () => {
    const { github, run, body } = await world();
    github.faults.push({ on: /POST .*comments/u, status: 502, done: true });
    expect(await run('comment', '--marker', MARKER, '--body', body)).toMatchObject({
      exitCode: 0,
      pauses: [],
    });
    expect(github.comments.get(7)).toHaveLength(1);
  });

  it('what was not created is sent again, five times at most', async () => {
    const { github, run, body } = await world();
    github.faults.push({ on: /POST .*comments/u, status: 502, times: 2 });
    expect(await run('comment', '--marker', MARKER, '--body', body)).toMatchObject({
      exitCode: 0,
      pauses: [1_000, 2_000],
    });
    expect(github.comments.get(7)).toHaveLength(1);
    github.faults.push({ on: /PATCH .*comments/u, status: 503, times: 9 });
    expect(await run('comment', '--marker', MARKER, '--body', body, '--note', 'a=b')).toMatchObject({
      exitCode: 1,
      pauses: [1_000, 2_000, 4_000, 8_000],
    });
  });
});

describe('check', () => {
  const check = ['check', '--name', MARKER, '--conclusion', 'action_required', '--title', 'Refused'];

  it('has annotations on the lines that the request changes, fifty a request', async () => {
    const { github, run, body, file } = await world();
    const patch = [
      '@@ -1,2 +1,120 @@ mailboxes:',
      ' kept',
      '-gone',
      ...Array.from({ length: 119 }, () => '+new'),
    ];
    github.pulls[0] = pull({
      files: [{ filename: 'a.yaml', patch: patch.join('\n') }, { filename: 'large.yaml' }],
    });
    const lines = Array.from(
      { length: 120 },
      (_, at) => `::notice file=a.yaml,line=${at + 1},col=3,title=T::one`,
    );
    const more = [
      '::error file=large.yaml,line=9,title=A%3A b%2C c::x%0Ay 100%25',
      '::error file=b.yaml,line=1::z',
    ];
    const annotations = await file(
      'log.txt',
      ['::group::log', ...more, ...lines, '::error::no file'].join('\n'),
    );
    const ran = await run(...check, '--summary', body, '--annotations', annotations);
    expect(ran).toMatchObject({
      exitCode: 0,
      stdout: `Check "${MARKER}": action_required, 120 annotations.\n`,
    });
    const [made] = github.checks;
    expect(made?.annotations).toHaveLength(120);
    expect(made?.annotations.slice(0, 2)).toEqual([
      {
        path: 'large.yaml',
        start_line: 9,
        end_line: 9,
        annotation_level: 'failure',
        message: 'x\ny 100%',
        title: 'A: b, c',
      },
      {
        path: 'a.yaml',
        start_line: 2,
        end_line: 2,
        start_column: 3,
        end_column: 3,
        annotation_level: 'notice',
        message: 'one',
        title: 'T',
      },
    ]);
    expect(github.log.filter((line) => line.includes('check-runs'))).toHaveLength(3);
    expect(made).toMatchObject({
      head_sha: HEAD,
      conclusion: 'action_required',
      output: {
        title: 'Refused',
        summary:
          'Two to change.\n\n2 more annotations are not on lines that this request changes, or too many to show.\n',
      },
    });
  });

  it('cuts a title to what GitHub takes, between characters', async () => {
    const { github, run, body, file } = await world();
    github.pulls[0] = pull({ files: [{ filename: 'a.yaml', patch: '@@ -0,0 +1 @@\n+a' }] });
    const annotations = await file('log.txt', `::error file=a.yaml,line=1,title=${'陈'.repeat(300)}::m`);
    await run(...check, '--summary', body, '--annotations', annotations);
    expect(github.checks[0]?.annotations).toMatchObject([{ title: '陈'.repeat(255) }]);
  });

  it('knows its conclusions', async () => {
    const { run, body } = await world();
    const args = ['check', '--name', 'a', '--conclusion', 'maybe', '--title', 't', '--summary', body];
    expect((await run(...args)).stderr).toBe(
      'mailboxctl-github: --conclusion "maybe" is none of success, neutral, failure, action_required\n',
    );
  });
});

describe('issue', () => {
  const issue = ['issue', '--marker', 'mailboxctl drift prod', '--label', 'mailboxctl-drift'];
  const wrong = [...issue, '--title', 'prod has drifted', '--body'];

  it('is opened once, updated, commented on for news alone, closed, reopened', async () => {
    const { github, run, body, file } = await world({ event: {} });
    github.pageSize = 1;
    expect(await run(...wrong, body)).toMatchObject({
      stdout: 'Issue "mailboxctl drift prod": opened (#100).\n',
    });
    await file('report.md', 'One more.');
    expect(await run(...wrong, body)).toMatchObject({
      stdout: 'Issue "mailboxctl drift prod": updated (#100).\n',
    });
    expect(github.comments.get(100)).toBeUndefined();
    await run(...wrong, body, '--news', '1 finding is new.');
    await run(...issue, '--close', 'Clean again.');
    expect(github.issues).toMatchObject([{ state: 'closed', state_reason: 'completed' }]);
    expect(await run(...issue, '--close', 'Clean again.')).toMatchObject({
      stdout: 'Issue "mailboxctl drift prod": nothing to close.\n',
    });
    expect(await run(...wrong, body)).toMatchObject({
      stdout: 'Issue "mailboxctl drift prod": reopened (#100).\n',
    });
    expect(github.issues).toMatchObject([{ number: 100, state: 'open', title: 'prod has drifted' }]);
    expect(github.comments.get(100)?.map((each) => each.body)).toEqual([
      '1 finding is new.',
      'Clean again.',
      'It is back.',
    ]);
  });

  it("leaves others' issues and pull requests alone", async () => {
    const { github, run, body } = await world({ event: {} });
    const marked = {
      title: 'x',
      body: '<!-- mailboxctl drift prod -->\nx',
      state: 'open' as const,
      state_reason: null,
      labels: [{ name: 'mailboxctl-drift' }],
    };
    github.issues.push({ ...marked, number: 1, user: { login: 'mallory' } });
    github.issues.push({ ...marked, number: 2, user: { login: 'github-actions[bot]' }, pull_request: {} });
    await run(...wrong, body);
    expect(github.issues.map(({ title }) => title)).toEqual(['x', 'x', 'prod has drifted']);
  });

  it('takes an open one before a newer closed one, and of several the newest', async () => {
    const { github, run, body } = await world({ event: {} });
    for (const [number, state] of [
      [1, 'open'],
      [2, 'open'],
      [3, 'closed'],
    ] as const)
      github.issues.push({
        number,
        title: 'x',
        body: '<!-- mailboxctl drift prod -->\nx',
        state,
        state_reason: null,
        labels: [{ name: 'mailboxctl-drift' }],
        user: { login: 'github-actions[bot]' },
      });
    expect((await run(...wrong, body)).stdout).toBe('Issue "mailboxctl drift prod": updated (#2).\n');
  });

  it('is opened once though the answer is lost, and labelled though labels were dropped', async () => {
    const { github, run, body } = await world({ event: {} });
    github.faults.push({ on: /POST .*issues$/u, status: 502, done: true });
    await run(...wrong, body);
    expect(github.issues).toHaveLength(1);
    github.issues.length = 0;
    github.refused.add('labels');
    await run(...wrong, body);
    expect(github.issues).toMatchObject([{ labels: [{ name: 'mailboxctl-drift' }] }]);
  });
});

describe('find-plan', () => {
  const MERGED = 'b'.repeat(40);
  const args = [
    'find-plan',
    '--artifact',
    'mailboxctl-plan-prod',
    '--marker',
    'mailboxctl plan',
    '--note',
    'prod',
  ];
  const repo = { full_name: REPOSITORY };
  const kept = [{ name: 'mailboxctl-plan-prod', expired: false }];
  const run = {
    event: 'pull_request',
    head_sha: HEAD,
    head_branch: 'more',
    head_repository: repo,
    pull_requests: [],
  };

  async function merged(options: Partial<FakePull> = {}) {
    const here = await world({ event: {}, env: { GITHUB_EVENT_NAME: 'push' } });
    here.github.pulls[0] = pull({ merged_at: '2026-11-21T10:00:00Z', merge_commit_sha: MERGED, ...options });
    here.github.comment(7, '<!-- mailboxctl plan -->\n<!-- notes test=sha256:1 prod=sha256:2 -->\nText');
    return here;
  }

  it('takes the newest run of the merged head that kept it, and the digest of our own comment', async () => {
    const here = await merged();
    here.github.pageSize = 1;
    here.github.comment(7, '<!-- mailboxctl plan -->\n<!-- notes prod=sha256:666 -->\nforged', 'mallory');
    here.github.runs.push({ ...run, id: 5, artifacts: kept }, { ...run, id: 6, artifacts: kept });
    here.github.runs.push({ ...run, id: 7, artifacts: [{ name: 'mailboxctl-plan-prod', expired: true }] });
    here.github.runs.push({ ...run, id: 8, head_repository: { full_name: 'mallory/mail' }, artifacts: kept });
    expect(await here.run(...args)).toMatchObject({ exitCode: 0 });
    expect(await here.outputs()).toBe(
      [
        ...['found<<END', 'true', 'END', 'pull<<END', '7', 'END', 'head-sha<<END', HEAD, 'END'],
        ...['run-id<<END', '6', 'END', 'digest<<END', 'sha256:2', 'END', 'missing<<END', '', 'END', ''],
      ].join('\n'),
    );
  });

  it.each([
    ['no pull request', { merge_commit_sha: null }, [], 'The commit bbbbbbbbbbbb came by no pull request.'],
    ['one that is not merged', { merged_at: null }, [], 'The commit bbbbbbbbbbbb came by no pull request.'],
    [
      "a fork's",
      { head: { sha: HEAD, ref: 'more', repo: { full_name: 'mallory/mail' } } },
      [{ ...run, id: 5, artifacts: kept }],
      '#7 came from a fork, whose files are not taken.',
    ],
    [
      'no run',
      {},
      [],
      'No run of #7 for its last commit aaaaaaaaaaaa kept "mailboxctl-plan-prod", or it is expired.',
    ],
  ])('says why there is none: %s', async (_, options, runs, missing) => {
    const here = await merged(options);
    here.github.runs.push(...runs);
    const { exitCode, stdout } = await here.run(...args);
    expect({ exitCode, found: stdout.includes('found: false\n') }).toEqual({ exitCode: 0, found: true });
    expect(stdout).toContain(`missing: ${missing}\n`);
  });

  const NONE = `No run of #7 for its last commit aaaaaaaaaaaa kept "mailboxctl-plan-prod", or it is expired.`;

  it.each([
    ['another event', { event: 'push' }, NONE],
    ['another commit', { head_sha: 'd'.repeat(40) }, NONE],
    ['another branch of the same commit', { head_branch: 'other' }, NONE],
    ['another request of the same branch', { pull_requests: [{ number: 8 }] }, NONE],
    ['this request among others', { pull_requests: [{ number: 8 }, { number: 7 }] }, ''],
  ])('a run of %s, also where GitHub lists more than it was asked for', async (_, options, missing) => {
    const here = await merged();
    const listed = { ...run, ...options, id: 5, artifacts: kept };
    here.github.runs.push(listed);
    here.github.faults.push({
      on: /GET .*\/actions\/runs$/u,
      status: 200,
      body: { workflow_runs: [listed] },
    });
    expect((await here.run(...args)).stdout).toContain(`missing: ${missing}\n`);
  });

  it.each([
    ['of another name', [{ id: 1, name: 'mailboxctl-plan-prod-eu', expired: false }], NONE],
    [
      'of which the last attempt is expired',
      [
        { id: 1, name: 'mailboxctl-plan-prod', expired: false },
        { id: 2, name: 'mailboxctl-plan-prod', expired: true },
      ],
      NONE,
    ],
    [
      'of which an earlier attempt is expired',
      [
        { id: 1, name: 'mailboxctl-plan-prod', expired: true },
        { id: 2, name: 'mailboxctl-plan-prod', expired: false },
      ],
      '',
    ],
  ])('files %s', async (_, artifacts, missing) => {
    const here = await merged();
    here.github.runs.push({ ...run, id: 5, artifacts: kept });
    here.github.faults.push({ on: /GET .*\/artifacts$/u, status: 200, body: { artifacts } });
    expect((await here.run(...args)).stdout).toContain(`missing: ${missing}\n`);
  });

  it('the last commit of a request is not the one that it was merged as', async () => {
    const here = await merged({ merge_commit_sha: 'd'.repeat(40), head: { sha: MERGED, ref: 'more', repo } });
    here.github.runs.push({ ...run, head_sha: MERGED, id: 5, artifacts: kept });
    expect((await here.run(...args)).stdout).toContain(
      'missing: The commit bbbbbbbbbbbb came by no pull request.\n',
    );
  });

  it.each(['prod--eu', '-x', 'a-'])(
    'reads the digest of %j, which was noted in little room',
    async (name) => {
      const here = await merged();
      here.github.comments.clear();
      const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
      const writer = await job(here.github, { event: pullEvent() });
      const written = `<!-- mailboxctl plan -->\n<!-- notes ${name}=${digest} -->\n${FOOT}`;
      const body = await writer.file('long.md', 'x'.repeat(65_540 - written.length));
      const note = ['--note', `${name}=${digest}`];
      await writer.run('comment', '--marker', 'mailboxctl plan', '--body', body, ...note);
      expect(here.github.comments.get(7)?.[0]?.body.split('\n')[1]).toContain(
        '=sha256-ASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4mrze8 -->',
      );
      here.github.runs.push({ ...run, id: 5, artifacts: kept });
      const found = await here.run(...args.slice(0, -1), name);
      expect(found.stdout).toContain(`digest: ${digest}\n`);
    },
  );

  it('without a digest that people saw there is none', async () => {
    const here = await merged();
    here.github.comments.clear();
    here.github.runs.push({ ...run, id: 5, artifacts: kept });
    expect((await here.run(...args)).stdout).toContain(
      'missing: The comment of #7 shows no plan for "prod".\n',
    );
  });
});

describe('the command line', () => {
  it('quotes what a command said in a fence that it cannot end', async () => {
    const { run, file } = await world();
    const text = await file('stderr.txt', '\u001b[31mred\u001b[0m ```\n````x @alice <b>\u202e\r\n');
    expect((await run('quote', '--file', text)).stdout).toBe(
      '`````text\nred ```\n````x @alice <b>\uFFFD\n`````\n',
    );
  });

  it.each([
    [['comment', '--body', 'x'], 'comment needs --marker'],
    [['comment', '--marker', 'm', '--body', '/nowhere'], 'ENOENT: no such file or directory'],
    [['comment', '--marker', 'm', '--body', '/nowhere', '--pull', 'seven'], '--pull "seven" is no number'],
    [['issue', '--marker', 'm', '--label', 'l'], 'issue needs --close, or --title and --body'],
    [['comments'], 'There is no command "comments".'],
    [['quote', '--fiel', 'x'], "Unknown option '--fiel'"],
  ])('%j: exit 1 with what is wrong', async (args, message) => {
    const { run } = await world();
    const { exitCode, stderr } = await run(...args);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(message);
  });

  it('without a token says so', async () => {
    const { run, body } = await world({ env: { GITHUB_TOKEN: '' } });
    expect((await run('comment', '--marker', 'm', '--body', body)).stderr).toContain(
      'GITHUB_TOKEN is not set',
    );
  });

  it('has a help', async () => {
    const { run } = await world();
    await expect((await run('--help')).stdout).toMatchFileSnapshot('golden/help.golden.txt');
  });
});
