import { expect, it } from 'vitest';
import { mwaaRequirements } from './requirements.ts';

const LOCK = `apache-airflow-providers-amazon==9.34.0 \\
    --hash=sha256:aa
    # via -r requirements.in
sqlalchemy==2.0.51 \\
    --hash=sha256:bb
networkx==3.6.1 ; python_full_version < '3.12' \\
    --hash=sha256:cc
`;
const pinsIn = (text: string): string[] => text.split('\n').filter((line) => line.includes('=='));

it('names what is asked for and what is held, as the lock pins it', () => {
  const text = mwaaRequirements(
    'apache-airflow-providers-amazon==9.34.0\n',
    '# held\nSQLAlchemy==2.0.51\n',
    LOCK,
  );
  expect(pinsIn(text)).toEqual(['apache-airflow-providers-amazon==9.34.0', 'sqlalchemy==2.0.51']);
  expect(text).toContain('\n--no-index\n');
});

it('follows the lock, so that a lock that moved shows as a difference', () => {
  const moved = mwaaRequirements(
    'apache-airflow-providers-amazon==9.34.0\n',
    '',
    LOCK.replace('9.34.0', '9.35.0'),
  );
  expect(pinsIn(moved)).toEqual(['apache-airflow-providers-amazon==9.35.0']);
});

it('refuses what the lock does not pin', () => {
  expect(() => mwaaRequirements('apache-airflow-providers-postgres==7.0.1\n', '', LOCK)).toThrow(
    'dags/requirements.lock does not pin apache-airflow-providers-postgres.',
  );
});
