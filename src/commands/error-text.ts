/** What an error says to a person: no stack for those that we know, and all of it for those that we do not. */

import { ServiceError } from '../model/service-error.ts';
import { printableText } from '../report/printable.ts';
import { CommandError } from './exit-codes.ts';
import { fileProblem } from './files.ts';

export function errorText(error: unknown): string {
  if (error instanceof CommandError) return lines(`Error: ${error.message}`, error.hint);
  if (error instanceof ServiceError) return lines(`Error: ${serviceMessage(error)}`, error.hint);
  if (error instanceof Error && EXPECTED.has(error.name))
    return lines(`Error: ${error.message}`, wayOutOf(error));
  if (error instanceof Error && 'syscall' in error) return systemText(error);
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return lines(`Error: something went wrong that should not: ${detail}`, 'Please report it with this text.');
}

function wayOutOf(error: Error): string | null {
  return 'wayOut' in error && typeof error.wayOut === 'string' ? error.wayOut : null;
}

/** What the operating system says, as a sentence where it is about a file. */
function systemText(error: Error): string {
  const path = 'path' in error && typeof error.path === 'string' ? error.path : '';
  const problem = fileProblem(error, path, 'read');
  if (problem === null || path === '') return lines(`Error: ${error.message}`, null);
  return lines(`Error: ${path} cannot be used: ${problem.what}`, problem.wayOut);
}

/** Errors of files that people give us; their messages are written for people. */
const EXPECTED: ReadonlySet<string> = new Set([
  'PlanFileError',
  'OrganizationError',
  'StateError',
  'SecretError',
  'RecordingError',
]);

/** With what a support case asks for. */
function serviceMessage({ message, status, code, request, requestId }: ServiceError): string {
  const id = requestId === null ? null : `request id ${requestId}`;
  const facts = [status, code, request, id].filter((fact) => fact !== null).join(' ');
  return facts === '' ? message : `${message}\n  ${facts}`;
}

/** The service's words hold names that anybody may have typed. */
function lines(message: string, hint: string | null): string {
  const text = hint === null ? message : `${message}\n  ${hint}`;
  return `${text.split('\n').map(printableText).join('\n')}\n`;
}
