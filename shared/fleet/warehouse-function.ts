import {
  defineFunction,
  type Alarm,
  type DatabaseRole,
  type FunctionDeclaration,
  type Permission,
} from './declaration.ts';
import { dataApiStatements } from './policies/warehouse.ts';

interface WarehouseFunctionOptions {
  readonly name: string;
  readonly description: string;
  readonly reservedConcurrency: number;
  readonly alarm: Alarm;
  /** Its roles in the warehouse, or `admin`: it then signs in with the secret of the namespace's admin. */
  readonly signIn: readonly DatabaseRole[] | 'admin';
  /** What it needs besides the warehouse. */
  readonly environment: Readonly<Record<string, string>>;
  readonly policy: readonly Permission[];
}

/** A function that works on the warehouse through the Redshift Data API, and waits for it most of the time. */
export const defineWarehouseFunction = ({
  signIn,
  environment,
  policy,
  ...rest
}: WarehouseFunctionOptions): FunctionDeclaration =>
  defineFunction({
    ...rest,
    kind: 'warehouse',
    memoryMb: 512,
    timeoutSeconds: 290,
    temporaryDiskMb: 512,
    layers: [],
    environment: {
      WAREHOUSE_WORKGROUP: '${warehouse_workgroup}',
      WAREHOUSE_DATABASE: '${warehouse_database}',
      ...(signIn === 'admin' ? { WAREHOUSE_ADMIN_SECRET_ARN: '${warehouse_admin_secret_arn}' } : {}),
      ...environment,
    },
    policy: [...dataApiStatements(signIn === 'admin' ? 'admin' : 'own_user'), ...policy],
    triggers: [],
    databaseRoles: signIn === 'admin' ? [] : signIn,
  });
