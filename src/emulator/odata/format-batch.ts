/** $batch responses as multipart text. The shape follows Microsoft Learn, "Execute batch operations using the Web API". */

import { STATUS_CODES } from 'node:http';

/** An answer as it is written out. A `Response` for every part would be a good part of the work of a batch. */
export interface Written {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

export interface ChangeSetResponse {
  readonly contentId: string | null;
  readonly response: Written;
}

export type BatchResult =
  | { readonly kind: 'response'; readonly contentId: string | null; readonly response: Written }
  | { readonly kind: 'changeset'; readonly responses: readonly ChangeSetResponse[] };

export interface BatchText {
  readonly contentType: string;
  readonly body: string;
}

const EOL = '\r\n';
/** Header names as the service spells them; any other keeps the lower case of Headers. */
const SPELLING: ReadonlyMap<string, string> = new Map(
  [
    'Content-Type',
    'ETag',
    'Location',
    'OData-EntityId',
    'OData-Version',
    'Preference-Applied',
    'REQ_ID',
    'Retry-After',
  ].map((name) => [name.toLowerCase(), name]),
);

export function formatBatch(results: readonly BatchResult[], newGuid: () => string): BatchText {
  const parts = results.map((result) => formatResult(result, newGuid));
  return formatMultipart(`batchresponse_${newGuid()}`, parts);
}

function formatResult(result: BatchResult, newGuid: () => string): string {
  if (result.kind === 'response') return formatPart(result.response, result.contentId);
  const parts = result.responses.map(({ response, contentId }) => formatPart(response, contentId));
  const { contentType, body } = formatMultipart(`changesetresponse_${newGuid()}`, parts);
  return `Content-Type: ${contentType}${EOL}${EOL}${body}`;
}

function formatMultipart(boundary: string, parts: readonly string[]): BatchText {
  const body = [...parts.map((part) => `--${boundary}${EOL}${part}${EOL}`), `--${boundary}--${EOL}`].join('');
  return { contentType: `multipart/mixed; boundary=${boundary}`, body };
}

function formatPart(response: Written, contentId: string | null): string {
  const head = ['Content-Type: application/http', 'Content-Transfer-Encoding: binary'];
  if (contentId !== null) head.push(`Content-ID: ${contentId}`);
  return [...head, '', ...formatHead(response), '', response.body].join(EOL);
}

function formatHead({ status, headers: given }: Written): readonly string[] {
  const headers = [...given].map(([name, value]) => `${SPELLING.get(name) ?? name}: ${value}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}`, ...headers];
}
