/**
 * How results are shown and kept: a table on standard output, the same as Markdown, and the figures with the machine's description as JSON.
 *
 * A table in the documentation is the Markdown that the run wrote (`--docs`: to docs/measured/NAME.md), never typed in by hand.
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

/** What the benchmark under way has shown, as Markdown. */
let shown: string[] = [];
let isInTable = false;

const say = (text: string): void => {
  shown.push('', text);
  isInTable = false;
};

/** Writes `.local/bench/NAME.md`, and where it is to stand in the documentation `docs/measured/NAME.md`; what is shown next belongs to another one. */
export const document = (root: string, name: string, command: string, inDocs: boolean): void => {
  const { cpu, cores, memoryGiB, node } = machine();
  const on = `${new Date().toISOString().slice(0, 10)}, ${cores} × ${cpu}, ${memoryGiB} GiB, Node ${node}; servers, load and services on the same machine.`;
  const text = [`<!-- written by the command below -->`, `# ${name}`, '', `\`${command}\``, '', on, ...shown, ''].join(
    '\n',
  );
  shown = [];
  isInTable = false;
  const folders = [join('.local', 'bench'), ...(inDocs ? [join('docs', 'measured')] : [])];
  for (const folder of folders) {
    mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, folder, `${name}.md`), text);
  }
};

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
  say(`${text}.`);
};

/** One line: what, its median, and from the least to the most of the runs. */
export const row = (what: string, { median, min, max }: Statistics, unit = ''): void => {
  const [middle, range] = [vi(rounded(median)), `${vi(rounded(min))} … ${vi(rounded(max))}`];
  process.stdout.write(`  ${what.padEnd(66)} ${middle.padStart(9)}${unit}   ${range}\n`);
  if (!isInTable) shown.push('', '| | median | least … most |', '| --- | ---: | ---: |');
  isInTable = true;
  shown.push(`| ${what.trim()} | ${middle}${unit} | ${range} |`);
};

export const line = (text: string): void => {
  process.stdout.write(`  ${text}\n`);
  say(text.trim());
};

/** Three digits that matter are as many as a noisy machine gives. */
const rounded = (value: number): number => (value >= 100 ? Math.round(value) : Number(value.toPrecision(3)));
