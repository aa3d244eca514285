import { spawn } from 'node:child_process';

import { npmWatch } from './started-by.mjs';

const PARENT_CHECK_MS = 500;
const LINES_SHOWN = 8;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program in our place: its input and output are ours, our signals are its signals, its end is our end.
 * The program also gets a channel to us, whose end tells it that we are gone.
 */
export async function runForeground(program, args) {
  const child = spawn(program, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  const forward = (signal) => child.kill(signal);
  for (const signal of SIGNALS) process.on(signal, forward);
  // Started by npm, whose own end would otherwise leave us behind.
  const npmIsThere = process.env.npm_lifecycle_event ? npmWatch() : () => true;
  const watch = setInterval(() => {
    if (npmIsThere()) return;
    clearInterval(watch);
    child.kill('SIGTERM');
  }, PARENT_CHECK_MS);
  const { code, signal } = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (exitCode, exitSignal) => resolve({ code: exitCode, signal: exitSignal }));
  });
  clearInterval(watch);
  for (const name of SIGNALS) process.removeListener(name, forward);
  if (signal) process.kill(process.pid, signal);
  else process.exitCode = code;
}

/** Runs a program to its end without showing its output, unless it fails: then the error quotes the last of it. */
export function runQuietly(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    const stop = (signal) => {
      child.kill(signal);
      process.exit(1);
    };
    for (const signal of SIGNALS) process.on(signal, stop);
    const settle = () => SIGNALS.forEach((signal) => process.removeListener(signal, stop));
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.once('error', (error) => {
      settle();
      reject(new Error(`${program} could not be started: ${error.message}`));
    });
    child.once('close', (code, signal) => {
      settle();
      if (code === 0) return resolve(output);
      const how = signal ? `was ended by ${signal}` : `failed with exit code ${code}`;
      const said = excerpt(withoutCredentials(output).trim().split('\n')).join('\n      ');
      return reject(new Error(`${[program, ...args].join(' ')} ${how}:\n      ${said}`));
    });
  });
}

/** The cause stands at the beginning of some programs' complaints and at the end of others'. */
function excerpt(lines) {
  if (lines.length <= 2 * LINES_SHOWN) return lines;
  return [...lines.slice(0, LINES_SHOWN), '…', ...lines.slice(-LINES_SHOWN)];
}

/** Package managers quote addresses, which may hold a user name and a password. */
const withoutCredentials = (text) => text.replaceAll(/(:\/\/)[^/\s@]+@/g, '$1***@');
