import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBinding } from './read-binding.ts';
import type { Block, ProviderSchema } from './schema.ts';

/**
 * The provider's schema for the types that the given Terraform code names; a type that the provider does not have is
 * left out, and Terraform itself then says so.
 *
 * @param bindings the folder `lib` of `@cdktn/provider-aws`
 */
export function schemaOfTree(texts: readonly string[], bindings: string): ProviderSchema {
  const all = texts.join('\n');
  const typesOf = (kind: 'resource' | 'data'): string[] => [
    ...new Set(
      [...all.matchAll(new RegExp(`^\\s*(?:${kind}|override_${kind}|mock_${kind}) "(aws_\\w+)"`, 'gm'))].map(
        ([, type = '']) => type,
      ),
    ),
  ];
  return {
    provider: bindingOf(bindings, 'provider') ?? { attributes: {}, blocks: {} },
    resources: blocksOf(typesOf('resource'), (type) => bindingOf(bindings, folderOf(type))),
    dataSources: blocksOf(typesOf('data'), (type) => bindingOf(bindings, `data-aws-${folderOf(type)}`)),
  };
}

const folderOf = (type: string): string => type.replace(/^aws_/, '').replaceAll('_', '-');

const blocksOf = (
  types: readonly string[],
  find: (type: string) => Block | undefined,
): Record<string, Block> =>
  Object.fromEntries(
    types.flatMap((type): [string, Block][] => {
      const block = find(type);
      return block === undefined ? [] : [[type, block]];
    }),
  );

function bindingOf(bindings: string, folder: string): Block | undefined {
  const path = join(bindings, folder, 'index.js');
  if (!existsSync(path)) return undefined;
  const [source = ''] = readFileSync(path, 'utf8').split('//# sourceMappingURL');
  return readBinding(source);
}
