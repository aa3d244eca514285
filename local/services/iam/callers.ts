import { ACCOUNT } from '../names.ts';

const prefix = 'lambda-';

/** The access key id of a function's processes: a stand-in knows by it who signed a request. */
export const accessKeyIdOf = (functionName: string): string => `${prefix}${functionName}`;

export const functionOf = (accessKeyId: string): string | undefined =>
  accessKeyId.startsWith(prefix) ? accessKeyId.slice(prefix.length) : undefined;

/** `aws:userid` of a function: its role, and the session that Lambda names after the function. */
export const userIdOf = (functionName: string): string => `AROALOCAL:${functionName}`;

export const sessionArnOf = (functionName: string): string =>
  `arn:aws:sts::${ACCOUNT}:assumed-role/coretelecoms-local-${functionName}/${functionName}`;
