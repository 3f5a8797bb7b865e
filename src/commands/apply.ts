/** `mailboxctl apply`: shows a plan, asks, carries it out, awaits its tests, and shows what became of each step. */

import { appendFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { Option } from 'commander';
import type { ApplyOptions } from '../apply/apply.ts';
import { lanesFor, refusalsUntilHandOff } from '../apply/lanes.ts';
import type { Project } from '../config/load-project.ts';
import type { PlanWishes } from '../library/plan-seen.ts';
import { configDigest, sha256 } from '../local/digest.ts';
import { PlanFileError, readPlanFile } from '../local/plan-file.ts';
import type { Apply } from '../model/apply.generated.ts';
import type { Config } from '../model/config.ts';
import type { Plan } from '../model/plan.generated.ts';
import type { History } from '../model/ports.ts';
import { isSecret } from '../model/value.ts';
import { carryOut } from '../pipeline.ts';
import { approvalsOf } from '../plan/approvals-of.ts';
import { withPlanFile } from '../plan/hand-off.ts';
import { accepting, refusing } from '../plan/safety/risks.ts';
import { planText } from '../report/text/plan-text.ts';
import { thousands } from '../report/text.ts';
import { timeText } from '../report/time-text.ts';
import { openWriting, type WritingWorld } from '../wire.ts';
import { applyDocument, exitCodeOfApply } from './apply-result.ts';
import { CommandError, EXIT, type ExitCode } from './exit-codes.ts';
import { failedTestAlerts } from './failed-test-alerts.ts';
import { checkAppendable, fileProblem, pathOf } from './files.ts';
import { beforeInterruption } from './interruption.ts';
import { type Io, styleFor } from './io.ts';
import * as option from './options.ts';
import { emit } from './output.ts';
import { planFor } from './plan-for.ts';
import { showProgress } from './progress.ts';
import { checkProject, openProject, pickConfig } from './project.ts';
import type { Register } from './register.ts';
import { isBlind, tell, worldOptions } from './world.ts';

const DAY_MS = 24 * 60 * 60_000;

interface ApplyCommandOptions extends option.CommonOptions, PlanWishes {
  readonly plan?: string;
  readonly yes: boolean;
  readonly only?: 'approvals';
  readonly expect?: string;
  readonly timeout?: number;
  readonly base?: string;
  readonly against?: string;
}

export function applyCommand(command: Command, register: Register): void {
  option
    .planningOptions(option.environmentOptions(command, 'apply'))
    .description(
      'Carries out a saved plan, or plans first. Shows the plan and asks before anything is sent. The same command again goes on where it stopped.',
    )
    .addOption(new Option('--plan <file>', 'carry out this saved plan').helpGroup(option.GROUPS.plan))
    .addOption(new Option('-y, --yes', 'consent: do not ask').default(false).helpGroup(option.GROUPS.consent))
    .addOption(
      new Option('--only <what>', 'carry out only the approvals that the plan hands off')
        .choices(['approvals'])
        .helpGroup(option.GROUPS.plan),
    )
    .addOption(
      new Option('--expect <digest>', 'refuse any plan with another digest').helpGroup(option.GROUPS.consent),
    )
    .addOption(
      new Option(
        '--timeout <duration>',
        'end the run after this time, such as 30m: nothing more is begun, and tests are awaited no longer; the next run goes on',
      )
        .argParser(option.duration)
        .helpGroup(option.GROUPS.run),
    )
    .addOption(option.againstOption().hideHelp())
    .addOption(option.eventsOption())
    .addOption(option.parallelismOption())
    .addOption(option.noInputOption())
    .addHelpText(
      'after',
      option.examples(
        'mailboxctl apply --yes --allow mail-stops',
        'mailboxctl apply --env local --plan plan.json --yes --allow mail-stops --timeout 30m',
        'mailboxctl apply --plan plan.json --only approvals --yes',
      ),
    )
    .action(register(runApply));
}

async function runApply(io: Io, options: ApplyCommandOptions, directory?: string): Promise<ExitCode> {
  if (options.against !== undefined) refuseSnapshot(options.against);
  if (options.plan !== undefined) refuseBoth(options);
  const project = await openProject(directory, io, options);
  checkProject(project, options, io);
  const saved = options.plan === undefined ? null : await savedPlan(io, options.plan);
  const config = pickConfig(project, environmentOf(saved, project, options), io);
  const world = await openWriting(config.environment, worldOptions(project, io, options));
  try {
    tell(io, world.notices, options);
    const planned = await beforeInterruption(io, planOf(io, { saved, config, project, world, options }));
    const carried = options.only === 'approvals' ? approvalsOf(planned.plan) : planned.plan;
    const own = accepting(carried, new Set(options.allow));
    const projectFolder = project.directory;
    return await applyPlan(io, { ...planned, own, config, world, options, directory, projectFolder });
  } finally {
    await world.journal.close();
    await world.close();
  }
}

function refuseBoth({ target, retest, rotate, base }: ApplyCommandOptions): void {
  if (target.length + retest.length + rotate.length === 0 && base === undefined) return;
  throw new CommandError(
    EXIT.error,
    '--target, --retest, --rotate and --base shape a plan; --plan carries out one that is made',
  );
}

function refuseSnapshot(against: string): void {
  throw new CommandError(
    EXIT.error,
    'apply does not take --against: what it is about to change it plans from the environment itself; nothing was sent',
    `To apply the plan of a snapshot: mailboxctl plan --against ${against} --out plan.json, then mailboxctl apply --plan plan.json`,
  );
}

/** A plan says itself for which environment it was made. */
function environmentOf(
  saved: Plan | null,
  { environments }: Project,
  options: ApplyCommandOptions,
): ApplyCommandOptions {
  if (saved === null) return options;
  const { name } = saved.environment;
  const made = `The plan was made for the environment "${name}"`;
  const names = environments.map((environment) => environment.name);
  if (options.env !== undefined && options.env !== name && names.includes(options.env)) {
    throw new CommandError(
      EXIT.refused,
      `${made}, not for "${options.env}"; nothing was written`,
      `Leave --env out, or plan again with --env ${options.env}.`,
    );
  }
  if (!names.includes(name)) {
    throw new CommandError(
      EXIT.refused,
      `${made}, which the project does not declare; nothing was written`,
      `Plan again. Environments: ${names.join(', ')}.`,
    );
  }
  return { ...options, env: options.env ?? name };
}

interface Planning {
  readonly saved: Plan | null;
  readonly config: Config;
  readonly project: Project;
  readonly world: WritingWorld;
  readonly options: ApplyCommandOptions;
}

/** A saved plan, checked against the configuration and the environment; or a fresh one. */
async function planOf(
  io: Io,
  { saved, config, project, world, options }: Planning,
): Promise<Pick<Applying, 'plan' | 'openedAt' | 'history' | 'refusalsUntilHandOff' | 'parallelism'>> {
  const openedAt = saved === null ? null : await checkSavedPlan(saved, config, world);
  const diagnostics = project.diagnosticsOf(config.environment.name);
  const { plan, history, seen } =
    saved === null
      ? await planFor(io, { config, project, world, options, diagnostics })
      : { plan: saved, history: await world.journal.history(), seen: null };
  if (options.expect !== undefined && options.expect !== plan.plan_digest) {
    throw new CommandError(
      EXIT.refused,
      `The plan's digest is ${plan.plan_digest}, expected was ${options.expect}`,
      'Look at the plan again.',
    );
  }
  if (isBlind(plan.not_seen)) {
    throw new CommandError(
      EXIT.permission,
      'Permission is missing: not everything that the configuration is about can be read; nothing was written',
      '"mailboxctl plan" lists what cannot be seen. Give the caller a security role that reads it.',
    );
  }
  if (!plan.applyable) {
    const exitCode = saved === null ? EXIT.configuration : EXIT.refused;
    const why = plan.diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);
    throw new CommandError(exitCode, 'The plan cannot be applied; nothing was written', why.join('\n  '));
  }
  const snapshot = seen?.snapshot ?? null;
  const refusals = refusalsUntilHandOff(snapshot?.caller ?? null);
  return {
    plan,
    openedAt,
    history,
    refusalsUntilHandOff: refusals,
    parallelism: snapshot?.capabilities.parallelism ?? null,
  };
}

