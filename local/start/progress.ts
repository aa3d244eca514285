import type { AirflowEvent } from './airflow-runs.ts';

const barWidth = 16;

/**
 * Lines on standard output that say what is under way. On a terminal the current line is redrawn; elsewhere only
 * finished steps are printed.
 */
export class Progress {
  readonly #stream: NodeJS.WriteStream;
  #hasOpenLine = false;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  /** A line that stays. */
  line(text = ''): void {
    this.#clear();
    this.#stream.write(`${text}\n`);
  }

  /** A step that is done, and how long it took. */
  done(text: string, startedAt: number): void {
    this.line(`  ✔ ${text.padEnd(96)}${((performance.now() - startedAt) / 1000).toFixed(1).padStart(7)} s`);
  }

  failed(text: string): void {
    this.line(`  ✘ ${text}`);
  }

  /** What is under way; replaced by the next line. */
  now(text: string): void {
    if (!this.#stream.isTTY) return;
    this.#clear();
    this.#stream.write(`  ▸ ${text}`.slice(0, this.#stream.columns - 1));
    this.#hasOpenLine = true;
  }

  #clear(): void {
    if (this.#hasOpenLine) this.#stream.write('\r\x1b[2K');
    this.#hasOpenLine = false;
  }
}

/** Draws what Airflow reports: a bar while a run is under way, a line when it ended. */
export function drawAirflow(progress: Progress, runsTotal: number): (event: AirflowEvent) => void {
  let runsDone = 0;
  let run = '';
  return (event) => {
    switch (event.event) {
      case 'run_started':
        run = `${event.dag_id}  ${event.conf.partition_date}${hourText(event.conf.partition_hour)}`;
        progress.now(`Airflow ${run}`);
        break;
      case 'task_started': {
        const { done = 0, total = 1 } = event;
        const filled = Math.round((barWidth * done) / Math.max(1, total));
        const what = `${event.task_id}${event.request === null ? '' : ` ${event.request.source} ${event.request.partition_date}`}`;
        progress.now(
          `Airflow ${run}  run ${runsDone + 1}/${runsTotal}  ${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}  ${done}/${total} tasks  ${what}`,
        );
        break;
      }
      case 'run_finished': {
        runsDone++;
        const mark = event.state === 'success' ? '✔' : '✘';
        progress.line(`  ${mark} Airflow ${run.padEnd(88)}${event.seconds.toFixed(1).padStart(7)} s`);
        break;
      }
      default:
    }
  };
}

const hourText = (hour: number | undefined): string =>
  hour === undefined ? '' : ` ${String(hour).padStart(2, '0')} h`;
