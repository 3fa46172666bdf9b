import { shrunk, type AnyPlan } from './shrink.js';

const fault = (on: string): AnyPlan['faults'][number] => ({ kind: 'kill', on, at: 1, forMs: 1 });
const arrival = (value: string) => ({ at: 1, message: { value } });

describe('shrinking', () => {
  it('leaves of a schedule only what it needs to fail', async () => {
    const plan: AnyPlan = {
      seed: 1,
      arrivals: ['a', 'b', 'c'].map(arrival),
      faults: ['x', 'y', 'z'].map(fault),
    };
    const fails = ({ arrivals, faults }: AnyPlan) =>
      Promise.resolve(arrivals.some(({ message }) => message.value === 'b') && faults.some(({ on }) => on === 'y'));
    const least = await shrunk(plan, fails);
    expect(least).toEqual({ seed: 1, arrivals: [arrival('b')], faults: [fault('y')] });
  });
});
