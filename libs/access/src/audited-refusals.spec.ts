import type { Noted } from './audit-log.js';
import { AuditedRefusals } from './audited-refusals.js';
import type { Principal } from './principal.js';
import type { Rule } from './rules.js';

const who: Principal = { id: 'k', name: 'Hà Nội', kind: 'key', roles: ['analyst'], unit: '01' };
const key = `th_0123456789ab_${'x'.repeat(43)}`;
const wrong = { from: '10.0.0.1', authorization: 'Bearer nonsense', hasCertificate: false };

const noting = ({ isAway = false } = {}) => {
  const noted: Noted[] = [];
  const log = {
    note: (each: Noted) => {
      noted.push(each);
      return isAway ? Promise.reject(new Error('away')) : Promise.resolve();
    },
  };
  return { refusals: new AuditedRefusals(log), noted };
};

describe('refusals in the audit trail', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it.each<[Rule, object, string | undefined]>([
    [{ action: 'figures.read', unit: { query: 'unit' } }, { query: { unit: '15' } }, 'figures.read 15'],
    [{ action: 'figures.read', unit: { query: 'unit' } }, { query: { unit: '99999' } }, 'figures.read null'],
    [{ action: 'audit.read', unit: { query: 'unit', orElse: 'own' } }, {}, 'audit.read 01'],
    [{ action: 'summaries.read', unit: { orElse: 'VN' } }, { params: { name: 'a.docx' } }, 'document.downloaded VN'],
    [{ action: 'summaries.request', unit: { orElse: 'VN' } }, {}, 'summary.requested VN'],
    [{ action: 'held.read', unit: { query: 'unit' } }, { query: { unit: '15' } }, 'figures.read 15'],
    [{ action: 'months.submit', unit: { param: 'unit' } }, { params: { unit: '00004' } }, 'decision.submit 00004'],
    ...['lock', 'reopen'].map((word): [Rule, object, string] => [
      { action: 'months.decide', unit: { param: 'unit' } },
      { params: { unit: '01' }, path: `/v1/months/:unit/:period/${word}` },
      `decision.${word} 01`,
    ]),
    [{ action: 'months.decide' }, { path: '/v1/held/:id/refuse' }, 'decision.refuse null'],
    [{ action: 'metrics.read' }, {}, undefined],
  ])('have what somebody known may not: %j', async (rule, asked, expected) => {
    const { refusals, noted } = noting();
    await refusals.outOfScope(rule, { query: {}, params: {}, ...asked }, who, '10.0.0.1');
    const entry = expected === undefined ? [] : [`${expected} k 10.0.0.1 FORBIDDEN`];
    expect(
      noted.map(({ what, unit, ...rest }) => `${what} ${unit} ${rest.who?.id} ${rest.from} ${rest.outcome}`),
    ).toEqual(entry);
  });

  it('have wrong credentials of an address once in a minute, and then how many there were', async () => {
    const { refusals, noted } = noting();
    for (let n = 0; n < 1_000; n += 1) await refusals.unknownCaller({ ...wrong, authorization: `Bearer ${key}` });
    await refusals.unknownCaller({ ...wrong, from: '10.0.0.2' });
    const entry = { what: 'credentials.refused', who: null, unit: null, outcome: 'UNAUTHENTICATED' };
    const first = { ...entry, from: '10.0.0.1', facts: { key: '0123456789ab' } };
    expect(noted).toEqual([first, { ...entry, from: '10.0.0.2', facts: {} }]);
    jest.advanceTimersByTime(60_000);
    expect(noted.slice(2)).toEqual([{ ...first, facts: { count: '1000' } }]);
    await refusals.unknownCaller(wrong);
    expect(noted).toHaveLength(4);
  });

  it('are bounded however many addresses there are', async () => {
    const { refusals, noted } = noting();
    for (let n = 0; n < 10_000; n += 1) await refusals.unknownCaller({ ...wrong, from: `10.0.${n >> 8}.${n & 255}` });
    expect(noted).toHaveLength(257);
    expect(noted.at(-1)?.from).toBeNull();
    jest.advanceTimersByTime(60_000);
    expect(noted.at(-1)?.facts).toEqual({ count: String(10_000 - 256) });
  });

  it('have events of others once in a minute for a sender, then how many there were, and are bounded', async () => {
    const { refusals, noted } = noting();
    for (let n = 0; n < 1_000; n += 1) await refusals.eventsOf('15', who, '10.0.0.1');
    const first = { what: 'events.publish', who, unit: '15', from: '10.0.0.1', outcome: 'FORBIDDEN', facts: {} };
    expect(noted).toEqual([first]);
    jest.advanceTimersByTime(60_000);
    expect(noted.slice(1)).toEqual([{ ...first, facts: { count: '1000' } }]);
    for (let n = 0; n < 1_000; n += 1) await refusals.eventsOf('15', { ...who, id: `k${n}` }, '10.0.0.1');
    expect(noted).toHaveLength(2 + 257);
    expect(noted.at(-1)).toMatchObject({ who: null, unit: null, from: null });
  });

  it('have nobody who has sent nothing, and a certificate that is nobody’s', async () => {
    const { refusals, noted } = noting();
    await refusals.unknownCaller({ ...wrong, authorization: undefined });
    expect(noted).toEqual([]);
    await refusals.unknownCaller({ ...wrong, authorization: undefined, hasCertificate: true });
    expect(noted).toHaveLength(1);
  });

  it('are not answered where they cannot be noted, and are tried again', async () => {
    const { refusals, noted } = noting({ isAway: true });
    await expect(refusals.unknownCaller(wrong)).rejects.toThrow('away');
    await expect(refusals.unknownCaller(wrong)).rejects.toThrow('away');
    expect(noted).toHaveLength(2);
  });
});
