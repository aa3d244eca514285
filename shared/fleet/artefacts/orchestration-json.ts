import { retriableErrorNames } from '../../runtime/errors.ts';
import type { FunctionDeclaration } from '../declaration.ts';

/** What the DAGs read: the sources and when they are expected, and which errors are worth a retry. */
export function orchestrationJson(fleet: readonly FunctionDeclaration[]): string {
  const sources = fleet.flatMap(({ name, source, timeoutSeconds, alarm }) =>
    source === undefined
      ? []
      : [
          {
            id: source.contract.source,
            function: name,
            cadence: source.contract.cadence,
            kind: source.role.kind,
            channel: source.role.kind === 'complaints' ? source.role.channel : null,
            first_date: source.firstDate,
            lateness_days: source.latenessDays,
            correction_days: source.correctionDays,
            timeout_s: timeoutSeconds,
            impact: alarm.impact,
          },
        ],
  );
  const orchestration = {
    sources,
    // An unexpected error gets one more chance, too: most are a network's.
    retriable_errors: [...retriableErrorNames, 'UnexpectedError'],
    warehouse_functions: { load: 'load-warehouse', migrate: 'migrate-warehouse' },
  };
  return `${JSON.stringify(orchestration, null, 2)}\n`;
}
