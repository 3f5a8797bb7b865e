/**
 * What plans and applies of many mailboxes cost, as a table: `npm run bench`, or `npm run bench -- 500 2000`. Runs
 * against the embedded Dataverse in this process, whose own work is in the milliseconds. Asserts nothing: machines differ.
 */

import { spawnSync } from 'node:child_process';
import { generateOrganization } from '../../src/emulator/index.ts';
import { buildProgram } from '../program.ts';
import { openWorld, type World } from '../world.ts';

interface Row {
  readonly what: string;
  readonly mailboxes: number;
  readonly steps: number;
  readonly requests: number;
  readonly bytes: number;
  readonly ms: number;
  readonly memory: number;
}

const SIZES = [500, 2_000, 5_000];
const RUNS = 9;
const CONFIG = `version: 1
environments:
  local: { url: emulator }
rules:
  - name: everyone
    match: { mailboxOf: user, emailAddress: "*@contoso.com" }
    incoming: server-side-sync
    outgoing: server-side-sync
`;
const EDITS = `${CONFIG}    appointmentsContactsTasks: server-side-sync\n`;
/** At most as many tests as one run makes. */
const TESTS = `${CONFIG}    approved: true\n    testAndEnable: true\n`;

interface Traffic {
  requests: number;
  bytes: number;
}

async function measureSize(mailboxes: number): Promise<readonly Row[]> {
  const organization = JSON.stringify(generateOrganization({ users: mailboxes, queues: 20, seed: 5 }));
  const rows: Row[] = [];
  for (const [name, config] of [
    ['edits', EDITS],
    ['tests', TESTS],
  ] as const) {
    const traffic: Traffic = { requests: 0, bytes: 0 };
    const world = await openWorld({ config, organization, intercept: counted(traffic) });
    rows.push(...(await measureWorld(world, name, mailboxes, traffic)));
    await world.close();
  }
  return rows;
}

async function measureWorld(
  world: World,
  name: string,
  mailboxes: number,
  traffic: Traffic,
): Promise<readonly Row[]> {
  const measure = async <Result>(
    what: string,
    work: () => Promise<Result>,
    stepsOf: (result: Result) => number,
  ) => {
    Object.assign(traffic, { requests: 0, bytes: 0 });
    const started = performance.now();
    const result = await work();
    const ms = performance.now() - started;
    const row: Row = {
      what,
      mailboxes,
      steps: stepsOf(result),
      ...traffic,
      ms,
      memory: process.memoryUsage().rss,
    };
    return { result, row };
  };
  const planned = await measure(
    `plan ${name}`,
    () => world.plan(),
    ({ steps }) => steps.length,
  );
  const plan = planned.result;
  const applied = await measure(
    `apply ${name}`,
    () => world.apply(plan, { lanes: { start: 16, most: 16 } }),
    ({ outcomes }) => outcomes.filter(({ kind }) => kind === 'applied').length,
  );
  return [planned.row, applied.row];
}

/** Bytes of bodies, both ways, before compression. */
function counted(traffic: Traffic) {
  return async (request: Request, pass: (request: Request) => Promise<Response>): Promise<Response> => {
    traffic.requests += 1;
    traffic.bytes += (await request.clone().arrayBuffer()).byteLength;
    const response = await pass(request);
    const body = await response.arrayBuffer();
    traffic.bytes += body.byteLength;
    const { status, headers } = response;
    return new Response(body.byteLength === 0 ? null : body, { status, headers });
  };
}

/** Median of some runs, in milliseconds. */
function startUp(args: readonly string[]): number {
  const times = Array.from({ length: RUNS }, () => {
    const started = performance.now();
    spawnSync(process.execPath, args, { stdio: 'ignore' });
    return performance.now() - started;
  });
  return times.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0;
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_cell, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ');
  return `${rows.map(line).join('\n')}\n`;
}

function cells({ what, mailboxes, steps, requests, bytes, ms, memory }: Row): readonly string[] {
  const kilobytes = Math.round(bytes / 1024);
  return [what, mailboxes, steps, requests, kilobytes, Math.round(ms), Math.round(memory / 2 ** 20)].map(
    String,
  );
}

const given = process.argv.slice(2).map(Number);
const rows: Row[] = [];
for (const size of given.length === 0 ? SIZES : given) rows.push(...(await measureSize(size)));
const head = ['', 'mailboxes', 'steps', 'requests', 'KiB', 'ms', 'MiB resident'];
process.stdout.write(table([head, ...rows.map(cells)]));

const program = await buildProgram();
const bare = startUp(['-e', '0']);
const times = [['--version'], ['validate', '--help']].map(
  (args) => [args.join(' '), startUp([program.path, ...args])] as const,
);
await program.remove();
const ratios = times.map(([args, ms]) => [
  `mailboxctl ${args}`,
  String(Math.round(ms)),
  `${(ms / bare).toFixed(1)} ×`,
]);
process.stdout.write(
  `\n${table([['start-up', 'ms', 'of node'], ['node -e 0', String(Math.round(bare)), '1.0 ×'], ...ratios])}`,
);
