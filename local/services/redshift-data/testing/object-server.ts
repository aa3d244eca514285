import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Objects by `<bucket>/<key>`, readable through S3's GetObject: all that loading needs of S3. */
export interface ObjectServer {
  readonly endpoint: string;
  readonly objects: Map<string, Buffer>;
  /** Called before each answer; tests use it to pause or to break off. */
  onGet: (key: string) => Promise<void>;
  close(): Promise<void>;
}

export async function startObjectServer(): Promise<ObjectServer> {
  const objects = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    void (async () => {
      const key = decodeURIComponent(new URL(request.url ?? '/', 'http://host').pathname).slice(1);
      await self.onGet(key);
      const body = objects.get(key);
      if (body === undefined) {
        response.writeHead(404, { 'content-type': 'application/xml' });
        response.end(
          '<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>',
        );
        return;
      }
      response
        .writeHead(200, { 'content-length': body.length, etag: `"${key.length}-${body.length}"` })
        .end(body);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const self: ObjectServer = {
    endpoint: `http://127.0.0.1:${port}`,
    objects,
    onGet: () => Promise.resolve(),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return self;
}