async function savedPlan(io: Io, path: string): Promise<Plan> {
  try {
    return await readPlanFile(pathOf(io, path), sha256);
  } catch (error) {
    if (!(error instanceof PlanFileError)) throw error;
    const problem = fileProblem(error.cause, path, 'read');
    if (problem !== null)
      throw new CommandError(EXIT.error, `The plan ${path} cannot be read: ${problem.what}`, problem.wayOut);
    const message = error.message.replace(pathOf(io, path), path);
    throw new CommandError(error.unreadable ? EXIT.error : EXIT.refused, message, error.wayOut);
  }
}

/** Answers the service time. */
async function checkSavedPlan(plan: Plan, config: Config, { reader }: WritingWorld): Promise<string | null> {
  // What readings need besides rows is asked for meanwhile, not when steps wait for it.
  const [{ organizationId, at = null }] = await Promise.all([
    reader.identify(),
    reader.reread({}, { hurry: true }),
  ]);
  if (organizationId !== plan.environment.organization_id) {
    throw new CommandError(
      EXIT.refused,
      `The plan is for the organization ${plan.environment.organization_id}, ${organizationId} answered`,
    );
  }
  if (configDigest(config) !== plan.config_digest) {
    throw new CommandError(
      EXIT.refused,
      'The plan was made from another configuration',
      'Plan again, or check out the commit it was made from.',
    );
  }
  return at;
}

