import { Bucket } from '../lib/bucket.ts';
import { runCommand } from '../lib/command.ts';
import { publish } from './release.ts';

await runCommand(
  {
    name: 'node deploy/release/publish.ts --bucket NAME --release SHA [--dist FOLDER]',
    purpose:
      'Uploads what `npm run build` and deploy/mwaa/package.py made to s3://<bucket>/releases/<release>/. A release never\n' +
      'changes: publishing the same again writes nothing, other content under the same name is refused.',
    options: {
      bucket: {
        value: 'NAME',
        meaning: 'bucket of artefacts (output artifact_bucket of terraform/bootstrap)',
      },
      release: { value: 'SHA', meaning: 'commit that it was built from' },
      dist: { value: 'FOLDER', meaning: 'what was built', default: 'dist' },
    },
  },
  async (option) => {
    const release = option('release');
    const written = await publish(new Bucket(option('bucket')), release, option('dist'));
    console.log(
      `✔ release ${release}: ${written === 0 ? 'was published already' : `${written} files published`}`,
    );
  },
);
