import { bindParameters } from './sql-text.ts';
import type { Parameters } from './run-batch.ts';

/** An error of the API itself, as opposed to a statement that failed. */
export class ApiError extends Error {
  readonly type: string;
  readonly status: number;
  constructor(type: string, message: string, status = 400) {
    super(message);
    this.type = type;
    this.status = status;
  }
}

export type Json = Readonly<Record<string, unknown>>;

/** A request to run statements, checked. */
export interface RunRequest {
  readonly sqls: readonly string[];
  readonly parameters: Parameters;
  readonly isBatch: boolean;
  readonly database: string;
  readonly workgroup: string | null;
  readonly cluster: string | null;
  readonly clientToken: string | null;
  readonly name: string | null;
  readonly waitSeconds: number;
  /** Whether it signs in with a secret, that is, as the namespace's admin. */
  readonly isAdmin: boolean;
}

const invalid = (message: string): ApiError => new ApiError('ValidationException', message);

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function parseBody(text: string): Json {
  let body: unknown;
  try {
    body = JSON.parse(text === '' ? '{}' : text);
  } catch {
    throw new ApiError('SerializationException', 'the body is not JSON');
  }
  if (!isRecord(body)) throw new ApiError('SerializationException', 'the body is not an object');
  return body;
}

export function optionalText(body: Json, field: string): string | null {
  const value = body[field];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string' || value === '') throw invalid(`${field} must be a non-empty string`);
  return value;
}

export function requiredText(body: Json, field: string): string {
  const value = optionalText(body, field);
  if (value === null) throw invalid(`${field} is required`);
  return value;
}

export function waitSecondsOf(body: Json): number {
  const value = body['WaitTimeSeconds'] ?? 0;
  if (typeof value !== 'number' || value < 0 || value > 30) throw invalid('WaitTimeSeconds must be 0 to 30');
  return value;
}

/** Checks an `ExecuteStatement` (`Sql`) or a `BatchExecuteStatement` (`Sqls`). */
export function parseRunRequest(body: Json, isBatch: boolean): RunRequest {
  refuseUnsupported(body);
  const sqls = isBatch ? textList(body, 'Sqls') : [requiredText(body, 'Sql')];
  if (sqls.length < 1 || sqls.length > 40) throw invalid('Sqls must have 1 to 40 members');
  const secret = optionalText(body, 'SecretArn');
  if (secret !== null && !/^arn:aws:secretsmanager:[\w-]+:\d{12}:secret:.+$/.test(secret)) {
    throw invalid('SecretArn is malformed');
  }
  const workgroup = optionalText(body, 'WorkgroupName');
  const cluster = optionalText(body, 'ClusterIdentifier');
  if (workgroup !== null && !/^[\w:/-]{3,128}$/.test(workgroup)) throw invalid('WorkgroupName is malformed');
  if ((workgroup === null) === (cluster === null)) {
    throw invalid('exactly one of WorkgroupName and ClusterIdentifier is required');
  }
  return {
    sqls,
    parameters: parseParameters(body, sqls),
    isBatch,
    database: requiredText(body, 'Database'),
    workgroup,
    cluster,
    clientToken: optionalText(body, 'ClientToken'),
    name: optionalText(body, 'StatementName'),
    waitSeconds: waitSecondsOf(body),
    isAdmin: secret !== null,
  };
}

/** What this stand-in does not do is refused rather than ignored. */
function refuseUnsupported(body: Json): void {
  if (body['SessionId'] !== undefined || body['SessionKeepAliveSeconds'] !== undefined) {
    throw invalid('sessions are not supported here');
  }
  if ((body['ExecutionMode'] ?? 'TRANSACTION') !== 'TRANSACTION') {
    throw invalid('only ExecutionMode TRANSACTION is supported here');
  }
  if ((body['ResultFormat'] ?? 'JSON') !== 'JSON') throw invalid('only ResultFormat JSON is supported here');
}

function textList(body: Json, field: string): string[] {
  const value = body[field];
  if (!Array.isArray(value)) throw invalid(`${field} must be a list of strings`);
  return value.map((item: unknown) => {
    if (typeof item !== 'string' || item.trim() === '') throw invalid(`${field} must hold non-empty strings`);
    return item;
  });
}

function parseParameters(body: Json, sqls: readonly string[]): Parameters {
  const list: unknown = body['Parameters'] ?? [];
  if (!Array.isArray(list)) throw invalid('Parameters must be a list');
  const parameters: Record<string, string> = {};
  for (const item of list) {
    if (!isRecord(item)) throw invalid('a parameter must have a name and a value');
    parameters[requiredText(item, 'name')] = requiredText(item, 'value');
  }
  const used = new Set(sqls.flatMap((sql) => bindParameters(sql).names));
  for (const name of used) if (!(name in parameters)) throw invalid(`no value for parameter ${name}`);
  for (const name of Object.keys(parameters)) {
    if (!used.has(name))
      throw invalid(`Parameters list contains unused parameters. Unused parameters: [${name}]`);
  }
  return parameters;
}
