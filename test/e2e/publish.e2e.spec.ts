import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { MAX_LINE_BYTES } from '../../cli/event-lines.js';
import { anEvent } from '../kit/builders.js';
import { startInstallation, type TestInstallation } from '../kit/installation.js';
import { readUntil } from '../kit/topic.js';

const event = (unit: string, value: number) =>
  JSON.stringify(anEvent({ id: `${unit}-${value}`, data: { unit, numerator: value, denominator: value } }));

/** A file as it comes from elsewhere: marked, with carriage returns and blank lines, and with lines that are no events among good ones. */
const lines = (value: number) => [
  `\ufeff${event('00004', value)}`,
  '',
  '{"not an event": true}',
  '\r',
  '"an open string and [ a bracket',
  Buffer.from([0x7b, 0xff, 0x7d]),
  event('00008', value),
  `{"data":"${'x'.repeat(70_000)}"}`,
  `{"data":"${'x'.repeat(MAX_LINE_BYTES)}"}`,
  event('00025', value),
];
const fileOf = (value: number): Buffer =>
  Buffer.concat(lines(value).flatMap((line) => [Buffer.from(line as string), Buffer.from('\r\n')]));

const refusals = [
  [3, 'NOT_CLOUDEVENT'],
  [5, 'MALFORMED_JSON'],
  [6, 'MALFORMED_JSON'],
  [8, 'TOO_LARGE'],
  [9, 'TOO_LARGE'],
] as const;

describe('npm run publish', () => {
  let it_: TestInstallation;
  const folder = mkdtempSync(join(tmpdir(), 'publish-'));

  beforeAll(async () => {
    it_ = await startInstallation('check,intake');
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await it_.stop();
  });

  const publish = async (file: Buffer | string, ...args: string[]) => {
    const path = join(folder, 'events.ndjson');
    writeFileSync(path, file);
    const child = spawn(process.execPath, ['dist/cli/main.js', 'publish', path, ...args], { env: it_.env });
    let said = '';
    for (const output of [child.stdout, child.stderr]) output.on('data', (text: Buffer) => (said += text.toString()));
    const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { status, said };
  };

  /** The good events of a file that are in the event topic, by unit. */
  const arrived = async (value: number): Promise<string[]> => {
    const isGood = ({ value: bytes }: { value: Buffer | null }) => bytes?.toString().includes(`-${value}"`) === true;
    const records = await readUntil(it_, it_.topics.indicatorEvents, (all) => all.filter(isGood).length >= 3);
    return records
      .filter(isGood)
      .map(({ key }) => String(key))
      .sort();
  };

  it.each([
    ['straight to Kafka', 11, (value: number) => publish(fileOf(value))],
    ['packed, straight to Kafka', 12, (value: number) => publish(gzipSync(fileOf(value)))],
    ['to the intake', 13, (value: number) => publish(fileOf(value), '--http', it_.intake)],
    ['packed, to the intake', 14, (value: number) => publish(gzipSync(fileOf(value)), '--http', it_.intake)],
  ])('%s sends every good event of a file, names the lines that are refused, and fails', async (_how, value, run) => {
    const { status, said } = await run(value);
    for (const [line, code] of refusals) expect(said).toContain(`dòng / line ${line}: ${code}`);
    expect(said).toContain('refused: 5');
    expect(status).toBe(1);
    expect(await arrived(value)).toEqual(['00004', '00008', '00025']);
  });

  it.each([
    ['straight to Kafka', () => [] as string[]],
    ['to the intake', () => ['--http', it_.intake]],
  ])('%s succeeds where nothing is refused', async (_how, args) => {
    const { status, said } = await publish(`${event('00004', 21)}\n\n${event('00008', 21)}`, ...args());
    expect(said).toContain('refused: 0');
    expect(status).toBe(0);
  });

  it('lets the pipeline say why, of what is refused straight from Kafka too', async () => {
    const records = await readUntil(it_, it_.topics.rejectedEvents, (all) => all.length >= 16);
    const codes = records.map(({ value }) => (JSON.parse(String(value)) as { code: string }).code);
    expect([...new Set(codes)].sort()).toEqual(['MALFORMED_JSON', 'NOT_CLOUDEVENT', 'TOO_LARGE']);
  });

  it('says in plain words what it could not do', async () => {
    const broken = await publish(gzipSync(`${event('00004', 31)}\n`.repeat(5_000)).subarray(0, -9));
    expect(broken).toMatchObject({ status: 1 });
    expect(broken.said).toContain('unexpected end of file');
    expect(broken.said).not.toMatch(/\n\s+at /);
    const away = await publish(event('00004', 32), '--http', 'http://127.0.0.1:1');
    expect(away.status).toBe(1);
    expect(away.said).toContain('no answer from the intake at http://127.0.0.1:1');
    expect(away.said).not.toMatch(/\n\s+at /);
    expect((await publish('', '--http', 'nowhere')).status).toBe(2);
  });
});
