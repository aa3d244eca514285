import { runCommand } from './lib/command.ts';
import { invoke } from './lib/functions.ts';
import { migrate } from './lib/migrate.ts';

await runCommand(
  {
    name: 'node deploy/migrate.ts --prefix PREFIX',
    purpose:
      'Applies the migrations of the warehouse that it does not have yet. Running it again changes nothing.',
    options: {
      prefix: { value: 'PREFIX', meaning: 'what the names of functions begin with: coretelecoms-dev-' },
    },
  },
  async (option) => console.log(`✔ ${await migrate(invoke, option('prefix'))}`),
);
