import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';

import { LOOPBACK, close, listen } from '../ports.ts';
import { functionOf, sessionArnOf, userIdOf } from './callers.ts';
import { forward, ownHeaders } from './forward.ts';
import { jsonServiceNeeds, type AccountFacts } from './json-services.ts';
import { type Grant, type Need, type Statement, grantsFor } from './policy.ts';
import { CallRecorder } from './recorder.ts';
import { refuse, refuseUnknown } from './refusals.ts';
import { type ApiRequest, type Needs, type Signature, UnknownCall, signatureOf } from './request.ts';
import { type KeyOfBucket, isDeleteObjects, s3Needs } from './s3.ts';

export interface GatewayOptions {
  readonly functions: readonly { readonly name: string; readonly policy: readonly Statement[] }[];
  /** Where the services are, by the name that signatures call them; all others are at `aws`. */
  readonly endpoints: { readonly aws: string; readonly redshiftData: string };
  readonly facts: Omit<AccountFacts, 'ownerOf'>;
  readonly keyOfBucket: KeyOfBucket;
  /** Which parts of their policies functions use, one line of JSON each. */
  readonly recordFile: string;
  /** Told, in one sentence, of what was denied or is unknown. */
  readonly onRefusal?: (sentence: string) => void;
}

export interface Gateway {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** What the functions' policies say of a request. */
type Verdict = { readonly grants: readonly (readonly [Need, Grant])[] } | { readonly denied: Need };

/**
 * Stands before the account's services and lets functions do only what their declared policies allow. Requests and
 * answers are passed on as they come; only bodies that say what is asked for (JSON, DeleteObjects) are read.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const judge = new Judge(options);
  const server = createServer((request, response) => {
    judge.answer(request, response).catch((error: unknown) => {
      // As a lost connection: clients know what to do about that.
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  server.keepAliveTimeout = 0;
  const port = await listen(server, 0);
  return { endpoint: `http://${LOOPBACK}:${port}`, stop: () => close(server) };
}

class Judge {
  readonly #options: GatewayOptions;
  readonly #recorder: CallRecorder;
  readonly #policies: ReadonlyMap<string, readonly Statement[]>;
  readonly #facts: AccountFacts;
  /** Who ran which statement of the Data API. */
  readonly #owners = new Map<string, string>();

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#recorder = new CallRecorder(options.recordFile);
    this.#policies = new Map(options.functions.map(({ name, policy }) => [name, policy]));
    this.#facts = { ...options.facts, ownerOf: (id) => this.#owners.get(id) };
  }

  async answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = incoming;
    const signature = signatureOf({ headers });
    const caller = signature && functionOf(signature.accessKeyId);
    const policy = caller === undefined ? undefined : this.#policies.get(caller);
    if (signature === undefined || caller === undefined || policy === undefined)
      return this.#unknown(incoming, response, signature, `${method} ${url} is signed by no function`);

    const body = hasReadableBody(signature, { method, url }) ? await buffer(incoming) : undefined;
    const request: ApiRequest = { method, url, headers, region: signature.region, body: body?.toString() };
    const needs = this.#needsOf(signature, request);
    if (needs instanceof UnknownCall)
      return this.#unknown(incoming, response, signature, needs.message, caller);
    const before = this.#judge(caller, policy, [...needs.always, ...needs.withContent]);
    if ('denied' in before) return this.#refuse(incoming, response, signature, caller, before.denied);

    const answer = await forward(this.#endpointOf(signature), incoming, response, body);
    const { statusCode = 500 } = answer;
    const isAbsent = statusCode === 404 && needs.toHearOfAbsence.length > 0;
    const absence: Verdict = isAbsent ? this.#judge(caller, policy, needs.toHearOfAbsence) : { grants: [] };
    const used = [...before.grants, ...('denied' in absence ? [] : absence.grants)].filter(
      ([need]) => statusCode < 300 || !needs.withContent.includes(need),
    );
    for (const [need, grant] of used) this.#recorder.allowed(caller, grant, need);
    if ('denied' in absence) {
      answer.resume();
      return this.#refuse(incoming, response, signature, caller, absence.denied);
    }
    response.writeHead(statusCode, ownHeaders(answer.rawHeaders));
    if (signature.service !== 'redshift-data') return pipeline(answer, response);
    const content = await buffer(answer);
    this.#remember(content, caller);
    response.end(content);
  }

  #needsOf(signature: Signature, request: ApiRequest): Needs | UnknownCall {
    try {
      return signature.service === 's3'
        ? s3Needs(request, this.#options.keyOfBucket)
        : jsonServiceNeeds(request, this.#facts);
    } catch (error) {
      if (error instanceof UnknownCall) return error;
      throw error;
    }
  }

  #judge(caller: string, policy: readonly Statement[], needs: readonly Need[]): Verdict {
    const grants: (readonly [Need, Grant])[] = [];
    for (const need of needs) {
      const context = { ...need.context, 'aws:userid': userIdOf(caller) };
      const found = grantsFor(policy, { ...need, context });
      if (found.length === 0) return { denied: need };
      for (const grant of found) grants.push([need, grant]);
    }
    return { grants };
  }

  #endpointOf({ service }: Signature): string {
    const { endpoints } = this.#options;
    return service === 'redshift-data' ? endpoints.redshiftData : endpoints.aws;
  }

  /** Statements belong to whoever ran them. */
  #remember(content: Buffer, caller: string): void {
    const id = /"Id"\s*:\s*"([^":]+)"/.exec(content.toString())?.[1];
    if (id !== undefined && !this.#owners.has(id)) this.#owners.set(id, userIdOf(caller));
  }

  #refuse(
    incoming: IncomingMessage,
    response: ServerResponse,
    { service }: Signature,
    caller: string,
    need: Need,
  ): void {
    this.#recorder.denied(caller, need);
    this.#options.onRefusal?.(
      `${caller} was denied ${need.action} on ${need.resource}: no statement of functions/${caller}/function.ts allows it.`,
    );
    incoming.resume();
    refuse(response, service, sessionArnOf(caller), need, incoming.method ?? '');
  }

  #unknown(
    incoming: IncomingMessage,
    response: ServerResponse,
    signature: Signature | undefined,
    call: string,
    caller = signature?.accessKeyId ?? 'nobody',
  ): void {
    this.#recorder.unknown(caller, call);
    const sentence = `${caller} made a call that local/services/iam cannot judge: ${call}.`;
    this.#options.onRefusal?.(sentence);
    incoming.resume();
    refuseUnknown(response, signature?.service ?? 's3', sentence, incoming.method ?? '');
  }
}

const hasReadableBody = ({ service }: Signature, request: { method: string; url: string }): boolean =>
  service !== 's3' || isDeleteObjects(request);
