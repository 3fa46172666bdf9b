import type { RollupWriter } from '#store';
import type { OwnedPartitions, RecordBatch } from '#stream';
import { ProjectionController, type WritingTurns } from './projection.controller.js';
import { Turn } from './turn.js';
import type { Change } from './unit-months.js';

/** A turn that counts how often it was told of the windows. */
class ToldTurn extends Turn {
  told = 0;

  constructor() {
    super({ restShare: 0, maxRestMs: 0, justNowMs: 0 });
  }

  override noteOthers(): void {
    this.told += 1;
  }
}

const toldAfter = async (behind: number): Promise<number> => {
  const units = new ToldTurn();
  const turns: WritingTurns = { provinces: new ToldTurn(), units };
  const writer = { writeWindows: () => Promise.resolve() } as unknown as RollupWriter;
  const controller = new ProjectionController(writer, 1, undefined as unknown as OwnedPartitions<Change>, turns);
  await controller.nationalWindows({ records: [], behind } as unknown as RecordBatch);
  return units.told;
};

describe('units leave room for windows', () => {
  it('that are catching up', async () => {
    expect(await toldAfter(5_000)).toBe(1);
  });

  it('and not for live ones, or under a steady load nothing as of an instant would ever be whole', async () => {
    expect(await toldAfter(20)).toBe(0);
  });
});
