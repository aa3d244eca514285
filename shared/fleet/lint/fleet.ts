import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { policyOf } from '../artefacts/functions-json.ts';
import type { FunctionDeclaration } from '../declaration.ts';
import { declarationProblems } from './function.ts';
import { policyProblems } from './policy.ts';

/** Everything that is wrong with the declarations, one sentence each, beginning with the function's name. */
export const fleetProblems = (repository: string, fleet: readonly FunctionDeclaration[]): string[] =>
  fleet.flatMap((declaration) =>
    [
      ...declarationProblems(declaration, (path) => existsSync(join(repository, path))),
      ...policyProblems(policyOf(declaration)),
    ].map((problem) => `${declaration.name}: ${problem}`),
  );
