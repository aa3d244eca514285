import { Bucket } from '../lib/bucket.ts';
import { runCommand } from '../lib/command.ts';
import { syncRelease } from './sync-release.ts';

await runCommand(
  {
    name: 'node deploy/mwaa/sync.ts --artifact-bucket NAME --dag-bucket NAME --release SHA',
    purpose:
      'Brings the DAGs of a published release to Amazon MWAA, after Terraform has brought its dbt project and wheels: the\n' +
      'files, then the one that names the release, and last takes away files that the release does not have. Running it\n' +
      'again changes nothing.',
    options: {
      'artifact-bucket': { value: 'NAME', meaning: 'bucket of artefacts, where the release is published' },
      'dag-bucket': { value: 'NAME', meaning: "bucket of MWAA's DAGs" },
      release: { value: 'SHA', meaning: 'the release' },
    },
  },
  async (option) => {
    const release = option('release');
    const artifacts = new Bucket(option('artifact-bucket'));
    const { written, removed } = await syncRelease(artifacts, new Bucket(option('dag-bucket')), release);
    console.log(`✔ MWAA has release ${release}: ${written} objects written, ${removed} removed`);
  },
);
