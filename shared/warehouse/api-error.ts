import {
  ActiveWaitingRequestsExceededException,
  RedshiftDataServiceException,
  ResourceNotFoundException,
  ValidationException,
} from '@aws-sdk/client-redshift-data';
import { ConfigurationError, WarehouseBusy, type PlatformError } from '../runtime/errors.ts';

const refusals = new Set([
  'AccessDeniedException',
  'UnrecognizedClientException',
  'InvalidSignatureException',
  'ExpiredTokenException',
  'CredentialsProviderError',
]);

export const isTooManyWaiting = (error: unknown): boolean =>
  error instanceof ActiveWaitingRequestsExceededException;

/** The error for a call of the Data API that did not get through; the service's own text is not passed on. */
export function apiError(error: unknown): PlatformError {
  const name = error instanceof Error ? error.name : 'unknown';
  const details = { service_error: name };
  if (error instanceof ValidationException || error instanceof ResourceNotFoundException) {
    return new ConfigurationError(
      `The Redshift Data API refused the request (${name}). Check WAREHOUSE_WORKGROUP and WAREHOUSE_DATABASE.`,
      { details, cause: error },
    );
  }
  if (refusals.has(name)) {
    return new ConfigurationError(
      `The Redshift Data API refused the function's credentials (${name}). Check its role's redshift-data and redshift-serverless:GetCredentials permissions.`,
      { details, cause: error },
    );
  }
  const reached = error instanceof RedshiftDataServiceException;
  return new WarehouseBusy(
    reached
      ? `The Redshift Data API could not take the work now (${name}); try again later.`
      : `The Redshift Data API did not answer (${name}); try again later.`,
    { details, cause: error },
  );
}
