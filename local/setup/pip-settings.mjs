import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

/**
 * The machine's pip settings as uv's environment variables. uv reads none of pip's configuration, yet an index, a
 * certificate or a proxy set there must hold for every installation. What is set for uv itself wins.
 */
export async function uvEnvironment(python, environment = process.env) {
  const { stdout } = await promisify(execFile)(python, ['-m', 'pip', 'config', 'list'], { env: environment });
  return { ...translate(parseConfig(stdout)), ...environment };
}

/** `global.index-url='…'`, `install.no-index='true'`, `:env:.cert='…'`: later lines of one name win, as in pip. */
export function parseConfig(text) {
  const order = ['global', 'install', ':env:'];
  const lines = [...text.matchAll(/^(global|install|:env:)\.([\w-]+)=(['"])(.*)\3$/gm)];
  const sorted = lines.toSorted((a, b) => order.indexOf(a[1]) - order.indexOf(b[1]));
  // pip prints Python literals: line breaks of lists come escaped.
  return Object.fromEntries(
    sorted.map(([, , name, , value]) => [name, value.replaceAll('\\n', '\n').trim()]),
  );
}

/** @param {Record<string, string>} pip */
export function translate(pip) {
  const list = (name) => (pip[name] ?? '').split(/\s+/).filter(Boolean);
  const isOn = (name) => ['1', 'true', 'yes', 'on'].includes((pip[name] ?? '').toLowerCase());
  // pip overlooks a folder that is not there, uv does not.
  const links = list('find-links').filter((link) => link.includes('://') || existsSync(link));
  return {
    ...(pip['index-url'] && { UV_DEFAULT_INDEX: pip['index-url'] }),
    // pip takes the best version of all indexes, uv by default that of the first index that knows the name.
    ...(pip['extra-index-url'] && {
      UV_INDEX: list('extra-index-url').join(' '),
      UV_INDEX_STRATEGY: 'unsafe-best-match',
    }),
    ...(links.length > 0 && { UV_FIND_LINKS: links.join(',') }),
    ...(isOn('no-index') && { UV_NO_INDEX: '1' }),
    ...(pip['trusted-host'] && { UV_INSECURE_HOST: list('trusted-host').join(' ') }),
    ...(pip['timeout'] || pip['default-timeout']
      ? { UV_HTTP_TIMEOUT: pip['timeout'] ?? pip['default-timeout'] }
      : {}),
    ...(pip['proxy'] && { ALL_PROXY: pip['proxy'] }),
    ...(pip['cert'] && { SSL_CERT_FILE: pip['cert'] }),
    ...(pip['client-cert'] && { SSL_CLIENT_CERT: pip['client-cert'] }),
  };
}
