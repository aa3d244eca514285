import { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import type { FunctionDeclaration, SourceDeclaration } from '../declaration.ts';

/** What Terraform and the local Lambda endpoint read: every function with its policy, environment and source. */
export function functionsJson(fleet: readonly FunctionDeclaration[]): string {
  const functions = Object.fromEntries(fleet.map((declaration) => [declaration.name, describe(declaration)]));
  return `${JSON.stringify({ functions }, null, 2)}\n`;
}

const describe = (declaration: FunctionDeclaration) => ({
  description: declaration.description,
  kind: declaration.kind,
  handler: 'index.handler',
  runtime: 'nodejs24.x',
  architecture: 'x86_64',
  memory_mb: declaration.memoryMb,
  timeout_s: declaration.timeoutSeconds,
  ephemeral_storage_mb: declaration.temporaryDiskMb,
  reserved_concurrency: declaration.reservedConcurrency,
  layers: declaration.layers,
  environment: declaration.environment,
  policy: policyOf(declaration),
  alarm: declaration.alarm,
  ...(declaration.source === undefined ? {} : { source: describeSource(declaration.source) }),
});

function policyOf({ name, policy }: FunctionDeclaration): unknown {
  const document = new PolicyDocument({ statements: [...policy] });
  const problems = document.validateForIdentityPolicy();
  if (problems.length > 0) throw new Error(`policy of ${name}: ${problems.join('; ')}`);
  return document.toJSON();
}

const describeSource = ({ contract, role, ...source }: SourceDeclaration) => ({
  id: contract.source,
  cadence: contract.cadence,
  kind: role.kind,
  ...(role.kind === 'complaints' ? { channel: role.channel } : {}),
  first_date: source.firstDate,
  lateness_days: source.latenessDays,
  correction_days: source.correctionDays,
  locations: source.locations,
});
