/**
 * The demo: serves examples/contoso with the built program and runs the story of `demo/story.ts` on a copy of it, each
 * command a process of its own. Ends with an error as soon as a command does not do what the story says.
 */

import { cp, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { type Ended, killAll, run, serve } from './demo/children.ts';
import { screen } from './demo/screen.ts';
import { type Scene, STORY } from './demo/story.ts';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const EXAMPLE = fileURLToPath(new URL('./contoso', import.meta.url));
/** Virtual seconds in a real one: nobody wants to wait three minutes for a test. */
const CLOCK_SPEED = '120';

const isColored =
  process.stdout.isTTY === true && (process.env.NO_COLOR ?? '') === '' && process.env.TERM !== 'dumb';

interface Stage {
  readonly url: string;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

async function tell(): Promise<void> {
  await stat(CLI).catch(() => {
    throw new Error(`${CLI} is missing; build first: npm run build`);
  });
  const cwd = await mkdtemp(join(tmpdir(), 'mailboxctl-demo-'));
  const leave = (code: number): void => {
    killAll();
    void rm(cwd, { recursive: true, force: true }).finally(() => process.exit(code));
  };
  process.once('SIGINT', () => leave(130));
  process.once('SIGTERM', () => leave(143));
  // Whoever reads along may stop reading.
  process.stdout.on('error', () => leave(0));
  try {
    await cp(EXAMPLE, cwd, { recursive: true, filter: (path) => basename(path) !== '.mailboxctl' });
    await playOn(await openStage(cwd));
  } finally {
    killAll();
    await rm(cwd, { recursive: true, force: true });
  }
}

async function openStage(cwd: string): Promise<Stage> {
  const env = cleanEnvironment();
  const args = [CLI, 'emulator', '--data', 'organization.yaml', '--clock-speed', CLOCK_SPEED];
  const line = await serve({ args, cwd, env });
  const url = line.replace('listening on ', '');
  return { url, cwd, env: { ...env, MAILBOXCTL_URL: url } };
}

/** What the person at the keyboard has set for real environments is kept away from the demo. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(MAILBOXCTL_|NO_COLOR$|FORCE_COLOR$|LC_|LANG$)/u.test(name),
  );
  return {
    ...Object.fromEntries(own),
    LANG: 'C.UTF-8',
    ...(isColored ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }),
  };
}

async function playOn(stage: Stage): Promise<void> {
  const began = Date.now();
  process.stdout.write(
    `A copy of examples/contoso, and its embedded Dataverse on ${stage.url}\n(MAILBOXCTL_URL says so to the commands; ${CLOCK_SPEED} seconds there are one here).\n\n`,
  );
  for (const scene of STORY) await play(scene, stage);
  const seconds = Math.round((Date.now() - began) / 1000);
  process.stdout.write(`The end: ${STORY.length} commands did what the story says. It took ${seconds} s.\n`);
}

async function play(scene: Scene, { url, cwd, env }: Stage): Promise<void> {
  if (scene.clock !== undefined) await setClock(url, scene.clock);
  const ended = await run({ args: [CLI, ...scene.args], cwd, env });
  check(scene, ended);
  const shown = screen({
    ...scene,
    commands: [`mailboxctl ${scene.args.join(' ')}`],
    output: ended[scene.show],
    colored: isColored,
  });
  process.stdout.write(`${shown.join('\n')}\n`);
}

/** The story may not lie: what it says came of a command is compared with what did. */
function check({ title, args, exitCode, says }: Scene, ended: Ended): void {
  const output = stripVTControlCharacters(`${ended.stdout}${ended.stderr}`);
  const words = output.replace(/\s+/gu, ' ');
  const missing = says.filter((text) => !words.includes(text));
  if (ended.exitCode === exitCode && missing.length === 0) return;
  const lacks = missing.map((text) => `\nIt does not say: ${text}`).join('');
  throw new Error(
    `${output}\nScene "${title}": mailboxctl ${args.join(' ')} ended with ${ended.exitCode}, expected was ${exitCode}.${lacks}`,
  );
}

async function setClock(url: string, time: string): Promise<void> {
  const response = await fetch(`${url}/_emulator/clock`, {
    method: 'POST',
    body: JSON.stringify({ set: time }),
  });
  if (!response.ok) throw new Error(`The clock was not moved: ${await response.text()}`);
}

try {
  await tell();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
