/**
 * Runs one function the way Lambda's managed Node.js runtime does: load the handler, then ask the Runtime API for
 * one invocation after the other.  https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
import { Agent, request } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { env } = process;
const [host, port] = env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

const call = (method, path, body, headers = {}) =>
  new Promise((resolve, reject) => {
    const content = body === undefined ? undefined : Buffer.from(body);
    if (content) headers['content-length'] = content.length;
    const outgoing = request(
      { host, port, method, agent, headers, path: `/2018-06-01/runtime${path}` },
      (answer) => {
        const chunks = [];
        answer.on('data', (chunk) => chunks.push(chunk));
        answer.on('end', () => resolve({ headers: answer.headers, body: Buffer.concat(chunks).toString() }));
      },
    );
    outgoing.on('error', reject);
    outgoing.end(content);
  });

const described = (error, type) => ({
  errorType: type ?? error?.name ?? typeof error,
  errorMessage: error?.message ?? String(error),
  trace: String(error?.stack ?? '').split('\n'),
});

const fail = (path, error) =>
  call('POST', path, JSON.stringify(error), { 'lambda-runtime-function-error-type': error.errorType });

const loadHandler = () => {
  const [file, name] = env._HANDLER.split('.');
  // `require` from the function's own folder finds layers through NODE_PATH, as on Lambda.
  const exported = createRequire(join(env.LAMBDA_TASK_ROOT, 'bootstrap'))(`./${file}`)[name];
  if (typeof exported === 'function') return exported;
  throw Object.assign(new Error(`${env._HANDLER} is undefined or not exported`), {
    name: 'Runtime.HandlerNotFound',
  });
};

const contextOf = (headers) => {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  const clientContext = headers['lambda-runtime-client-context'];
  return {
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    callbackWaitsForEmptyEventLoop: true,
    clientContext: clientContext && JSON.parse(clientContext),
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
};

let handler;
try {
  handler = loadHandler();
} catch (error) {
  const type = error.name === 'Runtime.HandlerNotFound' ? error.name : 'Runtime.ImportModuleError';
  console.error(`Init Error\t${JSON.stringify(described(error, type))}`);
  await fail('/init/error', described(error, type));
  process.exit(1);
}

let current;
const crash = (type) => (error) => {
  console.error(`${current}\tERROR\t${type}\t${JSON.stringify(described(error, type))}`);
  const told = current ? fail(`/invocation/${current}/error`, described(error, type)) : Promise.resolve();
  void told.finally(() => process.exit(128));
};
process.on('unhandledRejection', crash('Runtime.UnhandledPromiseRejection'));
process.on('uncaughtException', crash('Runtime.UncaughtException'));

for (;;) {
  // The endpoint has gone: so does this instance.
  const { headers, body } = await call('GET', '/invocation/next').catch(() => process.exit(0));
  current = headers['lambda-runtime-aws-request-id'];
  try {
    const result = await handler(JSON.parse(body), contextOf(headers));
    await call('POST', `/invocation/${current}/response`, JSON.stringify(result) ?? 'null');
  } catch (error) {
    console.error(`${current}\tERROR\tInvoke Error\t${JSON.stringify(described(error))}`);
    await fail(`/invocation/${current}/error`, described(error));
  }
  current = undefined;
}
