import { parseArgs } from 'node:util';
import { endOf } from './run-command.js';

const thrownBy = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

describe('the end of a command that failed', () => {
  it.each([
    ['an option that there is not', ['--hepl'], /^Unknown option '--hepl'/],
    ['an option without its value', ['--runs'], /^Option '--runs <value>' argument missing$/],
  ])('says of %s what it is, and nothing of where it was found', (_, args, says) => {
    const error = thrownBy(() => parseArgs({ args, options: { runs: { type: 'string' } } }));
    expect(endOf(error)).toEqual({ text: expect.stringMatching(says) as string, status: 2 });
    expect(endOf(error).text).not.toContain('\n');
  });

  it('says of anything else where it failed', () => {
    const { text, status } = endOf(new Error('broken'));
    expect([status, text.split('\n')[0], text.includes('run-command.spec')]).toEqual([1, 'Error: broken', true]);
    expect(endOf('broken')).toEqual({ text: 'broken', status: 1 });
  });
});
