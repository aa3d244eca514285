import { expect, it } from 'vitest';
import { problemsOf } from './pinned-actions.ts';

const SHA = '3d3c42e5aac5ba805825da76410c181273ba90b1';
const OTHER = 'a'.repeat(40);
const allowed = {
  'actions/checkout': { sha: SHA, release: 'v7.0.1' },
  'github/codeql-action': { sha: SHA, release: 'v4.37.7' },
};

it.each([
  `      - uses: actions/checkout@${SHA} # v7.0.1`,
  `        uses: github/codeql-action/init@${SHA} # v4.37.7`,
  '    uses: ./.github/workflows/deploy.yml',
  '# uses: whatever/it-is@main',
  'jobs:',
])('accepts %s', (line) => {
  expect(problemsOf(line, allowed)).toEqual([]);
});

it.each([
  ['- uses: actions/checkout@v7', 'not pinned by the SHA'],
  ['- uses: actions/checkout@main', 'not pinned by the SHA'],
  ['- uses: actions/checkout', 'not pinned by the SHA'],
  [`- uses: actions/checkout@${SHA.slice(0, 7)} # v7.0.1`, 'not pinned by the SHA'],
  ['uses: docker://alpine:3', 'not pinned by the SHA'],
  [`- uses: actions/checkout@${OTHER} # v7.0.1`, 'another commit'],
  [`- uses: someone/else@${SHA} # v1.0.0`, 'not in .github/allowed-actions.json'],
  [`- uses: actions/checkout@${SHA}`, 'needs the comment "# v7.0.1"'],
  [`- uses: actions/checkout@${SHA} # v6.0.0`, 'needs the comment "# v7.0.1"'],
  [`- "uses": actions/checkout@${SHA} # v7.0.1`, 'cannot be read'],
  ['- uses: >-', 'not pinned by the SHA'],
])('refuses %s', (line, problem) => {
  expect(problemsOf(`on: push\n${line}`, allowed)).toEqual([expect.stringMatching(`^line 2: .*${problem}`)]);
});
