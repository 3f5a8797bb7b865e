/** Says which column an environment lacks, where it refuses a list for the sake of one. Knows no field. */

import { ServiceError } from '../model/service-error.ts';
import { ENTITY_SETS } from './tables.ts';

/**
 * The same error, in words of tables and columns where it is about a column of the path's `$select`. The service's
 * text may be translated, but names the property in any language.
 */
export function explainMissingColumn(error: unknown, path: string): unknown {
  if (!(error instanceof ServiceError) || error.status !== 400) return error;
  const column = selectedColumns(path).find((name) => namesProperty(error.message, name));
  if (column === undefined) return error;
  const { kind, status, code, request, requestId } = error;
  return new ServiceError(`The environment has no column "${column}" of table "${tableOf(path)}"`, {
    kind,
    status,
    code,
    request,
    requestId,
    hint: 'Every current Dataverse has it. Check that the url is not that of an on-premises server, and that the environment is up to date (Power Platform admin center, Environments, Updates).',
    cause: error,
  });
}

function selectedColumns(path: string): readonly string[] {
  const select = /[?&]\$select=([^&]*)/u.exec(path)?.[1] ?? '';
  return decodeURIComponent(select).split(',');
}

/** In quotes of some kind, as the longer name of another column holds the shorter one. */
function namesProperty(message: string, name: string): boolean {
  return new RegExp(`(?<![\\w.])${name}(?![\\w.])`, 'iu').test(message);
}

function tableOf(path: string): string {
  const set = /^[^?(]*/u.exec(path)?.[0] ?? '';
  return Object.entries(ENTITY_SETS).find(([, name]) => name === set)?.[0] ?? set;
}
