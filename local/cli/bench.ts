import { parseArgs } from 'node:util';
import { timeClassification } from '../../bench/classify-texts.ts';
import { describeStarts, measureStarts } from '../../bench/cold-start.ts';
import { timeDbtBuild } from '../../bench/dbt-build.ts';
import { timeIngest } from '../../bench/ingest.ts';
import { buildFleet } from '../../shared/fleet/build.ts';
import { loadFleet } from '../../shared/fleet/load-fleet.ts';
import { REPOSITORY } from '../services/names.ts';

const usage = `npm run bench [-- --scale 1 --rounds 3]
npm run bench -- --cold-start [--rounds 10]
npm run bench -- --dbt [--scale 1]
npm run bench -- --texts 240000

Times ingest functions against pandas, or the start of every function, cold and warm, against a handler that does
nothing, or dbt build of four days, or the classification of texts that are all different. What is measured and how it
came out last: bench/README.md.`;

const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: '1' },
    rounds: { type: 'string' },
    'cold-start': { type: 'boolean', default: false },
    dbt: { type: 'boolean', default: false },
    texts: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(usage);
} else if (values.texts !== undefined) {
  await timeClassification(Number(values.texts));
} else {
  const fleet = await loadFleet(REPOSITORY);
  const release = await buildFleet(REPOSITORY, fleet);
  if (values.dbt) await timeDbtBuild(fleet, Number(values.scale));
  else if (values['cold-start'])
    console.log(describeStarts(await measureStarts(release, Number(values.rounds ?? '10'))));
  else await timeIngest(Number(values.scale), Number(values.rounds ?? '3'));
}
