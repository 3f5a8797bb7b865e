/** Many edits of one column: an organization, its configuration, and the plan for it. */

import { loadProject } from '../../src/config/load-project.ts';
import { generateOrganization, type Organization } from '../../src/emulator/index.ts';
import { openForReading } from '../../src/library/open-environment.ts';
import type { Plan } from '../../src/model/plan.generated.ts';
import { memoryFiles, PROJECT } from '../config/memory-files.ts';
import { inThisProcess } from './service.ts';

/** Differs from what the mailboxes have. */
export const EDIT = { key: 'outgoing: outlook', column: 'outgoingemaildeliverymethod', value: 1 } as const;

export interface Workload {
  readonly organization: Organization;
  readonly plan: Plan;
}

/** Each of its people has a mailbox to be edited. */
export function peopleToEdit(operations: number): Organization {
  const { users = [], ...organization } = generateOrganization({ users: operations, queues: 0, seed: 5 });
  return { ...organization, users: users.map(({ disabled: _, licensed: __, ...user }) => user) };
}

export function editConfig(url: string): string {
  return `version: 1
environments:
  bench: { url: "${url}" }
rules:
  - name: everyone
    match: { mailboxOf: user, emailAddress: "*@contoso.com" }
    ${EDIT.key}
`;
}

export async function makeWorkload(operations: number): Promise<Workload> {
  const organization = peopleToEdit(operations);
  const service = inThisProcess(organization);
  // The embedded address is no address of a network; the one that stands here is never asked.
  const files = memoryFiles({ 'mailboxctl.yaml': editConfig('http://127.0.0.1') });
  const environment = await openForReading(await loadProject(PROJECT, files), 'bench', {
    env: {},
    fetch: service.fetch,
    clock: service.clock,
  });
  const plan = await environment.plan(await environment.see());
  await environment.close();
  await service.close();
  if (plan.steps.length === operations) return { organization, plan };
  throw new Error(`The plan for ${operations} mailboxes has ${plan.steps.length} steps`);
}

/** The records that the plan edits. */
export function mailboxIds({ steps, records }: Plan): readonly string[] {
  return steps.flatMap(({ address }) => records[address]?.find(({ role }) => role === 'self')?.id ?? []);
}
