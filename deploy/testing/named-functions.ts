import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The local Lambda endpoint with functions called as in a deployment: `coretelecoms-dev-sms` is its `sms`. */
export async function withPrefix(
  endpoint: string,
  prefix: string,
): Promise<{ endpoint: string; server: Server }> {
  const forward = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const path = request.url ?? '';
    const isOurs = path.startsWith(`/2015-03-31/functions/${prefix}`);
    const answer = await fetch(endpoint + (isOurs ? path.replace(prefix, '') : '/not-deployed'), {
      method: 'POST',
      body: Buffer.concat(parts),
    });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  };
  const server = createServer((request, response) => void forward(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}`, server };
}
