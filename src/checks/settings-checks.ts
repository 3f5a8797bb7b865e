/** Advice on the environment's e-mail settings. */

import { SETTINGS_ADDRESS } from '../model/address.ts';
import { ofKind } from '../model/of-kind.ts';
import type { Check, CheckFinding, CheckInput } from './check.ts';
import { settingsSource } from './subjects.ts';

export const folderLevelTracking: Check = {
  id: 'folder-level-tracking',
  title: 'Folder-level tracking',
  why: 'People track mail by moving it to a folder, on every device and without an add-in (Microsoft Learn, "Best practices for server-side synchronization").',
  severity: 'info',
  // It is off in a new environment: no advice to those who leave the settings page alone.
  find: (input) =>
    input.config.settings === null
      ? []
      : whereFalse('tracking.folderLevel', input, (declared) => ({
          message: declared
            ? 'tracking.folderLevel is false; nobody can track mail by moving it to a folder'
            : 'folder-level tracking is off in the environment; nobody can track mail by moving it to a folder',
          hint: 'Write tracking: { folderLevel: true }.',
        })),
};

export const approvalRequired: Check = {
  id: 'approval-required',
  title: 'Approval required',
  why: 'Without it a mailbox could be synchronized that nobody has authorized (Microsoft Learn, "Connect to Exchange Online", approve email).',
  severity: 'warning',
  find: (input) =>
    ['users', 'queues'].flatMap((whose) =>
      whereFalse(`onlyApproved.${whose}`, input, (declared) => ({
        message: declared
          ? `onlyApproved.${whose} is false; mail of ${whose} moves although nobody approved the address`
          : `the environment moves mail of ${whose} although nobody approved the address`,
        hint: declared
          ? 'Write true: a mailbox could be synchronized without authorization.'
          : `Write onlyApproved: { ${whose}: true }.`,
      })),
    ),
};

/** A setting that is declared off, at its line; or that is off in the environment and not declared. */
function whereFalse(
  key: string,
  { config, seen }: CheckInput,
  words: (declared: boolean) => Pick<CheckFinding, 'message' | 'hint'>,
): readonly CheckFinding[] {
  const declared = config.settings?.fields.get(key);
  if (declared !== undefined) {
    if (declared.value !== false) return [];
    return [{ address: SETTINGS_ADDRESS, source: declared.source, ...words(true) }];
  }
  const settings = seen === null ? [] : ofKind(seen.snapshot.resources, 'settings');
  const actual = settings.find(({ address }) => address === SETTINGS_ADDRESS);
  if (actual?.fields[key] !== false) return [];
  return [{ address: SETTINGS_ADDRESS, source: settingsSource(config), ...words(false) }];
}
