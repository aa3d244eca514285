import {
  CREDENTIALS,
  LAKE_BUCKET,
  REGION,
  TOPIC_ARN,
  WAREHOUSE_DATABASE,
  WAREHOUSE_WORKGROUP,
} from './names.ts';

export interface Endpoints {
  readonly aws: string;
  readonly lambda: string;
  readonly redshiftData: string;
}

/** Region and stand-in credentials, by the names that every AWS client reads. */
export function credentials(): Record<string, string> {
  return {
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
  };
}

/** What every client of the account needs, functions included. */
export function cloudEnvironment({ aws, redshiftData }: Omit<Endpoints, 'lambda'>): Record<string, string> {
  return {
    ...credentials(),
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL: aws,
    AWS_ENDPOINT_URL_REDSHIFT_DATA: redshiftData,
    // A proxy of this machine is not for addresses on this machine.
    NO_PROXY: '127.0.0.1,localhost',
  };
}

/** What the command line, Airflow and dbt need besides: where functions are invoked, what things are called. */
export function clientEnvironment(endpoints: Endpoints, warehouse: string): Record<string, string> {
  return {
    ...cloudEnvironment(endpoints),
    AWS_ENDPOINT_URL_LAMBDA: endpoints.lambda,
    ALERT_TOPIC_ARN: TOPIC_ARN,
    LAKE_BUCKET,
    WAREHOUSE_WORKGROUP,
    WAREHOUSE_DATABASE,
    DBT_DUCKDB_PATH: warehouse,
  };
}
