import { kindOf, proxied, scheduleOf, servers, stageWorkers } from './schedule.js';

const seeds = Array.from({ length: 50 }, (_, n) => n);
const kindsOf = (seed: number, minutes: number) => new Set(scheduleOf(seed, minutes).faults.map(kindOf));
const essential = [
  ...stageWorkers.map((stage) => `kill ${stage}`),
  'outage kafka',
  'outage mongodb',
  'fill-disk kafka',
];

describe('the schedule of faults', () => {
  it('is the same for the same seed and minutes, and another for another seed', () => {
    expect(scheduleOf(7, 10)).toEqual(scheduleOf(7, 10));
    expect(scheduleOf(8, 10)).not.toEqual(scheduleOf(7, 10));
  });

  it.each([1, 2, 10])(
    'kills every stage, the broker and MongoDB, and fills the disk once, in %d minutes',
    (minutes) => {
      for (const seed of seeds) {
        expect([...kindsOf(seed, minutes)]).toEqual(expect.arrayContaining(essential));
        expect(scheduleOf(seed, minutes).faults.filter(({ action }) => action === 'fill-disk')).toHaveLength(1);
      }
    },
  );

  it('has every kind at least once in ten minutes', () => {
    const all = [
      ...essential,
      ...['intake', 'dashboard', 'reports'].map((service) => `kill ${service}`),
      ...servers.map((server) => `outage ${server}`),
      ...stageWorkers.map((stage) => `pause ${stage}`),
      ...['cut', 'delay', 'reset'].flatMap((action) => proxied.map((target) => `${action} ${target}`)),
    ];
    for (const seed of seeds) expect([...kindsOf(seed, 10)]).toEqual(expect.arrayContaining(all));
  });

  it('ends one fault before the next begins, and all in time', () => {
    for (const minutes of [2, 10]) {
      for (const seed of seeds) {
        const { faults } = scheduleOf(seed, minutes);
        faults.slice(1).forEach(({ at }, n) => expect(at).toBeGreaterThan(faults[n].at + faults[n].lastsMs));
        const last = faults[faults.length - 1];
        expect(last.at + last.lastsMs).toBeLessThan(minutes * 60_000);
      }
    }
  });

  it('pauses for longer than a session', () => {
    const pauses = scheduleOf(3, 10).faults.filter(({ action }) => action === 'pause');
    for (const { lastsMs } of pauses) expect(lastsMs).toBeGreaterThan(6_000);
  });

  it('lets a worker of a stage leave for each that joined', () => {
    const { scaling } = scheduleOf(5, 10);
    expect(scaling.length).toBeGreaterThan(30);
    scaling.forEach(({ action, target }, n) => {
      expect(action).toBe(n % 2 === 0 ? 'join' : 'leave');
      if (n % 2 === 1) expect(target).toBe(scaling[n - 1].target);
    });
  });
});
