/**
 * The services that scenarios meet besides those of their organization files: the behaviours that no public source
 * settles, combined so that each pair of them occurs, in groups that hold each of them. A new switch of the emulator is
 * varied unless it stands here with the reason why not.
 */

import { type SwitchName, switchNames, switchTable } from '../../src/emulator/switches.ts';
import { type Factors, type Group, pairwiseGroups } from './pairwise.ts';

/** Values that are not varied, by switch, with the reason. */
const LEFT_OUT: Readonly<
  Partial<Record<SwitchName, { readonly values: readonly string[]; readonly why: string }>>
> = {
  editWithTest: { values: ['testIgnored', 'refused'], why: 'no request carries an edit and a test' },
  tenantFlagWrite: { values: ['accepted', 'refused'], why: 'the flag of the tenant is never written' },
  statusWrites: { values: ['accepted'], why: 'results and enabled flags are never written' },
  readOnlyWrites: { values: ['ignored'], why: 'no column is written that is not valid for it' },
  savesDuringTest: { values: ['config'], why: 'every column that is written is configuration' },
  onlyApprovedDenied: { values: ['allowed'], why: 'who may not turn the switches is told so by the plan' },
  backgroundOperations: { values: ['false'], why: 'no test ever ends then; a scenario of its own shows it' },
  approvalOn: { values: ['mailbox'], why: 'approvals are written on the user or queue; a scenario shows it' },
  approvalSetsTenantFlag: {
    values: ['false'],
    why: 'no approval from here lets a test on Exchange Online pass then; a scenario shows it',
  },
  tenantApprovalGate: {
    values: ['all'],
    why: 'a forward mailbox starts out approved without the flag of the tenant; nothing from here sets it then',
  },
};

export const FACTORS: Factors = Object.fromEntries(
  switchNames()
    .map((name): [string, readonly string[]] => [
      name,
      switchTable[name].values.filter((value) => !(LEFT_OUT[name]?.values ?? []).includes(value)),
    ])
    .filter(([, values]) => values.length > 1),
);

export const GROUPS: readonly Group[] = pairwiseGroups(FACTORS);
