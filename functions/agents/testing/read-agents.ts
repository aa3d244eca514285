/**
 * The agents' source as the function has it, in a process of its own, since NODE_EXTRA_CA_CERTS is read when a process
 * starts. Prints, per pair of parameters given, what was framed or the error.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { RecordSpool } from '../../../shared/ingest/framing/record-spool.ts';
import { agentsSource } from '../source.ts';

const attempts: [key: string, sheetId: string][] = JSON.parse(process.argv[2] ?? '[]');
const answers: unknown[] = [];
for (const parameters of attempts) {
  const directory = mkdtempSync(join(tmpdir(), 'agents-'));
  const spool = new RecordSpool(directory);
  const source = agentsSource(() => Promise.resolve(parameters), '/coretelecomms/google');
  try {
    const opened = await source.open({ source: 'agents', date: '2025-11-20', hour: null });
    const { framed, fingerprint } = await opened.read(spool);
    spool.flush();
    const records = readFileSync(spool.canonicalPath, 'utf8').trim().split('\n');
    answers.push({ headers: framed.headers, records, fingerprint, diverted: spool.diverted.length });
  } catch (error) {
    answers.push(error instanceof Error ? { name: error.name, message: error.message } : {});
  } finally {
    spool.close();
    rmSync(directory, { recursive: true });
  }
}
console.log(JSON.stringify(answers));
