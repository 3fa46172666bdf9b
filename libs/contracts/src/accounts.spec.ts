import { shareCounts } from './accounts.js';

describe('the counts of a batch', () => {
  const batch = { read: 100, superseded: 5, repeated: 4, refused: 1 };

  it('add up in every record that the batch becomes, whichever of them arrive', () => {
    const sizes = [40, 30, 20];
    const shares = shareCounts(batch, sizes);
    for (const [index, { read, superseded, repeated, refused }] of shares.entries())
      expect(sizes[index] + superseded + repeated + refused).toBe(read);
  });

  it('add up to the batch', () => {
    const total = shareCounts(batch, [40, 30, 20]).reduce((sum, { read }) => sum + read, 0);
    expect(total).toBe(batch.read);
  });

  it('are whole in the only record of a batch', () => {
    expect(shareCounts({ ...batch, read: 10 }, [0])).toEqual([{ ...batch, read: 10 }]);
  });
});
