import { PassThrough } from 'node:stream';
import { progressLine } from './progress-line.js';

const onStream = (isTTY: boolean) => {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 80 });
  const chunks: string[] = [];
  for (const name of ['cursorTo', 'clearLine', 'moveCursor'] as const) Object.assign(stream, { [name]: () => true });
  stream.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  const progress = progressLine('đã {what} {value} / {total} sự kiện', stream as unknown as NodeJS.WriteStream);
  return { progress, said: () => chunks.join('') };
};

describe('a line of progress', () => {
  beforeEach(() => jest.useFakeTimers({ now: 0 }));
  afterEach(() => jest.useRealTimers());

  it('in a log is a line at the beginning, one every five seconds and one at the end, without control characters', () => {
    const { progress, said } = onStream(false);
    for (let second = 0; second < 12; second += 1) {
      progress.show(1_000 * second, 136_701, { what: 'đọc' });
      jest.advanceTimersByTime(1_000);
    }
    progress.show(136_701, 136_701, { what: 'đọc' });
    progress.stop();
    const lines = ['0', '4.000', '9.000', '136.701'].map((done) => `đã đọc ${done} / 136.701 sự kiện\n`);
    expect(said()).toBe(lines.join(''));
  });

  it('on a terminal is one line', () => {
    const { progress, said } = onStream(true);
    progress.show(0, 10, { what: 'gửi' });
    jest.advanceTimersByTime(2_000);
    progress.show(10, 10, { what: 'gửi' });
    progress.stop();
    expect(said()).toContain('đã gửi 10 / 10 sự kiện');
    expect(said()).not.toContain('\n');
  });

  it('that was never shown says nothing', () => {
    const { progress, said } = onStream(false);
    progress.stop();
    expect(said()).toBe('');
  });
});