interface Applying {
  readonly plan: Plan;
  /** What this run shows and carries out of it: all of it, or the approvals that it hands off. */
  readonly own: Plan;
  /** Service time at which a saved plan was taken up. */
  readonly openedAt: string | null;
  readonly history: History;
  readonly refusalsUntilHandOff: number;
  /** What the service recommends. */
  readonly parallelism: number | null;
  readonly config: Config;
  readonly world: WritingWorld;
  readonly options: ApplyCommandOptions;
  /** The project folder as the command line names it. */
  readonly directory: string | undefined;
  readonly projectFolder: string;
}

async function applyPlan(io: Io, applying: Applying): Promise<ExitCode> {
  const { plan, own, world, options, directory } = applying;
  const steps = own.steps.filter(({ hand_off }) => hand_off !== true);
  if (options.format === 'text' || steps.length > 0) showPlan(io, applying);
  if (steps.length > 0) {
    tellAge(io, applying);
    await checkSecrets(io, own, applying);
    guard(own, applying);
    await consent(io, options);
    if (options.events !== undefined) await checkAppendable(io, '--events', options.events);
    // A run that has nothing to do leaves no file.
    await world.journal.begin(plan.plan_digest);
  }
  const document = await execute(io, applying);
  const forPeople = { ...document, plan: withPlanFile(document.plan, options.plan, directory) };
  await emit(io, options, {
    verb: 'apply',
    document,
    forPeople,
    project: applying.projectFolder,
    directory,
    planFile: options.plan,
  });
  return exitCodeOfApply(document, applying.config.environment.approvals === 'fail');
}

/** Where the output is data for a program, the plan is still shown to whoever watches. */
function showPlan(io: Io, { own, options, directory }: Applying): void {
  const to = options.format !== 'text' || options.output !== undefined ? io.stderr : io.stdout;
  to.write(planText(withPlanFile(own, options.plan, directory), styleFor(to, io, options)));
}

/** What somebody changed since is found out step by step; who consents should know how much that may be. */
function tellAge(io: Io, { plan, openedAt, options }: Applying): void {
  const days = openedAt === null ? 0 : Math.floor((Date.parse(openedAt) - Date.parse(plan.as_of)) / DAY_MS);
  if (days < 1) return;
  const age = `${days} day${days === 1 ? '' : 's'}`;
  tell(io, [`This plan is ${age} old (as of ${timeText(plan.as_of)})`], options, 'warn');
}

