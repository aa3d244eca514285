import { parseArgs } from 'node:util';
import { startRedshiftData } from './server.ts';

/** `node local/services/redshift-data/main.ts --port N --database FILE --s3 ENDPOINT`; ends when stdin closes. */
const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    database: { type: 'string' },
    s3: { type: 'string' },
  },
});
if (values.port === undefined || values.database === undefined || values.s3 === undefined) {
  console.error('usage: main.ts --port N --database FILE --s3 ENDPOINT');
  process.exit(2);
}

const service = await startRedshiftData({
  port: Number(values.port),
  databaseFile: values.database,
  s3Endpoint: values.s3,
  log: (line) => console.error(line),
});
console.log(`ready http://127.0.0.1:${service.port}`);

let closing = false;
async function stop(): Promise<void> {
  if (closing) return;
  closing = true;
  await service.close();
  process.exit(0);
}
process.stdin
  .resume()
  .on('end', () => void stop())
  .on('error', () => void stop());
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
