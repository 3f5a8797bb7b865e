/**
 * Runs workflows as GitHub's runner does: parsed from their files, expressions by GitHub's own evaluator, each script by
 * bash as GitHub calls it, each job in a folder of its own and with a token that may what the job asks for.
 */

import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { execute } from './execute.ts';
import { type Contexts, condition, interpolate, interpolateText } from './expressions.ts';
import { type FakeGithub, REPOSITORY } from './fake-github.ts';
import { standIn } from './stand-ins.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const OURS = /^mailboxctl\/mailboxctl\/(.*)@v\d+\.\d+\.\d+$/u;
const TOKEN = 'ghs_canary0123456789';

interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, unknown>>;
}

interface JobFile {
  readonly uses?: string;
  readonly needs?: string | readonly string[];
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly permissions?: Permissions;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly strategy?: { readonly matrix: string };
  readonly steps?: readonly Step[];
}

type Permissions = Readonly<Record<string, 'read' | 'write'>>;
type Inputs = Readonly<Record<string, { readonly default?: unknown; readonly required?: boolean }>>;

interface WorkflowFile {
  readonly on: { readonly workflow_call?: { readonly inputs?: Inputs } };
  readonly permissions?: Permissions;
  readonly jobs: Readonly<Record<string, JobFile>>;
}

