/** $batch responses as multipart text. The shape follows Microsoft Learn, "Execute batch operations using the Web API". */

import { STATUS_CODES } from 'node:http';

export interface ChangeSetResponse {
  readonly contentId: string | null;
  readonly response: Response;
}

export type BatchResult =
  | { readonly kind: 'response'; readonly contentId: string | null; readonly response: Response }
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

export async function formatBatch(
  results: readonly BatchResult[],
  newGuid: () => string,
): Promise<BatchText> {
  const parts = await Promise.all(results.map((result) => formatResult(result, newGuid)));
  return formatMultipart(`batchresponse_${newGuid()}`, parts);
}

async function formatResult(result: BatchResult, newGuid: () => string): Promise<string> {
  if (result.kind === 'response') return formatPart(result.response, result.contentId);
  const parts = await Promise.all(
    result.responses.map(({ response, contentId }) => formatPart(response, contentId)),
  );
  const { contentType, body } = formatMultipart(`changesetresponse_${newGuid()}`, parts);
  return `Content-Type: ${contentType}${EOL}${EOL}${body}`;
}

function formatMultipart(boundary: string, parts: readonly string[]): BatchText {
  const body = [...parts.map((part) => `--${boundary}${EOL}${part}${EOL}`), `--${boundary}--${EOL}`].join('');
  return { contentType: `multipart/mixed; boundary=${boundary}`, body };
}

async function formatPart(response: Response, contentId: string | null): Promise<string> {
  const head = ['Content-Type: application/http', 'Content-Transfer-Encoding: binary'];
  if (contentId !== null) head.push(`Content-ID: ${contentId}`);
  return [...head, '', ...formatHead(response), '', await response.text()].join(EOL);
}

function formatHead(response: Response): readonly string[] {
  const { status } = response;
  const headers = [...response.headers].map(([name, value]) => `${SPELLING.get(name) ?? name}: ${value}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}`, ...headers];
}
