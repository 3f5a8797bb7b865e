/** Replies and errors written out. */

import { toStamp } from './clock.ts';
import { ODataError, type Written } from './odata/index.ts';
import type { Reply } from './routes/operation.ts';
import { ServiceError } from './service-error.ts';

export interface ErrorReply {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

export function toResponse(reply: Reply): Written {
  const headers = new Headers({ 'OData-Version': '4.0', ...reply.headers });
  const { status, body, json } = reply;
  if (body === undefined && json === undefined) return { status, headers, body: '' };
  if (!headers.has('content-type')) headers.set('Content-Type', 'application/json; odata.metadata=minimal');
  if (json !== undefined) return { status, headers, body: json };
  const text = typeof body === 'string' && !isJson(headers) ? body : JSON.stringify(body);
  return { status, headers, body: text };
}

function isJson(headers: Headers): boolean {
  return headers.get('content-type')?.startsWith('application/json') === true;
}

/** Errors of the request; anything else is a fault of ours and shows as one. */
export function toErrorReply(error: unknown): ErrorReply {
  if (error instanceof ServiceError || error instanceof ODataError) {
    return { status: error.status, code: error.code, message: error.message };
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    status: 500,
    code: '0x80040216',
    message: `An unexpected error occurred in the emulator: ${message}`,
  };
}

/** With annotations asked for, the error carries more keys (Microsoft Learn, "Compose HTTP requests and handle errors"). */
export function errorReply({ status, code, message }: ErrorReply, prefer: string | null): Reply {
  const detailed = prefer !== null && /include-annotations/i.test(prefer);
  const details = detailed
    ? {
        '@Microsoft.PowerApps.CDS.ErrorDetails.OperationStatus': '0',
        '@Microsoft.PowerApps.CDS.ErrorDetails.SubErrorCode': '0',
        '@Microsoft.PowerApps.CDS.HelpLink': `http://go.microsoft.com/fwlink/?LinkID=398563&error=Microsoft.Crm.CrmException%3a${code}&client=platform`,
        '@Microsoft.PowerApps.CDS.TraceText': `[${toStamp(0)}] ${message}`,
        '@Microsoft.PowerApps.CDS.InnerError.Message': message,
      }
    : {};
  return { status, body: { error: { code, message, ...details } } };
}