interface ActionFile {
  readonly inputs?: Inputs;
  readonly outputs?: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

export interface Event {
  readonly name: 'pull_request' | 'push' | 'schedule' | 'workflow_dispatch';
  readonly payload: object;
  readonly sha: string;
  /** What is checked out: a commit, or a ref of the repository. */
  readonly ref: string;
  readonly baseRef?: string;
  readonly actor?: string;
  /** Where the run comes from; a fork's has a token that only reads, and no secrets. */
  readonly fork?: string;
  readonly inputs?: Readonly<Record<string, string>>;
}

export interface RunnerOptions {
  readonly github: FakeGithub;
  readonly repository: string;
  readonly folder: string;
  /** What stands before the PATH of every script. */
  readonly bin: string;
  readonly secrets?: Readonly<Record<string, string>>;
  /** Of the repository; and of its environments, which hide them. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly environmentVariables?: Readonly<Record<string, string>>;
  /** What the calling workflow gives besides what stands in its file. */
  readonly inputs?: Readonly<Record<string, string>>;
}

export interface JobResult {
  readonly name: string;
  readonly result: 'success' | 'failure' | 'skipped';
  readonly log: string;
  readonly summary: string;
  readonly workspace: string;
  /** What its scripts have in common. */
  readonly env: Readonly<Record<string, string>>;
}

export interface RunResult {
  readonly id: number;
  readonly jobs: readonly JobResult[];
  readonly result: (name: string) => JobResult;
}

interface Head {
  readonly sha: string;
  readonly ref: string;
}

interface Running {
  readonly options: RunnerOptions;
  readonly event: Event;
  readonly id: number;
  readonly workflowInputs: Readonly<Record<string, unknown>>;
  readonly limits: Permissions | null;
  readonly done: JobResult[];
}

/** One run of the workflow file, to its end. */
export async function runWorkflow(path: string, event: Event, options: RunnerOptions): Promise<RunResult> {
  const id = 500 + options.github.runs.length;
  const { head } = (event.payload as { pull_request?: { head: Head } }).pull_request ?? {};
  options.github.runs.push({
    id,
    event: event.name,
    head_sha: head?.sha ?? event.sha,
    head_branch: head?.ref ?? 'main',
    // As it is after the merge.
    pull_requests: [],
    head_repository: { full_name: event.fork ?? REPOSITORY },
    artifacts: [],
  });
  const done: JobResult[] = [];
  const running = { options, event, id, workflowInputs: event.inputs ?? {}, limits: null, done };
  await runJobs(await readYaml<WorkflowFile>(join(ROOT, path)), running);
  return {
    id,
    jobs: done,
    result: (name) => {
      const found = done.find((job) => job.name === name);
      if (found === undefined)
        throw new Error(`No job ${name} among ${done.map((job) => job.name).join(', ')}`);
      return found;
    },
  };
}

interface Need {
  readonly result: JobResult['result'];
  readonly outputs: Readonly<Record<string, string>>;
}

/** In the order of the file, which is one in which needs come first. */
async function runJobs(workflow: WorkflowFile, running: Running): Promise<void> {
  const needs: Record<string, Need> = {};
  for (const [key, job] of Object.entries(workflow.jobs)) {
    const needed = [job.needs ?? []].flat();
    const own = Object.fromEntries(needed.map((name) => [name, needs[name]]));
    const contexts = { ...baseContexts(running), needs: own };
    const failed = needed.some((name) => needs[name]?.result !== 'success');
    if (!condition(job.if, contexts, { failed })) {
      needs[key] = { result: 'skipped', outputs: {} };
      running.done.push({ name: key, result: 'skipped', log: '', summary: '', workspace: '', env: {} });
      continue;
    }
    needs[key] = await runJob(key, job, workflow, contexts, running);
  }
}

async function runJob(
  key: string,
  job: JobFile,
  workflow: WorkflowFile,
  contexts: Contexts,
  running: Running,
): Promise<Need> {
  const permissions = job.permissions ?? workflow.permissions ?? {};
  if (job.uses !== undefined) return callWorkflow(job, permissions, contexts, running);
  const matrix = job.strategy === undefined ? null : interpolate(job.strategy.matrix, contexts);
  const rows = (matrix as { include: readonly Record<string, unknown>[] } | null)?.include ?? [{}];
  let need: Need = { result: 'success', outputs: {} };
  for (const row of rows) {
    const name = matrix === null ? key : `${key} ${String(row.environment)}`;
    const made = await runSteps(
      name,
      job,
      { ...contexts, matrix: row },
      limited(permissions, running.limits),
      running,
    );
    need = { outputs: made.outputs, result: made.result === 'success' ? need.result : 'failure' };
  }
  return need;
}

async function callWorkflow(
  { uses = '', with: given = {} }: JobFile,
  permissions: Permissions,
  contexts: Contexts,
  running: Running,
): Promise<Need> {
  const [, path] = OURS.exec(uses) ?? [];
  if (path === undefined) throw new Error(`${uses} is no workflow of ours`);
  const called = await readYaml<WorkflowFile>(join(ROOT, path));
  const workflowInputs = inputsFor(
    called.on.workflow_call?.inputs ?? {},
    { ...given, ...running.options.inputs },
    contexts,
    uses,
  );
  const before = running.done.length;
  await runJobs(called, { ...running, workflowInputs, limits: permissions });
  const failed = running.done.slice(before).some(({ result }) => result === 'failure');
  return { result: failed ? 'failure' : 'success', outputs: {} };
}

/** A called workflow gets no more than its caller has; asking for more is refused before anything runs. */
function limited(permissions: Permissions, limits: Permissions | null): Permissions {
  const missing = Object.entries(permissions).filter(
    ([name, level]) => limits !== null && limits[name] !== level && limits[name] !== 'write',
  );
  if (missing.length > 0) throw new Error(`The caller does not give ${JSON.stringify(missing)}`);
  return permissions;
}

function baseContexts({ event, id, options, workflowInputs }: Running): Contexts {
  const { name, payload, sha, baseRef = '', actor = 'alice' } = event;
  return {
    github: {
      token: TOKEN,
      repository: REPOSITORY,
      event: payload,
      event_name: name,
      sha,
      ref: `refs/${baseRef === '' ? 'heads/main' : 'pull/7/merge'}`,
      base_ref: baseRef,
      run_id: String(id),
      run_attempt: '1',
      actor,
      server_url: 'https://github.com',
      api_url: options.github.url,
    },
    inputs: workflowInputs,
    secrets: event.fork === undefined ? { GITHUB_TOKEN: TOKEN, ...options.secrets } : { GITHUB_TOKEN: TOKEN },
    vars: options.variables ?? {},
    runner: { os: 'Linux' },
    needs: {},
    matrix: {},
    steps: {},
  };
}

/** What the steps of one job share. */
interface Job {
  readonly running: Running;
  readonly workspace: string;
  readonly files: string;
  readonly env: Record<string, string>;
  readonly path: string[];
  log: string;
  summary: string;
}

async function runSteps(
  name: string,
  { steps = [], outputs = {}, env = {}, environment }: JobFile,
  given: Contexts,
  permissions: Permissions,
  running: Running,
): Promise<Need> {
  const { options, event } = running;
  const ofEnvironment = environment === undefined ? {} : options.environmentVariables;
  const contexts = { ...given, vars: { ...options.variables, ...ofEnvironment } };
  const folder = await mkdtemp(join(options.folder, 'job-'));
  const workspace = join(folder, 'workspace');
  const files = join(folder, 'files');
  for (const each of [workspace, files, join(folder, 'temp')]) await mkdir(each);
  await writeFile(join(files, 'event.json'), JSON.stringify(event.payload));
  const job: Job = {
    running,
    workspace,
    files,
    env: { ...environmentOf(running, folder), ...texts(env, contexts) },
    path: [],
    log: '',
    summary: '',
  };
  grant(options.github, permissions, event.fork !== undefined);
  const done = await runEach(steps, contexts, job, { failed: false });
  const own = { ...contexts, steps: done.steps };
  const result = done.failed ? 'failure' : 'success';
  running.done.push({ name, result, log: job.log, summary: job.summary, workspace, env: job.env });
  return {
    result,
    outputs: Object.fromEntries(
      Object.entries(outputs).map(([key, value]) => [key, interpolateText(value, own)]),
    ),
  };
}

const ALL = ['actions', 'checks', 'contents', 'issues', 'pull-requests'];

function grant({ refused }: FakeGithub, permissions: Permissions, fork: boolean): void {
  refused.clear();
  for (const name of ALL) {
    const level = permissions[name];
    if (level === undefined) refused.add(`${name}: read`);
    if (level !== 'write' || fork) refused.add(`${name}: write`);
  }
}

function environmentOf({ event, id, options }: Running, folder: string): Record<string, string> {
  const { github, bin } = options;
  return {
    PATH: `${bin}:${process.env.PATH ?? ''}`,
    HOME: folder,
    LANG: 'C.UTF-8',
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_REPOSITORY: REPOSITORY,
    GITHUB_API_URL: github.url,
    GITHUB_GRAPHQL_URL: `${github.url}/graphql`,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_EVENT_NAME: event.name,
    GITHUB_EVENT_PATH: join(folder, 'files', 'event.json'),
    GITHUB_SHA: event.sha,
    GITHUB_RUN_ID: String(id),
    GITHUB_ACTOR: event.actor ?? 'alice',
    GITHUB_WORKSPACE: join(folder, 'workspace'),
    RUNNER_TEMP: join(folder, 'temp'),
  };
}

interface StepDone {
  readonly outcome: 'success' | 'failure' | 'skipped';
  readonly outputs: Readonly<Record<string, string>>;
}

async function runEach(
  steps: readonly Step[],
  contexts: Contexts,
  job: Job,
  before: { readonly failed: boolean },
): Promise<{ readonly failed: boolean; readonly steps: Readonly<Record<string, StepDone>> }> {
  const done: Record<string, StepDone> = {};
  let { failed } = before;
  for (const [index, step] of steps.entries()) {
    const own = { ...contexts, steps: done };
    const result: StepDone = condition(step.if, own, { failed })
      ? await runStep(step, own, job)
      : { outcome: 'skipped', outputs: {} };
    failed ||= result.outcome === 'failure';
    done[step.id ?? `_${index}`] = result;
  }
  return { failed, steps: done };
}

async function runStep(step: Step, contexts: Contexts, job: Job): Promise<StepDone> {
  if (step.run !== undefined) return runScript(step, step.run, contexts, job);
  const { uses = '', with: given = {} } = step;
  const [, path] = OURS.exec(uses) ?? [];
  if (path !== undefined) return runAction(join(ROOT, path, 'action.yml'), given, contexts, job);
  const { options, event, id } = job.running;
  const values = texts(given, contexts);
  await standIn(
    uses,
    {
      repository: options.repository,
      workspace: job.workspace,
      ref: event.ref,
      runId: id,
      artifacts: join(options.folder, 'artifacts'),
      caches: join(options.folder, 'caches'),
      onArtifact: (name) =>
        options.github.runs.find((run) => run.id === id)?.artifacts.push({ name, expired: false }),
    },
    values,
  );
  return { outcome: 'success', outputs: {} };
}

/** A composite action sees its inputs, and neither the steps nor the inputs of who uses it. */
async function runAction(
  path: string,
  given: Readonly<Record<string, unknown>>,
  contexts: Contexts,
  job: Job,
): Promise<StepDone> {
  const action = await readYaml<ActionFile>(path);
  const outer = { github: contexts.github, runner: contexts.runner };
  const inputs = texts(inputsFor(action.inputs ?? {}, given, contexts, path), outer);
  const done = await runEach(action.runs.steps, { ...outer, inputs, steps: {} }, job, { failed: false });
  const own = { ...outer, inputs, steps: done.steps };
  const outputs = Object.entries(action.outputs ?? {}).map(([key, { value }]) => [
    key,
    interpolateText(value, own),
  ]);
  return { outcome: done.failed ? 'failure' : 'success', outputs: Object.fromEntries(outputs) };
}

function inputsFor(
  declared: Inputs,
  given: Readonly<Record<string, unknown>>,
  contexts: Contexts,
  who: string,
): Readonly<Record<string, unknown>> {
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(declared, name));
  if (unknown.length > 0) throw new Error(`${who} does not take ${unknown.join(', ')}`);
  return Object.fromEntries(
    Object.entries(declared).map(([name, facts]) => {
      const value = given[name];
      if (value === undefined && facts.required === true) throw new Error(`${who} needs ${name}`);
      return [
        name,
        typeof value === 'string' ? interpolate(value, contexts) : (value ?? facts.default ?? ''),
      ];
    }),
  );
}

