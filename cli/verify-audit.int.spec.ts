import { auditDigestModel, auditModel, connectStore, type Connection } from '#store';
import { authorizedFetch } from '../test/kit/authorized-fetch.js';
import { eventually, startInstallation, type TestInstallation } from '../test/kit/installation.js';
import { verifyAuditCommand } from './verify-audit.js';

interface Page {
  readonly items: readonly {
    readonly what: string;
    readonly unit: string | null;
    readonly who: { readonly kind: string };
  }[];
  readonly next?: string;
}

describe('the audit trail', () => {
  let it_: TestInstallation;
  let store: Connection;
  beforeAll(async () => {
    it_ = await startInstallation('audit,dashboard');
    store = await connectStore(it_.config);
  });
  afterAll(async () => {
    await store.close();
    await it_.stop();
  });

  const get = (path: string) => authorizedFetch(`${it_.dashboard}${path}`);
  const trail = async (query = ''): Promise<Page> => (await get(`/v1/audit${query}`)).json() as Promise<Page>;
  const verified = async (): Promise<string> => {
    const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    try {
      const status = await verifyAuditCommand([], it_.env);
      return [status, ...write.mock.calls.map(([text]) => String(text).trim())].join('\n');
    } finally {
      write.mockRestore();
    }
  };

  it('has each read of commune-level figures, and no other, newest first and in pages', async () => {
    const reads = ['units/01/children?window=2026-03&indicator=c', 'rollups?unit=00004&window=2026-03'];
    const others = ['rollups?unit=01&window=2026-03', 'units/VN/children?window=2026-03&indicator=c', 'catalogue'];
    for (const path of [...others, ...reads]) expect((await get(`/v1/${path}`)).status).toBe(200);
    expect((await get('/v1/summaries/VN-2026-Q1-r1.docx')).status).toBe(404);
    const ofRequests = async () => (await trail()).items.filter(({ what }) => /^figures.read|downloaded/.test(what));
    const items = (await eventually(ofRequests, (found) => found.length >= 3)).filter(
      ({ what }) => what !== 'audit.read',
    );
    expect(items.map(({ what, unit }) => `${what} ${unit}`)).toEqual([
      'document.downloaded VN',
      'figures.read 00004',
      'figures.read 01',
    ]);
    expect(items[0].who.kind).toBe('key');
    const first = await trail('?what=figures.read&limit=1');
    const second = await trail(`?what=figures.read&limit=1&cursor=${encodeURIComponent(first.next ?? '')}`);
    expect([...first.items, ...second.items]).toEqual(items.slice(1));
    expect((await trail('?unit=00004&what=figures.read')).items).toHaveLength(1);
    expect((await get('/v1/audit?cursor=x')).status).toBe(400);
  });

  it('is whole while entries are being written', async () => {
    let isDone = false;
    const asking = (async () => {
      while (!isDone) await Promise.all([1, 2, 3].map(() => get('/v1/rollups?unit=00012&window=2026-03')));
    })();
    for (let n = 0; n < 4; n += 1) expect(await verified()).toMatch(/^0\n/);
    isDone = true;
    await asking;
  }, 60_000);

  it('is whole, until MongoDB or a digest is altered, which is named', async () => {
    await eventually(
      () => auditDigestModel(store).countDocuments().exec(),
      (count) => count === 1,
    );
    expect(await verified()).toMatch(/^0\n\d+ mục nhật ký \/ audit entries, 0 /);
    const [held] = await auditModel(store).find({ unit: '00004' }).lean().exec();
    const alterations: [string, () => Promise<unknown>][] = [
      [
        'altered',
        () =>
          auditModel(store)
            .updateOne({ _id: held._id }, { $set: { unit: '00008' } })
            .exec(),
      ],
      ['removed', () => auditModel(store).deleteOne({ _id: held._id }).exec()],
      [
        'text',
        () =>
          auditModel(store)
            .updateOne({ _id: held._id }, { $set: { text: '{}' } })
            .exec(),
      ],
    ];
    for (const [what, alter] of alterations) {
      await alter();
      const n = held._id.split('|')[1];
      const said = await verified();
      expect([what, said]).toEqual([
        what,
        expect.stringContaining(`mongodb: partition ${held.partition}, entry ${n}:`),
      ]);
      expect(said).toMatch(/^1\n/);
      await auditModel(store).replaceOne({ _id: held._id }, held, { upsert: true }).exec();
    }
    expect(await verified()).toMatch(/^0\n/);
    const [digest] = await auditDigestModel(store).find().lean().exec();
    const forged = digest.text.replace('"heads":{}', '"heads":{"0":{"hash":"x","n":1}}');
    await auditDigestModel(store)
      .updateOne({ _id: digest._id }, { $set: { text: forged } })
      .exec();
    expect(await verified()).toContain(`digest of ${digest._id}: not signed by this key`);
  }, 60_000);

  it('takes each entry once, whoever dies when', async () => {
    const asked = async (times: number) => {
      for (let n = 0; n < times; n += 1) await get('/v1/rollups?unit=00008&window=2026-03');
    };
    await asked(5);
    const [[, pid]] = [...it_.supervisor.pids()].filter(([name]) => name.startsWith('audit'));
    process.kill(pid as number, 'SIGKILL');
    await asked(5);
    const count = async () => (await trail('?unit=00008&what=figures.read')).items.length;
    await eventually(count, (found) => found >= 10, 40_000);
    expect(await count()).toBe(10);
    expect(await verified()).not.toContain('topic:');
  }, 90_000);
});