function guard({ risks }: Plan, { history, options }: Applying): void {
  const refused = refusing(risks, new Set(options.allow));
  if (refused.length === 0) return;
  const names = refused.map((risk) => risk.guard);
  const consent = `If this is what you want: ${names.map((name) => `--allow ${name}`).join(' ')}`;
  throw new CommandError(
    EXIT.guard,
    `Refused by ${names.join(', ')}; nothing was written`,
    [...unfinishedText(history), consent].join('\n  '),
  );
}

/** What is refused now may be the rest of what was allowed then. */
function unfinishedText({ unfinished }: History): readonly string[] {
  if (unfinished === undefined) return [];
  const { at, applied, steps } = unfinished;
  const share = `${thousands(applied)} of ${thousands(steps)} steps were applied`;
  return [`A run of ${timeText(at)} was not finished: ${share}.`];
}

/** Before the first write, so that no run stops halfway for want of a password. */
async function checkSecrets(io: Io, { steps }: Plan, { config, world, options }: Applying): Promise<void> {
  const references = steps.flatMap(({ set }) => set.flatMap(({ to }) => (isSecret(to) ? [to.secret] : [])));
  const found = await world.secrets.check(references);
  const problems = found.filter(({ severity }) => severity === 'error');
  // What the embedded Dataverse is given opens no mailbox.
  const isEmbedded = config.environment.url === 'emulator';
  const warnings = isEmbedded ? [] : found.filter(({ severity }) => severity === 'warning');
  tell(
    io,
    warnings.map(({ message, hint }) => `Warning: ${message}. ${hint}`),
    options,
    'warn',
  );
  if (problems.length === 0) return;
  const list = problems.map(({ message, hint }) => `  ${message}\n    ${hint}`).join('\n');
  throw new CommandError(EXIT.configuration, `Secrets cannot be resolved; nothing was written\n${list}`);
}

async function consent(io: Io, { yes, input }: ApplyCommandOptions): Promise<void> {
  if (yes) return;
  if (io.ask === null || !input) {
    throw new CommandError(
      EXIT.error,
      'Nothing was sent: there is no terminal to ask on',
      'Consent with --yes.',
    );
  }
  const answer = await io.ask('\nApply this plan? Only "yes" applies it: ');
  if (io.interrupted.aborted) throw new CommandError(EXIT.interrupted, 'Nothing was sent');
  if (answer.trim().toLowerCase() !== 'yes') throw new CommandError(EXIT.error, 'Nothing was sent');
}

async function execute(io: Io, applying: Applying): Promise<Apply> {
  const { plan, own, history, parallelism, config, world, options } = applying;
  const progress = showProgress(io, options, plan, world.clock.now);
  const startedAt = new Date(world.clock.now()).toISOString();
  const applyOptions: ApplyOptions = {
    history,
    lanes: lanesFor(options.parallelism ?? null, parallelism),
    testTimeoutMs: config.environment.tests.timeoutMs,
    timeoutMs: options.timeout ?? null,
    refusalsUntilHandOff: applying.refusalsUntilHandOff,
    onlyApprovals: options.only === 'approvals',
    interrupted: io.interrupted,
  };
  try {
    const result = await carryOut(plan, applyOptions, {
      reader: world.reader,
      writer: world.writer,
      clock: world.clock,
      append: async (lines) => {
        const events = await world.journal.append(lines);
        const text = events.map((event) => `${JSON.stringify(event)}\n`).join('');
        if (options.events !== undefined) await appendFile(pathOf(io, options.events), text);
        return events;
      },
      onEvent: progress.onEvent,
    });
    // Whoever stopped the run does not wait for one more reading, which the service may halt.
    const alerts =
      result.stopped === null
        ? await failedTestAlerts(plan, result.outcomes, world, (notice) => progress.say(`${notice}\n`))
        : {};
    return applyDocument(own, result, alerts, startedAt);
  } finally {
    progress.end();
  }
}