function texts(
  values: Readonly<Record<string, unknown>>,
  contexts: Contexts,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, interpolateText(String(value ?? ''), contexts)]),
  );
}

async function runScript(step: Step, script: string, contexts: Contexts, job: Job): Promise<StepDone> {
  const { files } = job;
  const at = (name: string): string => join(files, name);
  await writeFile(at('script.sh'), interpolateText(script, contexts));
  for (const name of ['output', 'env', 'path', 'summary']) await writeFile(at(name), '');
  const env = {
    ...job.env,
    PATH: [...job.path, job.env.PATH].join(':'),
    ...texts(step.env ?? {}, contexts),
    GITHUB_OUTPUT: at('output'),
    GITHUB_ENV: at('env'),
    GITHUB_PATH: at('path'),
    GITHUB_STEP_SUMMARY: at('summary'),
  };
  const ran = await execute('bash', ['--noprofile', '--norc', '-eo', 'pipefail', at('script.sh')], {
    cwd: job.workspace,
    env,
  });
  job.log += `\n=== ${step.name ?? 'script'}\n${ran.output}`;
  job.summary += await readFile(at('summary'), 'utf8');
  Object.assign(job.env, assignments(await readFile(at('env'), 'utf8')));
  job.path.unshift(...(await readFile(at('path'), 'utf8')).split('\n').filter((line) => line !== ''));
  return {
    outcome: ran.exitCode === 0 ? 'success' : 'failure',
    outputs: assignments(await readFile(at('output'), 'utf8')),
  };
}

/** `name=value`, and `name<<END` with the lines up to END. */
function assignments(text: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  const lines = text.split('\n');
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const [, name, end] = /^([^=]+?)<<(.+)$/u.exec(line) ?? [];
    if (name !== undefined && end !== undefined) {
      const until = lines.indexOf(end, index);
      found[name] = lines.slice(index + 1, until).join('\n');
      index = until;
    } else if (line.includes('=')) {
      found[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1);
    } else if (line !== '') {
      throw new Error(`The runner does not understand "${line}"`);
    }
  }
  return found;
}

async function readYaml<T>(path: string): Promise<T> {
  return parse(await readFile(path, 'utf8')) as T;
}
