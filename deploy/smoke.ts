import { runCommand, UsageError } from './lib/command.ts';
import { invoke } from './lib/functions.ts';
import { smoke } from './lib/smoke.ts';

await runCommand(
  {
    name: 'node deploy/smoke.ts --prefix PREFIX --source ID --date YYYY-MM-DD [--hour HH]',
    purpose:
      'Runs one partition through the deployed functions, source → lake → warehouse, and compares the accounts: every record\n' +
      'that was read is loaded, quarantined, a duplicate or erased, and the warehouse has what the lake has. A partition that\n' +
      'is there already is not changed by it.',
    options: {
      prefix: { value: 'PREFIX', meaning: 'what the names of functions begin with: coretelecoms-dev-' },
      source: { value: 'ID', meaning: 'source of the partition', default: 'call_logs' },
      date: { value: 'YYYY-MM-DD', meaning: 'day of the partition' },
      hour: { value: 'HH', meaning: 'hour of the partition, for an hourly source', optional: true },
    },
  },
  async (option) => {
    const hour = option('hour');
    if (hour !== '' && !/^\d{1,2}$/.test(hour)) throw new UsageError(`--hour ${hour} is no hour.`);
    const partition = {
      source: option('source'),
      date: option('date'),
      hour: hour === '' ? null : Number(hour),
    };
    const lines = await smoke(invoke, option('prefix'), partition);
    for (const line of lines) console.log(`✔ ${line}`);
  },
);
