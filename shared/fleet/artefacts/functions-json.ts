import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { ARCHITECTURE, type FunctionDeclaration, type SourceDeclaration } from '../declaration.ts';
import { references } from '../references.ts';

/**
 * What Terraform and the local Lambda endpoint read: every function with its policy, environment, triggers and source,
 * and the names of the `${references}` that Terraform must supply.
 */
export function functionsJson(fleet: readonly FunctionDeclaration[]): string {
  const functions = Object.fromEntries(fleet.map((declaration) => [declaration.name, describe(declaration)]));
  return `${JSON.stringify({ references: Object.keys(references).toSorted(), functions }, null, 2)}\n`;
}

const describe = (declaration: FunctionDeclaration) => ({
  description: declaration.description,
  kind: declaration.kind,
  handler: 'index.handler',
  runtime: 'nodejs24.x',
  architecture: ARCHITECTURE,
  memory_mb: declaration.memoryMb,
  timeout_s: declaration.timeoutSeconds,
  ephemeral_storage_mb: declaration.temporaryDiskMb,
  reserved_concurrency: declaration.reservedConcurrency,
  layers: declaration.layers,
  environment: declaration.environment,
  policy: policyOf(declaration),
  database_roles: declaration.databaseRoles,
  triggers: declaration.triggers,
  // Asynchronous invocations that fail for good: every function has a queue of its own for them.
  dead_letter: true,
  alarm: declaration.alarm,
  ...(declaration.source === undefined ? {} : { source: describeSource(declaration.source) }),
});

/** The policy as IAM and Terraform read it. */
export function policyOf({ name, policy }: FunctionDeclaration): unknown {
  const statements = policy.map(
    ({ sid, actions, resources, conditions = {} }) =>
      new PolicyStatement({ sid, actions: [...actions], resources: [...resources], conditions }),
  );
  const document = new PolicyDocument({ statements });
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
