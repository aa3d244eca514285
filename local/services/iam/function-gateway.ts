import {
  ACCOUNT,
  LAKE_BUCKET,
  LAKE_KEY_ARN,
  PARAMETER_KEY_ARN,
  WAREHOUSE_WORKGROUP,
  WAREHOUSE_WORKGROUP_ARN,
} from '../names.ts';
import { type Gateway, type GatewayOptions, startGateway } from './gateway.ts';

/** The gateway before this account's services: which bucket has which key, what the workgroup's ARN is. */
export const startFunctionGateway = (
  options: Omit<GatewayOptions, 'facts' | 'keyOfBucket'>,
): Promise<Gateway> =>
  startGateway({
    ...options,
    facts: {
      account: ACCOUNT,
      parameterKeyArn: PARAMETER_KEY_ARN,
      workgroupArn: (name) =>
        name === WAREHOUSE_WORKGROUP ? WAREHOUSE_WORKGROUP_ARN : `${WAREHOUSE_WORKGROUP_ARN}/not-${name}`,
    },
    keyOfBucket: (bucket) => (bucket === LAKE_BUCKET ? LAKE_KEY_ARN : undefined),
  });
