/**
 * How results are shown and kept: a table on standard output, and the figures with the machine's description as JSON.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { vi } from '../cli/say.js';
import type { Statistics } from './statistics.js';

const machine = () => ({
  cpu: cpus()[0]?.model,
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  system: `${type()} ${release()}`,
  node: process.version,
});

/** Writes `.local/bench/NAME.json`. */
export const keep = (root: string, name: string, results: Readonly<Record<string, unknown>>): void => {
  const folder = join(root, '.local', 'bench');
  mkdirSync(folder, { recursive: true });
  const content = { at: new Date().toISOString(), machine: machine(), ...results };
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(content, null, 2)}\n`);
};

export const heading = (text: string): void => {
  const { cpu, cores, node } = machine();
  process.stdout.write(`\n${text}\n${cores} × ${cpu}, Node ${node}\n`);
};

/** One line: what, its median, and from the least to the most of the runs. */
export const row = (what: string, { median, min, max }: Statistics, unit = ''): void => {
  process.stdout.write(
    `  ${what.padEnd(66)} ${vi(rounded(median)).padStart(9)}${unit}   ${vi(rounded(min))} … ${vi(rounded(max))}\n`,
  );
};

export const line = (text: string): void => {
  process.stdout.write(`  ${text}\n`);
};

/** Three digits that matter are as many as a noisy machine gives. */
const rounded = (value: number): number => (value >= 100 ? Math.round(value) : Number(value.toPrecision(3)));
