/**
 * Clients that nobody here wrote, as their users start them: four Kafka clients with every codec in both modes, the CloudEvents
 * SDKs of four languages over HTTP and Kafka. All figures are exact afterwards and nothing is refused that ought not to be.
 *
 * A language whose tools are not on the machine is left out, by name; in continuous integration that is a failure.
 */
import { toExactJson, type Rollup } from '#domain';
import { connectStore, RollupReader } from '#store';
import { totalAccounts } from '../../apps/dashboard/src/accounts-metric.js';
import { assign, assignKeyless, expectedOf, type Assignment } from '../clients/assignments.js';
import { codecOf, groups, languages, nameOf, type Language } from '../clients/groups.js';
import { build, missingFor, publish, type Report } from '../clients/programs.js';
import { codecsByEvent } from '../clients/topic-batches.js';
import { startInstallation, type TestInstallation } from '../kit/installation.js';
import { readUntil, type ReadRecord } from '../kit/topic.js';
import { authorizedFetch } from '../kit/authorized-fetch.js';

const BUILD_MS = 600_000;
const root = process.cwd();
const missing = new Map(languages.map((language) => [language, missingFor(language)]));
const tried = languages.filter((language) => missing.get(language) === undefined);
const leftOut = languages.filter((language) => missing.get(language) !== undefined);

const plain = (rollups: ReadonlyMap<string, Rollup>) =>
  new Map([...rollups].map(([key, rollup]) => [key, JSON.parse(toExactJson(rollup)) as Rollup]));

const text = (value: Buffer | string | undefined | null): string => value?.toString('utf8') ?? '';

const say = (line: string): boolean => process.stderr.write(`${line}\n`);

