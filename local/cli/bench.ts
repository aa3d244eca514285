import { parseArgs } from 'node:util';
import { describeStarts, measureStarts } from '../../bench/cold-start.ts';
import { timeIngest } from '../../bench/ingest.ts';
import { buildFleet } from '../../shared/fleet/build.ts';
import { loadFleet } from '../../shared/fleet/load-fleet.ts';
import { REPOSITORY } from '../services/names.ts';

const usage = `npm run bench [-- --scale 1 --rounds 3]
npm run bench -- --cold-start [--rounds 10]

Times ingest functions against pandas, or the start of every function, cold and warm, against a handler that does
nothing. What is measured and how it came out last: bench/README.md.`;

const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: '1' },
    rounds: { type: 'string' },
    'cold-start': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(usage);
} else {
  const release = await buildFleet(REPOSITORY, await loadFleet(REPOSITORY));
  if (values['cold-start'])
    console.log(describeStarts(await measureStarts(release, Number(values.rounds ?? '10'))));
  else await timeIngest(Number(values.scale), Number(values.rounds ?? '3'));
}
