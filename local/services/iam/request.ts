import type { Need } from './policy.ts';

/** A request as far as its permissions depend on it. */
export interface ApiRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Region of the signature. */
  readonly region: string;
  /** Of services that are asked in JSON or XML; undefined where the body is data. */
  readonly body: string | undefined;
}

/** What a request needs. */
export interface Needs {
  /** Before it is carried out. */
  readonly always: readonly Need[];
  /** Before it is carried out, too, but made use of only where it succeeds: the keys of what is there. */
  readonly withContent: readonly Need[];
  /** To be told that what was asked for is not there; without them the answer is "forbidden". */
  readonly toHearOfAbsence: readonly Need[];
}

/** A request that nobody has taught this stand-in to judge. */
export class UnknownCall extends Error {}

export const needs = (always: readonly Need[], more: Partial<Needs> = {}): Needs => ({
  withContent: [],
  toHearOfAbsence: [],
  ...more,
  always,
});

export const headerOf = ({ headers }: Pick<ApiRequest, 'headers'>, name: string): string | undefined => {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
};

/** Who signed a request, and for which service; nothing is verified. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
export interface Signature {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
}

export function signatureOf(request: Pick<ApiRequest, 'headers'>): Signature | undefined {
  const match = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request,/.exec(
    headerOf(request, 'authorization') ?? '',
  );
  const [, accessKeyId = '', region = '', service = ''] = match ?? [];
  return match === null ? undefined : { accessKeyId, region, service };
}
