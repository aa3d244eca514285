import { join } from 'node:path';

/** Where things lie in the local home folder (`.local` in the repository). */
export interface Home {
  readonly root: string;
  readonly lakeStore: string;
  readonly postgres: string;
  readonly secrets: string;
  readonly logs: string;
  readonly functionLogs: string;
  readonly invocationLog: string;
  /** Which parts of their policies the functions have used, and what they were denied (`iam/recorder.ts`). */
  readonly apiCalls: string;
  readonly mailbox: string;
  readonly warehouse: string;
  /** The certificate authority that functions trust for Google's addresses. */
  readonly certificateAuthority: string;
  /** What the agents' sheet holds. */
  readonly sheet: string;
  readonly servicesFile: string;
}

export function homeFolder(root: string): Home {
  const logs = join(root, 'logs');
  return {
    root,
    lakeStore: join(root, 'lake-store'),
    postgres: join(root, 'postgres'),
    secrets: join(root, 'secrets'),
    logs,
    functionLogs: join(logs, 'functions'),
    invocationLog: join(logs, 'invocations.jsonl'),
    apiCalls: join(logs, 'api-calls.jsonl'),
    mailbox: join(root, 'mailbox'),
    warehouse: join(root, 'warehouse.duckdb'),
    certificateAuthority: join(root, 'google-ca.pem'),
    sheet: join(root, 'agents-sheet.json'),
    servicesFile: join(root, 'services.json'),
  };
}