describe('clients that nobody here wrote', () => {
  const assignments = assign(tried.flatMap((language) => groups[language]));
  const keyless = assignKeyless(tried.flatMap((language) => groups[language]));
  const all: readonly Assignment[] = [...assignments, ...keyless];
  const reports = new Map<Language, Report[]>();
  let it_: TestInstallation;
  let records: readonly ReadRecord[];

  const of = (language: Language): Assignment[] => {
    const names = new Set(groups[language].map(nameOf));
    return all.filter((assignment) => names.has(nameOf(assignment)));
  };

  beforeAll(async () => {
    say(`clients: building ${tried.join(', ')}`);
    await Promise.all(tried.map((language) => build(root, language)));
    it_ = await startInstallation('check,province,ministry,projection,intake,dashboard');
    const env = {
      KAFKA_BROKERS: it_.env.KAFKA_BROKERS,
      EVENTS_TOPIC: it_.topics.indicatorEvents,
      INTAKE_URL: it_.intake,
      API_KEY: it_.keys.reporter,
    };
    for (const language of tried) {
      reports.set(language, await publish(root, language, env, of(language)));
      say(`clients of ${language} have published`);
    }
    const acknowledged = [...reports.values()].flat().reduce((sum, report) => sum + (report.acknowledged ?? 0), 0);
    records = await readUntil(it_, it_.topics.indicatorEvents, (read) => read.length >= acknowledged);
    await it_.drained();
  }, BUILD_MS);
  afterAll(() => it_.stop());

  for (const language of leftOut) {
    it(`leaves out ${language}: no answer from \`${missing.get(language)}\``, () => {
      say(`clients of ${language} are left out: no answer from \`${missing.get(language)}\``);
      expect(process.env.CI).not.toBe('true');
    });
  }

  it.each(tried)('of %s acknowledge all that they send', (language) => {
    const expected = groups[language].map((group) => ({
      ...group,
      acknowledged: all.filter((assignment) => nameOf(assignment) === nameOf(group)).length,
    }));
    expect(reports.get(language)).toEqual(expected);
  });

  it('leave every event on the topic, in the codec that they were asked for', async () => {
    expect(records.length).toBe(all.length);
    const found = await codecsByEvent(it_.config.KAFKA_BROKERS[0], it_.topics.indicatorEvents, records);
    const overKafka = all.filter(({ over }) => over === 'kafka');
    const cameIn = (codec: string, { event }: (typeof all)[number]) => found.get(event.id)?.has(codec) === true;
    // A client leaves a batch of few records as it is where packing makes it no smaller.
    const wrong = overKafka
      .filter((assignment) => !cameIn(codecOf(assignment), assignment) && !cameIn('none', assignment))
      .map((assignment) => `${nameOf(assignment)}: ${[...(found.get(assignment.event.id) ?? [])].join()}`);
    const packed = new Set(overKafka.filter((each) => cameIn(codecOf(each), each)).map(nameOf));
    const never = overKafka.map(nameOf).filter((name) => !packed.has(name));
    expect([...new Set(never)]).toEqual([]);
    expect([...new Set(wrong)]).toEqual([]);
  });

  it('put the same unit into different partitions', () => {
    const partitions = new Map<string, Set<number>>();
    for (const { key, partition } of records) {
      partitions.set(text(key), (partitions.get(text(key)) ?? new Set()).add(partition));
    }
    partitions.delete('');
    const apart = [...partitions.values()].filter((places) => places.size > 1);
    // librdkafka hashes with CRC32, all others with murmur2; without Python there is no librdkafka.
    expect(apart.length > 0).toBe(tried.includes('python'));
  });

  it('make every figure of every unit what a plain recomputation makes of all events', async () => {
    const [actual, expected] = [await it_.rollups(), plain(expectedOf(assignments).rollups())];
    const differ = [...new Set([...actual.keys(), ...expected.keys()])].filter(
      (key) => toExactJson(actual.get(key)) !== toExactJson(expected.get(key)),
    );
    expect(differ.slice(0, 5).map((key) => `${key}: ${toExactJson(actual.get(key))}`)).toEqual([]);
    expect(expected.size).toBeGreaterThan(0);
  });

  it('would be missed in those figures, any one group of them', () => {
    const whole = toExactJson([...expectedOf(assignments).rollups()]);
    const unnoticed = tried
      .flatMap((language) => groups[language])
      .filter((group) => {
        const others = assignments.filter((assignment) => nameOf(assignment) !== nameOf(group));
        return toExactJson([...expectedOf(others).rollups()]) === whole;
      });
    expect(unnoticed.map(nameOf)).toEqual([]);
  });

  it('show in the API what they show in the store', async () => {
    const answer = await authorizedFetch(`${it_.dashboard}/v1/rollups?unit=VN&window=2026`);
    const { items } = (await answer.json()) as { items: any[] };
    const expected = [...plain(expectedOf(assignments).rollups())].filter(([key]) => key.startsWith('VN|2026|'));
    expect(items).toHaveLength(expected.length);
    for (const [, rollup] of expected) {
      expect(items.find(({ indicator }) => indicator === rollup.indicator)).toMatchObject({ ...rollup });
    }
  });

  it('are refused nothing but what came without a key', async () => {
    const refused = await refusals(keyless.length);
    expect(refused.map(({ code }) => code)).toEqual(keyless.map(() => 'SOURCE_MISMATCH'));
    const connection = await connectStore(it_.config);
    try {
      const accounts = Object.values(await totalAccounts(new RollupReader(connection, Date.now)));
      const sum = (outcome: string) => accounts.reduce((total, account) => total + account[outcome], 0);
      expect([sum('read'), sum('refused')]).toEqual([all.length, keyless.length]);
    } finally {
      await connection.close();
    }
  });

  const refusals = async (count: number): Promise<{ code: string }[]> => {
    if (count === 0) return [];
    const isEnough = (records: readonly ReadRecord[]) => records.length >= count;
    const records = await readUntil(it_, it_.topics.rejectedEvents, isEnough);
    return records.map(({ value }) => JSON.parse(text(value)) as { code: string });
  };
});
