import { Agent, type IncomingMessage, type ServerResponse, request } from 'node:http';
import { pipeline } from 'node:stream/promises';

/** Idle connections are given up before the services do so, which would lose the next request. */
const agent = new Agent({ keepAlive: true, maxFreeSockets: 32, timeout: 1_000 });

/**
 * Passes a request on, its body as it comes unless it was read before (`body`), and answers the reply with its body
 * unread. Given up when whoever asked has gone.
 */
export function forward(
  endpoint: string,
  incoming: IncomingMessage,
  response: ServerResponse,
  body: Buffer | undefined,
): Promise<IncomingMessage> {
  const { hostname, port } = new URL(endpoint);
  return new Promise((resolve, reject) => {
    const headers = ownHeaders(incoming.rawHeaders);
    const { method, url: path } = incoming;
    const outgoing = request({ hostname, port, method, path, headers, agent, setDefaultHeaders: false });
    outgoing.once('response', resolve).on('error', reject);
    response.once('close', () => {
      if (!response.writableFinished) outgoing.destroy();
    });
    if (body === undefined) pipeline(incoming, outgoing).catch(reject);
    else outgoing.end(body);
  });
}

/**
 * The headers that are of the message. What is said of the connection is between us and one side, and "100 Continue" has
 * been said already.
 */
export function ownHeaders(rawHeaders: readonly string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (!/^(connection|keep-alive|expect)$/i.test(name)) kept.push(name, rawHeaders[index + 1] ?? '');
  }
  return kept;
}
