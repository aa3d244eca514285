import { randomUUID } from 'node:crypto';

import { accessKeyIdOf } from '../iam/callers.ts';
import { REGION } from '../names.ts';
import type { Artifacts } from './artifacts.ts';
import type { LocalFunction } from './fleet-file.ts';

interface ProcessSettings {
  readonly declared: LocalFunction;
  readonly artifacts: Artifacts;
  /** Addresses that Lambda or the account would provide. */
  readonly addresses: Readonly<Record<string, string>>;
}

/**
 * The declared environment, what Lambda itself sets, and the local addresses. Nothing of this process's own. The access
 * key says which function it is, so that the account's services know whom they have before them.
 */
export function processEnvironment(
  { declared, artifacts, addresses }: ProcessSettings,
  runtimeApi: string,
  temporary: string,
): Record<string, string> {
  return {
    ...declared.environment,
    ...addresses,
    PATH: process.env['PATH'] ?? '',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    TMPDIR: temporary,
    HOME: temporary,
    NODE_PATH: artifacts.nodePath,
    AWS_ACCESS_KEY_ID: accessKeyIdOf(declared.name),
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_EXECUTION_ENV: `AWS_Lambda_${declared.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: declared.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(declared.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${declared.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: `local/[$LATEST]${randomUUID().replaceAll('-', '')}`,
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    LAMBDA_TASK_ROOT: artifacts.taskRoot,
    _HANDLER: declared.handler,
  };
}
