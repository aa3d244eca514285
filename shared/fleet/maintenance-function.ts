import {
  defineFunction,
  type Alarm,
  type DatabaseRole,
  type FunctionDeclaration,
  type Permission,
  type Trigger,
} from './declaration.ts';

interface MaintenanceFunctionOptions {
  readonly name: string;
  readonly description: string;
  readonly alarm: Alarm;
  readonly environment: Readonly<Record<string, string>>;
  readonly policy: readonly Permission[];
  readonly triggers?: readonly Trigger[];
  /** Of one that also asks the warehouse; its policy then has `dataApiStatements('own_user')`. */
  readonly databaseRoles?: readonly DatabaseRole[];
  readonly layers?: readonly 'duckdb'[];
  readonly memoryMb?: number;
  readonly timeoutSeconds?: number;
  readonly temporaryDiskMb?: number;
}

/** A function that keeps the lake in order, by schedule or by hand; it runs once at a time. */
export const defineMaintenanceFunction = ({
  triggers = [],
  databaseRoles = [],
  layers = [],
  memoryMb = 512,
  timeoutSeconds = 900,
  temporaryDiskMb = 512,
  ...rest
}: MaintenanceFunctionOptions): FunctionDeclaration =>
  defineFunction({
    ...rest,
    kind: 'maintenance',
    triggers,
    databaseRoles,
    layers,
    memoryMb,
    timeoutSeconds,
    temporaryDiskMb,
    reservedConcurrency: 1,
  });
