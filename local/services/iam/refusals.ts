import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';

import type { Need } from './policy.ts';

/** What S3 says, or a service of the JSON protocol, when no policy allows a call. */
export function refuse(
  response: ServerResponse,
  service: string,
  caller: string,
  need: Need,
  method: string,
): void {
  const message =
    `User: ${caller} is not authorized to perform: ${need.action} on resource: ${need.resource} ` +
    `because no identity-based policy allows the ${need.action} action`;
  answer(response, service, { status: service === 's3' ? 403 : 400, code: 'AccessDenied', message }, method);
}

/** Of a request that is signed by nobody known, or that nobody knows how to judge. */
export function refuseUnknown(
  response: ServerResponse,
  service: string,
  message: string,
  method: string,
): void {
  answer(response, service, { status: 501, code: 'NotImplemented', message }, method);
}

function answer(
  response: ServerResponse,
  service: string,
  { status, code, message }: { readonly status: number; readonly code: string; readonly message: string },
  method: string,
): void {
  const requestId = randomUUID();
  // A body that was not read would be taken for the next request.
  response.setHeader('connection', 'close');
  if (service === 's3') {
    const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${escapeXml(message)}</Message><RequestId>${requestId}</RequestId></Error>`;
    response.writeHead(status, { 'content-type': 'application/xml', 'x-amz-request-id': requestId });
    response.end(method === 'HEAD' ? undefined : xml);
    return;
  }
  const type = `${code}Exception`;
  response
    .writeHead(status, {
      'content-type': 'application/x-amz-json-1.1',
      'x-amzn-errortype': type,
      'x-amzn-requestid': requestId,
    })
    .end(JSON.stringify({ __type: type, Message: message, message }));
}

const escapeXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
