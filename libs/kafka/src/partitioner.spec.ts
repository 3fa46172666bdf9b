import { createRequire } from 'node:module';
import fc from 'fast-check';
import type { PartitionerArgs } from 'kafkajs';
import { processorMs } from '../../../test/kit/processor-time.js';
import { defaultPartitioner, murmur2 } from './partitioner.js';

const require = createRequire(import.meta.url);
const ofKafkajs = require('kafkajs/src/producer/partitioners/default/murmur2') as (key: Buffer) => number;

describe('the partition of a key', () => {
  it('is the one that kafkajs and Java pick', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const key = Buffer.from(bytes);
        expect(murmur2(key) & 0x7fffffff).toBe(ofKafkajs(key) & 0x7fffffff);
      }),
    );
  });

  it('is the one of the reference for known keys (org.apache.kafka.common.utils.UtilsTest)', () => {
    const known: readonly [string, number][] = [
      ['21', -973932308],
      ['foobar', -790332482],
      ['a-little-bit-long-string', -985981536],
      ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
    ];
    for (const [key, hash] of known) expect(murmur2(Buffer.from(key)) | 0).toBe(hash);
  });

  it('takes time in proportion to the length', async () => {
    const timed = (bytes: number) => {
      const key = Buffer.alloc(bytes, 'k');
      return processorMs(() => {
        for (let n = 0; n < 5; n += 1) murmur2(key);
      });
    };
    await timed(1 << 20);
    const [short, long] = [await timed(1 << 18), await timed(1 << 23)];
    expect(long).toBeLessThan(32 * 8 * Math.max(short, 0.5));
  });

  it('comes in turn without a key, and is the record’s own where it has one', () => {
    const partitionMetadata = [0, 1, 2].map((partitionId) => ({ partitionId, leader: partitionId === 1 ? -1 : 0 }));
    const pick = defaultPartitioner();
    const of = (message: object) => pick({ topic: 't', partitionMetadata, message } as unknown as PartitionerArgs);
    expect(new Set([of({ key: null }), of({ key: null }), of({ key: null })])).toEqual(new Set([0, 2]));
    expect(of({ key: 'x', partition: 1 })).toBe(1);
  });
});
