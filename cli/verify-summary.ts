/**
 * `npm run verify-summary -- ID`: makes an issued summary again from the topics and compares the bytes.
 *
 * A summary is a pure function of events, decisions and the instant as of which it was made: nothing that the pipeline keeps is used but the
 * revision before it, which it says what changed from. Exit status 0: the same to the byte; 1: it differs; 2: no such issued summary.
 */
import {
  fromExactJson,
  isRefusal,
  reportsOf,
  monthsOfWindow,
  ProvinceAsOf,
  provinceOf,
  reportingUnits,
  toExactJson,
  windowIndex,
  withReport,
  Decisions,
  calendarWith,
  type ProvinceWindow,
  type Report,
  type Skyline,
  type SummaryContent,
  type Unit,
} from '#domain';
import {
  connectStore,
  RollupReader,
  sha256,
  SummaryRepository,
  SummarySource,
  type Connection,
  type SummaryRecord,
} from '#store';
import { EventLog } from './event-log.js';
import { openInstallation, type Installation } from './installation.js';

const USAGE = 'npm run verify-summary -- VN-2026-Q1-r1\n';
const say = (line: string) => process.stdout.write(`${line}\n`);

export const verifySummaryCommand = async (
  [id]: readonly string[],
  env: Record<string, string | undefined> = process.env,
): Promise<number> => {
  if (id === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const installation = await openInstallation(env);
  const connection = await connectStore(installation.config);
  try {
    const repository = new SummaryRepository(connection);
    const summary = await repository.get(id);
    const issued = summary && (await repository.document(id, 'json'));
    if (summary?.cutOff === undefined || issued === undefined) {
      process.stderr.write(`Không có báo cáo đã phát hành ${id} / no such issued summary\n`);
      return 2;
    }
    const again = await madeAgain(installation, connection, summary, summary.cutOff.getTime());
    const isSame = again.equals(issued) && summary.checksum === sha256(again);
    say(`${id}: ${isSame ? 'khớp từng byte / the same to the byte' : 'SAI KHÁC / differs'}`);
    say(`đã phát hành / issued ${sha256(issued)}, làm lại / made again ${sha256(again)}`);
    return isSame ? 0 : 1;
  } finally {
    await connection.close();
  }
};

const madeAgain = async (
  installation: Installation,
  connection: Connection,
  { id, window, revision }: SummaryRecord,
  cutOff: number,
): Promise<Buffer> => {
  const { COMMUNE_DEADLINE_DAY: communeDay, PROVINCE_DEADLINE_DAY: provinceDay } = installation.config;
  const known = await TopicHistory.read(installation, cutOff);
  const reader = new RollupReader(connection, Date.now);
  const source = new SummarySource(reader, known, calendarWith({ communeDay, provinceDay }));
  const index = windowIndex(window);
  if (index === undefined) throw new Error(`${id} is of no window`);
  const edition = { revision, cutOff, earlier: await earlierOf(connection, window, revision) };
  const content = await source.content(index, edition, await source.asOf(index, cutOff));
  return Buffer.from(toExactJson(content));
};

const earlierOf = async (
  connection: Connection,
  window: string,
  revision: number,
): Promise<SummaryContent | undefined> => {
  const repository = new SummaryRepository(connection);
  const earlier = await repository.issuedBefore(window, revision);
  const json = earlier && (await repository.document(earlier.id, 'json'));
  return json && (fromExactJson(json.toString()) as SummaryContent);
};

/** What was ever known, from the topics themselves. */
class TopicHistory {
  /** By province, then unit and month, then indicator. */
  private readonly words = new Map<string, Map<string, Map<number, Skyline>>>();
  private readonly decisions = new Decisions();

  /** @param until what was received later is not looked at, in milliseconds since the epoch */
  static async read(installation: Installation, until: number): Promise<TopicHistory> {
    const known = new TopicHistory();
    const log = new EventLog(installation);
    await log.readTo(
      await log.ends(),
      ({ outcome }) => {
        if (isRefusal(outcome) || outcome.receivedAt > until) return;
        for (const report of reportsOf(outcome)) known.take(report);
      },
      (decision) => {
        if (decision.receivedAt <= until) known.decisions.add(decision);
      },
    );
    return known;
  }

  provinceAsOf(province: Unit, window: number, at: number): Promise<readonly ProvinceWindow[]> {
    const asOf = new ProvinceAsOf(at);
    const months = new Set(monthsOfWindow(window));
    for (const skylines of this.words.get(province.code)?.values() ?? []) {
      const words = [...skylines.values()].flat();
      const [{ month }] = words;
      if (months.has(month)) asOf.take(words, this.decisions.ofMonth(province.code, month));
    }
    return Promise.resolve(asOf.end().allWindows((each) => each));
  }

  private take(report: Report): void {
    const province = provinceOf(reportingUnits[report.unit]);
    const units = this.words.get(province) ?? new Map<string, Map<number, Skyline>>();
    this.words.set(province, units);
    const key = `${report.unit}|${report.month}`;
    const skylines = units.get(key) ?? new Map<number, Skyline>();
    units.set(key, skylines.set(report.indicator, withReport(skylines.get(report.indicator) ?? [], report)));
  }
}
