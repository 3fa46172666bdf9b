/** The sources that git knows or would take in, without specs: for specs that hold all of them to a rule. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

export interface Source {
  /** From the root. */
  readonly path: string;
  readonly text: string;
}

const listed = (): string[] =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' }).split('\n');

/** Those under a folder or several. */
export const sourcesWithin = (within: RegExp): readonly Source[] =>
  listed()
    .filter((path) => /\.(ts|tsx|mjs)$/.test(path) && !/\.spec\.tsx?$/.test(path) && within.test(path))
    // One that was taken away since.
    .filter((path) => existsSync(path))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
