import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it } from 'vitest';

const { parseConfig, translate } = (await import(join(import.meta.dirname, 'pip-settings.mjs'))) as {
  parseConfig(text: string): Record<string, string>;
  translate(pip: Record<string, string>): Record<string, string>;
};

it('reads what pip prints; the environment counts more than a section, a section more than the whole', () => {
  const printed = [
    ":env:.cert='/env.pem'",
    "global.cert='/global.pem'",
    "global.index-url='https://index.example/simple'",
    "global.timeout='20'",
    "install.timeout='60'",
    "list.format='columns'",
  ].join('\n');
  expect(parseConfig(printed)).toEqual({
    cert: '/env.pem',
    'index-url': 'https://index.example/simple',
    timeout: '60',
  });
});

it('says the same to uv', () => {
  expect(
    translate({
      'index-url': 'https://index.example/simple',
      'extra-index-url': 'https://a.example\nhttps://b.example',
      'find-links': `${tmpdir()} /does/not/exist`,
      'trusted-host': 'index.example',
      'no-index': 'true',
      timeout: '60',
      cert: '/ca.pem',
    }),
  ).toEqual({
    UV_DEFAULT_INDEX: 'https://index.example/simple',
    UV_INDEX: 'https://a.example https://b.example',
    UV_INDEX_STRATEGY: 'unsafe-best-match',
    UV_FIND_LINKS: tmpdir(),
    UV_INSECURE_HOST: 'index.example',
    UV_NO_INDEX: '1',
    UV_HTTP_TIMEOUT: '60',
    SSL_CERT_FILE: '/ca.pem',
  });
});

it('says nothing where pip is not set up', () => {
  expect(translate({})).toEqual({});
});
