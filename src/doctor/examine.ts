/**
 * The doctor's report: who the caller is in an environment, what it may do and see, what will not work and how to mend
 * it. Made from one read and from plans; asks nobody, and changes nothing.
 */

import type { Doctor, DoctorFinding } from '../model/doctor.generated.ts';
import type { Plan } from '../model/plan.generated.ts';
import { approvalFindings, approvalsByProfile, type Seen } from './approvals.ts';
import { askedOf } from './asked.ts';
import { rightsFindings, rightsOf } from './rights.ts';
import { serviceFindings, serviceOf } from './service.ts';
import { visibilityFindings } from './visibility.ts';

export interface Examination {
  readonly seen: Seen;
  /** The plan of now. */
  readonly plan: Plan;
  /** The plan of the world that `asIfUnapproved` makes. */
  readonly unapproved: Plan;
  /** How the caller signed in. */
  readonly authentication: string;
  /** The address is that of an embedded Dataverse or of this machine. */
  readonly local: boolean;
  /** Local time before and after the read, in milliseconds since 1970. */
  readonly readBetween: readonly [before: number, after: number];
}

export function examine(examination: Examination): Doctor {
  const { seen, unapproved, authentication } = examination;
  const { environment } = seen.config;
  const { snapshot } = seen;
  const { caller } = snapshot;
  const rights = rightsOf(caller, askedOf(seen.config, seen.desired));
  const approvals = approvalsByProfile(unapproved, seen.desired);
  const service = serviceOf(snapshot, environment.tests.timeoutMs);
  const clock = clockOf(snapshot.asOf, examination.readBetween);
  const facts = { rights, approvals, service, clock };
  const findings = findingsOf(facts, examination);
  return {
    format_version: '1.0',
    as_of: snapshot.asOf,
    environment: {
      name: environment.name,
      url: environment.url,
      organization_id: snapshot.organizationId,
      organization_id_declared: environment.organizationId !== null,
      purpose: environment.purpose,
      approvals: environment.approvals,
    },
    caller: {
      name: caller.name,
      kind: caller.applicationUser ? 'application-user' : 'person',
      sign_in: caller.signIn,
      authentication,
      roles: caller.roles,
      system_administrator: caller.systemAdministrator,
      delegated_mailbox_approver: caller.mailboxApprover,
    },
    ...facts,
    not_seen: seen.snapshot.notSeen,
    findings,
    summary: summaryOf(findings),
  };
}

type Facts = Pick<Doctor, 'rights' | 'approvals' | 'service' | 'clock'>;

function findingsOf(
  { rights, approvals, service, clock }: Facts,
  { seen, plan, local }: Examination,
): readonly DoctorFinding[] {
  const { asOf } = seen.snapshot;
  const found = [
    organizationFinding(seen, local),
    clockFinding(clock, local),
    ...visibilityFindings(seen.snapshot),
    ...rightsFindings(rights),
    ...approvalFindings(approvals, seen, plan),
    ...serviceFindings(service, asOf),
  ];
  return found.toSorted((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
}

const LEVELS: readonly DoctorFinding['level'][] = ['problem', 'warning', 'ok'];

/** The service says whole seconds, and the read takes time: a time in between says nothing against the clock. */
function clockOf(asOf: string, [before, after]: readonly [number, number]): Doctor['clock'] {
  const service = Date.parse(asOf);
  const ahead = before - (service + 999);
  const behind = after - service;
  const skew = ahead > 0 ? ahead : Math.min(0, behind);
  return { local: new Date(after).toISOString(), skew_seconds: Math.trunc(skew / 1000) };
}

/** Sign-in tokens are refused beyond about five minutes (Microsoft Learn, "Access tokens in the Microsoft identity platform"). */
const TOLERATED_SECONDS = 300;

function clockFinding({ skew_seconds }: Doctor['clock'], local: boolean): DoctorFinding {
  const seconds = Math.abs(skew_seconds);
  const direction = skew_seconds > 0 ? 'ahead of' : 'behind';
  if (seconds <= TOLERATED_SECONDS) {
    const what =
      seconds < 5 ? 'The clocks agree.' : `This machine's clock is ${seconds} s ${direction} the service.`;
    return { id: 'clock', level: 'ok', what, so_what: null, mend: null };
  }
  if (local) {
    // Such a clock is set on purpose, by its file or its control: no warning, but nobody should wonder about times.
    const what = `The environment is on this machine, with a clock of its own: this machine's is ${spanText(seconds)} ${direction} it.`;
    return { id: 'clock', level: 'ok', what, so_what: null, mend: null };
  }
  return {
    id: 'clock',
    level: 'warning',
    what: `This machine's clock is ${spanText(seconds)} ${direction} the service.`,
    so_what: 'Nothing is compared with it, but sign-in may fail, and journals of several machines disagree.',
    mend: 'Set the clock, best by NTP.',
  };
}

/** In the unit that people think in: `6 min`, `3 h`, `19 days`. */
function spanText(seconds: number): string {
  if (seconds < 7_200) return `${Math.floor(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86_400)} days`;
}

function organizationFinding({ config, snapshot }: Seen, local: boolean): DoctorFinding {
  const { organizationId, name } = config.environment;
  if (organizationId !== null || local) {
    const what =
      organizationId === null
        ? 'The environment is on this machine.'
        : `This is the organization that "${name}" declares.`;
    return { id: 'organization', level: 'ok', what, so_what: null, mend: null };
  }
  return {
    id: 'organization',
    level: 'warning',
    what: `"${name}" does not say which organization it is.`,
    so_what: 'Under a wrong url another environment would be planned and applied.',
    mend: `Write organizationId: ${snapshot.organizationId} in the environment.`,
  };
}

function summaryOf(findings: readonly DoctorFinding[]): Doctor['summary'] {
  const number = (level: DoctorFinding['level']): number =>
    findings.filter((finding) => finding.level === level).length;
  return { problem: number('problem'), warning: number('warning'), ok: number('ok') };
}
