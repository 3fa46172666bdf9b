/**
 * Bugs put back on purpose, to see that the simulation finds them. Each replaces one method of the production code in this process, and
 * each is a mistake that pipelines like this one are known for.
 */
import { issueSummaryJob } from '#contracts';
import {
  addTuples,
  MonthDecisions,
  ProvinceState,
  NationalState,
  rollupsText,
  tuplesFrom,
  tupleText,
  windowCode,
  type Report,
  type RollupTuple,
} from '#domain';
import { RecordSender } from '#kafka';
import { inBackground } from '#promises';
import { OwnedPartition, PipelineProgress, StandingPlaces } from '#stream';
import { RollupWriter, SummaryRepository, SummaryScheduleLog, type ClaimedWindow } from '#store';
import { SummaryIssuer } from '../../apps/reports/src/summary.issuer.js';
import { SummarySchedules } from '../../apps/reports/src/summary.schedules.js';
import type { PlantedBug } from './planted-names.js';
import { SimStore, type Operation } from './store.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- any method of any class
type Method = (this: any, ...args: any[]) => any;

/** Puts another method in the place of one, made from the one before. */
const replace = (owner: { readonly prototype: object }, name: string, by: (before: Method) => Method): void => {
  const prototype = owner.prototype as Record<string, Method>;
  prototype[name] = by(prototype[name]);
};

/** The check stage commits what it has read before what follows from it is acknowledged. */
const commitBeforeWrite = (): void =>
  replace(
    RecordSender,
    'send',
    (send) =>
      function (...args) {
        inBackground(send.apply(this, args), () => undefined);
        return Promise.resolve();
      },
  );

/** Documents are written whatever version stands there. */
const noOffsetGuard = (): void =>
  replace(
    SimStore,
    'write',
    (write) =>
      function (documents, operations: readonly Operation[]) {
        const unguarded = operations.map(({ updateOne: { filter, update } }) => {
          return { updateOne: { filter: { _id: filter._id }, update } };
        });
        return write.call(this, documents, unguarded);
      },
  );

/** A bulk write that failed in part counts as done. */
const partialBulkWriteAcknowledged = (): void => {
  for (const name of ['writeWindows', 'writeUnitMonths', 'writeRejections'])
    replace(
      RollupWriter,
      name,
      (write) =>
        function (...args) {
          return write.apply(this, args).catch(() => 0);
        },
    );
};

interface Writing {
  readonly place: { readonly unwritten?: string };
  readonly last?: { done(offset: string): void };
}

/** A partition says that it is done with what it is about to write. */
const doneBeforeWritten = (): void =>
  replace(
    OwnedPartition,
    'publish',
    (publish) =>
      function (this: Writing, ...args) {
        const { last, place } = this;
        if (place.unwritten !== undefined) last?.done(place.unwritten);
        return publish.apply(this, args) as Promise<boolean>;
      },
  );

/** A place that a late commit has set back stands there until more is written. */
const setBackForGood = (): void => replace(StandingPlaces, 'look', () => () => Promise.resolve());

/** Provinces send what has been added since the last record, and whoever reads it adds it up. */
const deltaRecords = (): void => {
  const sent = new WeakMap<object, Map<string, RollupTuple[]>>();
  replace(
    ProvinceState,
    'takeWindows',
    (take) =>
      function (to: (window: { unit: string; window: string; items: string }) => unknown) {
        const before = sent.get(this) ?? new Map<string, RollupTuple[]>();
        sent.set(this, before);
        return take.call(this, (window: { unit: string; window: string; items: string }) => {
          const key = `${window.unit}|${window.window}`;
          const now = tuplesFrom(window.items);
          const delta = sum(now, (before.get(key) ?? []).map(negative));
          before.set(key, now);
          return to({ ...window, items: rollupsText(delta.map(tupleText)) });
        }) as unknown[];
      },
  );
  const held = new WeakMap<object, Map<string, RollupTuple[]>>();
  for (const name of ['put', 'restore'])
    replace(
      NationalState,
      name,
      (put) =>
        function (unit: string, window: string, delta: readonly RollupTuple[]) {
          const totals = held.get(this) ?? new Map<string, RollupTuple[]>();
          held.set(this, totals);
          const total = sum(totals.get(`${unit}|${window}`) ?? [], delta);
          totals.set(`${unit}|${window}`, total);
          put.call(
            this,
            unit,
            window,
            total.filter(([, reported]) => reported > 0),
          );
        },
    );
};

const negative = ([code, reported, current, amounts]: RollupTuple): RollupTuple => [
  code,
  -reported,
  -current,
  amounts.map((amount) => -amount),
];

