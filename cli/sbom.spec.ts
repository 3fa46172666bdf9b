/** The bill of materials is held to the lock. `.ci/run` makes the real one; here is what would be said of a wrong one. */
import { billFaults, type Bill } from './dependencies/bill.js';
import { lockSchema } from './dependencies/lock.js';

const lock = lockSchema.parse({
  lockfileVersion: 3,
  packages: {
    '': {},
    'node_modules/@a/b': { version: '1.0.0' },
    'node_modules/c': { version: '2.0.0', dev: true },
    'node_modules/@a/b/node_modules/d': { version: '3.0.0' },
  },
});
const development = [{ name: 'cdx:npm:package:development', value: 'true' }];
const c = { purl: 'pkg:npm/c@2.0.0', properties: development };
const d = { purl: 'pkg:npm/d@3.0.0' };
const billOf = (components: Bill['components']): Bill => ({ bomFormat: 'CycloneDX', metadata: {}, components });

describe('the bill of materials', () => {
  it('has every locked package, those inside others too', () => {
    expect(billFaults(lock, billOf([{ purl: 'pkg:npm/%40a/b@1.0.0', components: [d] }, c]))).toEqual([]);
    expect(billFaults(lock, billOf([{ purl: 'pkg:npm/%40a/b@1.0.0' }, c]))).toEqual([
      'pkg:npm/d@3.0.0 is not in the bill',
    ]);
  });

  it('marks what only builds and tests, and nothing else', () => {
    const b = { purl: 'pkg:npm/%40a/b@1.0.0', properties: development };
    expect(billFaults(lock, billOf([b, { purl: c.purl }, d]))).toEqual([
      'pkg:npm/@a/b@1.0.0 is marked wrongly',
      'pkg:npm/c@2.0.0 is marked wrongly',
    ]);
  });

  it('is the same for the same lock: no time, no serial number', () => {
    const bill = billOf([{ purl: 'pkg:npm/%40a/b@1.0.0' }, c, d]);
    expect(billFaults(lock, { ...bill, serialNumber: 'urn:uuid:1' })).toHaveLength(1);
    expect(billFaults(lock, { ...bill, metadata: { timestamp: '2026-11-28T00:00:00Z' } })).toHaveLength(1);
  });
});
