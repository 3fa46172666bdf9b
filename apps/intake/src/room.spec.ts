import { Room } from './room.js';

describe('room for requests', () => {
  it('is bounded: above it senders are told to come again, after it there is room again', async () => {
    const room = new Room(100);
    let finish: () => void = () => undefined;
    const first = room.within(90, () => new Promise<void>((resolve) => (finish = resolve)));
    await expect(room.within(20, () => Promise.resolve())).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    finish();
    await first;
    await expect(room.within(20, () => Promise.resolve('taken'))).resolves.toBe('taken');
  });

  it('takes one request that is larger than all of it, alone', async () => {
    await expect(new Room(100).within(1_000, () => Promise.resolve('taken'))).resolves.toBe('taken');
  });
});