const sum = (a: readonly RollupTuple[], b: readonly RollupTuple[]): RollupTuple[] => {
  const totals = new Map(a.map((tuple) => [tuple[0], tuple]));
  for (const tuple of b) {
    const other = totals.get(tuple[0]);
    totals.set(tuple[0], other === undefined ? tuple : addTuples(other, tuple));
  }
  return [...totals.values()];
};

/** A report counts as received when it arrives at the province stage. */
const arrivalForReceipt = (): void =>
  replace(
    ProvinceState,
    'merge',
    (merge) =>
      function (report: Report) {
        return merge.call(this, { ...report, receivedAt: Date.now() }) as unknown;
      },
  );

/** A restore takes what each cell says now, and nothing of what it said before. */
const skylineTailLost = (): void =>
  replace(
    ProvinceState,
    'restore',
    (restore) =>
      function (reports: readonly Report[]) {
        const words = reports.filter(({ indicator }, n) => reports.findIndex((r) => r.indicator === indicator) === n);
        restore.call(this, words);
      },
  );

/** A decision counts as of instants before it was made. */
const decidedBeforeMade = (): void =>
  replace(
    MonthDecisions,
    'madeBy',
    () =>
      function () {
        return this.all as unknown;
      },
  );

/** A restore forgets what was decided. */
const decisionsLostOnRestore = (): void => replace(ProvinceState, 'restoreDecisions', () => () => undefined);

/** A summary is issued whether it is pending or not. */
const issuedAgain = (): void =>
  replace(
    SummaryRepository,
    'issue',
    () =>
      function (id: string, issued: object) {
        return this.model.collection
          .updateOne({ _id: id }, { $set: { ...issued, status: 'issued' } })
          .then(() => true) as Promise<boolean>;
      },
  );

/** A summary is made of whatever the figures have come to. */
const issuedOfLess = (): void =>
  replace(
    PipelineProgress,
    'look',
    (look) =>
      function (...args) {
        return look.apply(this, args).then(({ followed }: { followed: unknown }) => ({ followed })) as Promise<unknown>;
      },
  );

/** A cut-off counts as closed when the clocks have passed it, wherever the topics end. */
const cutOffWithoutEnds = (): void => replace(SummaryIssuer, 'closing', () => () => Promise.resolve({}));

/** Whoever comes for a window that is due asks first, and notes it when that is done. */
const askedBeforeClaimed = (): void =>
  replace(
    SummarySchedules,
    'askFor',
    () =>
      async function (windows: readonly number[]) {
        const noted = (await this.log.claims(windows.map(windowCode))) as ReadonlyMap<string, unknown>;
        for (const window of windows.filter((index) => !noted.has(windowCode(index)))) {
          const id = (await this.requests.request(window, Date.now())) as string;
          await this.queue.add(issueSummaryJob(id));
          await this.log.claim(windowCode(window), id, {}, new Date());
          await this.log.noteAsked(windowCode(window));
        }
      },
  );

/** A claim counts as fulfilled by whoever made it. */
const claimLeftBehind = (): void => {
  replace(SummaryScheduleLog, 'unfinished', () => () => Promise.resolve([]));
  replace(
    SummaryScheduleLog,
    'claims',
    (claims) =>
      function (windows: readonly string[]) {
        const done = (found: ReadonlyMap<string, ClaimedWindow>) =>
          new Map([...found].map(([window, claim]) => [window, { ...claim, isAsked: true }]));
        return claims.call(this, windows).then(done) as Promise<unknown>;
      },
  );
  replace(
    SummaryScheduleLog,
    'claim',
    (claim) =>
      function (...args) {
        return claim
          .apply(this, args)
          .then((standing: object) => ({ ...standing, isAsked: false })) as Promise<unknown>;
      },
  );
};

export const plantedBugs: Readonly<Record<PlantedBug, () => void>> = {
  'commit-before-write': commitBeforeWrite,
  'no-offset-guard': noOffsetGuard,
  'delta-records': deltaRecords,
  'partial-bulk-write-acknowledged': partialBulkWriteAcknowledged,
  'done-before-written': doneBeforeWritten,
  'set-back-for-good': setBackForGood,
  'arrival-for-receipt': arrivalForReceipt,
  'skyline-tail-lost': skylineTailLost,
  'decided-before-made': decidedBeforeMade,
  'decisions-lost-on-restore': decisionsLostOnRestore,
  'issued-again': issuedAgain,
  'issued-of-less': issuedOfLess,
  'cut-off-without-ends': cutOffWithoutEnds,
  'asked-before-claimed': askedBeforeClaimed,
  'claim-left-behind': claimLeftBehind,
};
