/**
 * What a request asks about the form of its answer: JSON of OData 4.0, with minimal metadata. Another form is refused,
 * never silently replaced.
 */

import { ServiceError } from '../service-error.ts';

/** Resources that are answered as text or XML, whatever is asked for. */
const plain: readonly string[] = ['$metadata', '$count', '$value'];
const anything = /^(\*\/\*|application\/\*)$/;

/** `last`: the last segment of the address. */
export function requireFormat(headers: Headers, last: string): void {
  requireVersion(headers);
  const accept = headers.get('accept')?.trim() ?? '';
  if (accept === '' || plain.includes(last) || accept.split(',').some(isServed)) return;
  throw new ServiceError(
    415,
    '',
    `A supported MIME type could not be found that matches the acceptable MIME types for the request. The supported type 'application/json;odata.metadata=minimal' does not match any of the acceptable MIME types '${accept}'.`,
  );
}

function isServed(range: string): boolean {
  const [type = '', ...parameters] = range.toLowerCase().replace(/\s/g, '').split(';');
  if (anything.test(type)) return true;
  return type === 'application/json' && parameters.every(isServedWith);
}

/** Other parameters change nothing of what is answered here. */
function isServedWith(parameter: string): boolean {
  const [name, value] = parameter.split('=');
  return (name !== 'odata.metadata' && name !== 'odata') || value === 'minimal';
}

/** "The current version of the Web API is OData 4.0" (Microsoft Learn, "Compose HTTP requests and handle errors"). */
function requireVersion(headers: Headers): void {
  const version = headers.get('odata-version') ?? '4.0';
  const most = headers.get('odata-maxversion') ?? '4.0';
  if (/^4\.0\b/.test(version) && Number.parseFloat(most) >= 4) return;
  throw new ServiceError(
    400,
    '',
    `The request asks for OData ${version} (OData-MaxVersion ${most}); version 4.0 is supported.`,
  );
}
