import { join } from 'node:path';
import { REFERENCES, REPOSITORY, TOPIC_ARN } from '../services/names.ts';
import type { Platform } from '../services/platform.ts';

/** What the DAGs and dbt need to know of this machine; dags/README.md and dbt/README.md describe each. */
export function pipelineEnvironment(
  { home, environment }: Pick<Platform, 'home' | 'environment'>,
  calendar: string,
): Readonly<Record<string, string>> {
  return {
    ...environment,
    PLATFORM_ENVIRONMENT: 'local',
    ALERT_TOPIC_ARN: TOPIC_ARN,
    WAREHOUSE_WORKGROUP: REFERENCES.warehouse_workgroup ?? '',
    WAREHOUSE_DATABASE: REFERENCES.warehouse_database ?? '',
    FUNCTION_PREFIX: '',
    PLATFORM_TASK_RETRIES: '1',
    PLATFORM_RETRY_DELAY_S: '1',
    AIRFLOW_VAR_CALENDAR: calendar,
    DBT_EXECUTABLE: join(REPOSITORY, '.local', 'venvs', 'dbt', 'bin', 'dbt'),
    DBT_PROJECT_DIR: join(REPOSITORY, 'dbt'),
    DBT_PROFILES_DIR: join(REPOSITORY, 'dbt'),
    DBT_TARGET: 'duckdb',
    DBT_DUCKDB_PATH: home.warehouse,
    DBT_TARGET_PATH: join(home.root, 'dbt', 'target'),
    DBT_LOG_PATH: join(home.logs, 'dbt'),
  };
}
