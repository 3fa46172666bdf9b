/**
 * What must be so when the faults are over: everything works again by itself, everything sent was taken, and what the installation
 * says is what its event topic says.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { drained } from '../../cli/drain.js';

import type { Checks } from './checks.js';
import { asOfFaults, decisionCoverage, heldFaults, historyFaults, instantsOf } from './decision-verdict.js';
import { type Happened } from './faults.js';
import type { ForeignSender } from './foreign-sender.js';
import type { Ground } from './ground.js';
import type { HttpSender } from './http-sender.js';
import type { Observers } from './observers.js';
import type { SummaryRequests } from './summaries.js';
import { streamFaults, streamsMissed, unexpectedEnds } from './process-verdict.js';
import {
  accountFaults,
  acknowledgementFaults,
  coverageFaults,
  hostileFaults,
  readTruth,
  refusalFaults,
  rollupFaults,
  type Truth,
} from './verdict.js';
import { withTimeout } from '#promises';

const READY_MS = 90_000;
const ANSWERED_MS = 90_000;
const ARRIVES_MS = 120_000;
const DRAIN_MS = 240_000;
/** A sweep comes by once a minute; those that outlived the faults are made one after the other, of all that was ever known. */
const ISSUED_MS = 300_000;
const DECIDED_MS = 240_000;
const FINAL_WINDOWS = ['2026-Q1', '2026-10', '2026'];

const within = async (work: Promise<unknown>, ms: number, what: string): Promise<string[]> => {
  await withTimeout(work, ms, what);
  return [];
};

export const afterwards = async (
  ground: Ground,
  observers: Observers,
  happened: readonly Happened[],
  checks: Checks,
): Promise<void> => {
  const { http, kafka, foreign, probes, summaries, streams, signers } = observers;
  await checks.make('every process takes work again, started by its supervisor only', () =>
    within(ground.supervisor.ready(), READY_MS, 'one does not get ready'),
  );
  await checks.make('everything sent over HTTP was answered', async () => {
    await within(http.settled(), ANSWERED_MS, `${http.waiting} requests are not answered`);
    return http.unexpected;
  });
  await checks.make('everything sent to Kafka was acknowledged', () =>
    within(Promise.all([kafka.settled(), foreign.settled()]), ANSWERED_MS, 'some is not'),
  );
  await checks.make('a figure that is published now arrives', async () =>
    (await probes.arrivesWithin(ARRIVES_MS)) === undefined ? [`not within ${ARRIVES_MS} ms`] : [],
  );
  await checks.make('signers decide again in every province', async () =>
    (await signers.answeredWithin(DECIDED_MS)).map((what) => `${what}: nothing within ${DECIDED_MS} ms`),
  );
  await checks.make('streams of a commune, its province and the country hand out what is published now', () =>
    streamFaults(observers),
  );
  checks.note(`streams were opened all the time (${streams.opened}, ${streams.events} events)`, [
    ...streamsMissed(streams, happened),
    ...streams.unexpected,
  ]);
  checks.note(`no process ended but those that were killed (${ground.ends.length})`, unexpectedEnds(ground, happened));
  await Promise.all([signers.close(), observers.asOf.close()]);
  await summariesAreIssued(summaries, checks);
  http.stop();
  await observers.close();
  const truth = await figuresAreExact(ground, http, checks);
  await foreignIsAccountedFor(ground, foreign, truth, checks);
  await decisionsAreInEffect(ground, observers, truth, checks);
  await finalSummaries(truth, summaries, checks);
  await checks.make('every summary is issued once and has not changed since', () => summaries.faults());
};

/** What signers were answered, against the topic of decisions, and what the dashboard says of it. */
const decisionsAreInEffect = async (
  ground: Ground,
  { signers, asOf }: Observers,
  truth: Truth,
  checks: Checks,
): Promise<void> => {
  const { attempts, api } = signers;
  const { decisions } = truth;
  checks.note(`signers got no answer that they can do nothing with (${attempts.all.length} attempts)`, api.unexpected);
  checks.note(
    `decisions of every kind were made, corrections came both ways (${decisions.length} in the topic)`,
    decisionCoverage(signers, truth),
  );
  checks.note(
    `every decision that was answered for is in effect (${attempts.count('made')})`,
    attempts.lacking(decisions),
  );
  checks.note(
    `nothing else is: turned down (${attempts.count('turned down')}) never, not known (${attempts.count('unknown')}) at most once`,
    attempts.excess(decisions),
  );
  await checks.make(`what every cell ever said is exact (${truth.reports.length} reports), and what was decided`, () =>
    historyFaults(ground, truth),
  );
  await checks.make(
    'months are locked or open as decided, held and decided corrections are those of a recomputation',
    () => heldFaults(signers, truth),
  );
  const asked = `${instantsOf(asOf).length} instants, ${asOf.answers.length} answers during the run`;
  await checks.make(`provinces and the country are exact as of instants of the run (${asked})`, () =>
    asOfFaults(ground, asOf, truth),
  );
};

/** Every check but those of summaries; for other runs too. */
export const figuresAreExact = async (ground: Ground, http: HttpSender, checks: Checks): Promise<Truth> => {
  await checks.make('the pipeline drains', () => within(drained(ground.installation), DRAIN_MS, 'it does not'));
  const truth = await readTruth(ground);
  await checks.make(`every rollup of every unit is exact (${truth.rollups.size} of ${truth.events} events)`, () =>
    rollupFaults(ground, truth),
  );
  await checks.make(`every acknowledged event stands in the event topic (${http.accepted.length} over HTTP)`, () =>
    acknowledgementFaults(http.accepted, truth),
  );
  await checks.make('the accounts add up: read = won + superseded + repeated + refused', () =>
    accountFaults(ground, truth),
  );
  await checks.make(`every refusal is stored, once (${truth.refused.size} of the event topic)`, () =>
    refusalFaults(ground, truth),
  );
  return truth;
};

const foreignIsAccountedFor = async (
  ground: Ground,
  foreign: ForeignSender,
  truth: Truth,
  checks: Checks,
): Promise<void> => {
  const { taken, acknowledged, hostilePlaces } = foreign;
  const batches = [...taken.values()].reduce((sum, count) => sum + count, 0);
  checks.note(`every codec and every kind of hostile batch was there (${batches} batches)`, coverageFaults(foreign));
  checks.note(
    `every event in another client's codec stands in the event topic (${acknowledged.length})`,
    acknowledgementFaults(acknowledged, truth),
  );
  await checks.make(`every record that nobody should write is refused at its place (${hostilePlaces.length})`, () =>
    hostileFaults(ground, foreign),
  );
};

const summariesAreIssued = (summaries: SummaryRequests, checks: Checks): Promise<void> =>
  checks.make(`every summary that was promised is issued (${summaries.promised.size})`, async () => {
    return summaries.settled(ISSUED_MS);
  });

/** The generation's cache of a reader is half a second old at most. */
const SETTLED_MS = 1_000;

const finalSummaries = async ({ rollups }: Truth, summaries: SummaryRequests, checks: Checks): Promise<void> => {
  await sleep(SETTLED_MS);
  await checks.make('a summary that is asked for now says the exact figures', async () => {
    const faults: string[] = [];
    for (const window of FINAL_WINDOWS) {
      const id = await summaries.request(window, ISSUED_MS);
      if (id === undefined) return [`none of ${window} is promised`];
      const left = await summaries.settled(ISSUED_MS);
      if (left.length > 0) return left;
      faults.push(...(await summaries.differences(id, window, rollups)));
    }
    return faults;
  });
};
