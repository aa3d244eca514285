import { homeFolder } from '../services/home.ts';
import { runningServices } from '../services/lock.ts';
import { DEFAULT_HOME, REGION } from '../services/names.ts';
import { UsageError, USAGE, parseCommand } from './ingest/command.ts';
import { invoke } from './ingest/invoke.ts';
import { describeError, describeResult } from './ingest/describe.ts';

/** `npm run ingest`: one partition, by hand. */
async function main(args: readonly string[]): Promise<number> {
  const command = parseCommand(args);
  if (command === 'help') {
    console.log(USAGE);
    return 0;
  }
  const environment = command.isLocal ? localEnvironment() : {};
  const answer = await invoke(command.functionName, command.event, {
    region: process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'] ?? REGION,
    environment,
  });
  if (command.isJson) console.log(JSON.stringify(answer.failed ? { error: answer.payload } : answer.payload));
  else if (answer.failed) console.error(describeError(answer.payload, command));
  else console.log(describeResult(answer.payload));
  return answer.failed ? 1 : 0;
}

function localEnvironment(): Readonly<Record<string, string>> {
  const running = runningServices(homeFolder(DEFAULT_HOME).servicesFile);
  if (running) return running.environment;
  throw new UsageError('No local services are running. Start them with: npm start -- --keep-running');
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const isMisuse = error instanceof UsageError;
  console.error(
    error instanceof Error ? (isMisuse ? error.message : `${error.name}: ${error.message}`) : error,
  );
  process.exitCode = isMisuse ? 2 : 1;
}
