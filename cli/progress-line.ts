/**
 * How far a command is: one line that is written over, where somebody watches a terminal.
 *
 * Anywhere else a line at the beginning, one every few seconds and one at the end, so that a log stays readable.
 */
import { SingleBar } from 'cli-progress';
import { vi } from './say.js';

const WATCHED_MS = 500;
const UNWATCHED_MS = 5_000;

export interface Progress {
  /** @param words what else the format names */
  show(done: number, total: number, words?: Readonly<Record<string, string>>): void;
  /** Shows the last state once more, and gives the line free. */
  stop(): void;
}

/** For work that nobody follows. */
export const unseen: Progress = { show: () => undefined, stop: () => undefined };

/**
 * A line on standard error.
 *
 * @param format cli-progress' own: `{bar}`, `{value}`, `{total}`, `{percentage}`, `{duration_formatted}` and the words given
 */
export const progressLine = (format: string, stream: NodeJS.WriteStream = process.stderr): Progress => {
  const bar = new SingleBar({
    format,
    stream,
    barsize: 20,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    fps: 1000 / WATCHED_MS,
    noTTYOutput: true,
    notTTYSchedule: UNWATCHED_MS,
    // Line and cursor are left as they were found; a signal ends the process as it would without the line.
    clearOnComplete: true,
    hideCursor: null,
    gracefulExit: false,
    formatValue: (value, _options, type) => (type === 'value' || type === 'total' ? vi(value) : String(value)),
  });
  let isStarted = false;
  return {
    show: (done, total, words = {}) => {
      if (isStarted) {
        bar.setTotal(total);
        bar.update(done, words);
      } else bar.start(total, done, words);
      isStarted = true;
    },
    stop: () => {
      if (isStarted) bar.stop();
      isStarted = false;
    },
  };
};
