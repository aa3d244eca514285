import { resolve } from 'node:path';
import { runCommand } from './lib/command.ts';
import { Terraform } from './lib/terraform.ts';
import { checkRelease } from './release/release.ts';

await runCommand(
  {
    name: 'node deploy/plan.ts --environment NAME --state-bucket NAME --artifact-bucket NAME --release SHA',
    purpose:
      'Shows what a deployment of the working tree would change. Needs `npm run build`, and rights to read only. Values of\n' +
      'variables that are not committed come from TERRAFORM_VARIABLES, a JSON object.',
    options: {
      environment: { value: 'NAME', meaning: 'folder below terraform/environments' },
      'state-bucket': { value: 'NAME', meaning: "bucket of Terraform's states" },
      'artifact-bucket': { value: 'NAME', meaning: 'bucket of artefacts' },
      release: { value: 'SHA', meaning: 'commit of the working tree' },
      manifest: { value: 'FILE', meaning: 'what the build wrote', default: 'dist/release.json' },
    },
  },
  async (option) => {
    checkRelease(option('release'));
    const terraform = new Terraform(option('environment'));
    terraform.initialise(option('state-bucket'));
    terraform.plan({
      release: option('release'),
      artifactBucket: option('artifact-bucket'),
      manifest: resolve(option('manifest')),
    });
  },
);
