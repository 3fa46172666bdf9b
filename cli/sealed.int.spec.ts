import { randomBytes } from 'node:crypto';
import { decodeRejected, type RejectedEvent } from '#contracts';
import { anEvent } from '../test/kit/builders.js';
import { authorizedFetch } from '../test/kit/authorized-fetch.js';
import { startInstallation, type TestInstallation } from '../test/kit/installation.js';
import { readUntil } from '../test/kit/topic.js';
import { sealedCommand } from './sealed.js';

const NAME = 'Nguyễn Văn Xoan';
const SEALING_KEY = randomBytes(32).toString('base64');

describe('npm run sealed', () => {
  let it_: TestInstallation;
  beforeAll(async () => {
    it_ = await startInstallation('check,intake', { env: { SEALING_KEY } });
  });
  afterAll(() => it_.stop());

  const said = async (args: string[]): Promise<{ status: number; text: string }> => {
    const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    try {
      const status = await sealedCommand(args, { ...it_.env, SEALING_KEY });
      return { status, text: write.mock.calls.map(([text]) => String(text)).join('') };
    } finally {
      write.mockRestore();
    }
  };

  it('opens what the intake and the check stage sealed, until its data keys are destroyed', async () => {
    const value = JSON.stringify(anEvent({ data: { note: NAME } }));
    const answer = await authorizedFetch(`${it_.intake}/v1/events`, {
      method: 'POST',
      body: value,
      headers: { 'content-type': 'application/cloudevents+json' },
    });
    expect(answer.status).toBe(422);
    await it_.producer.send({ topic: it_.topics.indicatorEvents, messages: [{ key: '00004', value }] });
    const records = await readUntil(it_, it_.topics.rejectedEvents, ({ length }) => length >= 2);
    const rejected = records.map((record) => decodeRejected(String(record.value)) as RejectedEvent);
    expect(rejected.map(({ unit }) => unit)).toEqual(['00004', '00004']);
    expect(new Set(rejected.map(({ sealed }) => sealed)).size).toBe(2);
    for (const { raw } of rejected) expect(Buffer.from(raw, 'base64').toString()).not.toContain(NAME);

    const places = records.map(({ partition, offset }) => `${partition}/${offset}`);
    const opened = await said(['open', ...places]);
    expect([opened.status, opened.text.split(NAME).length - 1]).toEqual([0, 2]);
    expect((await said(['list'])).text.trim().split('\n').sort()).toEqual(rejected.map(({ sealed }) => sealed).sort());

    await said(['destroy', '--before', '2999-01']);
    expect(await said(['list'])).toEqual({ status: 0, text: '' });
    const gone = await said(['open', ...places]);
    expect([gone.status, gone.text.includes(NAME)]).toEqual([1, false]);
    expect(gone.text.match(/"unreadable":true/g)).toHaveLength(2);
  }, 60_000);
});
