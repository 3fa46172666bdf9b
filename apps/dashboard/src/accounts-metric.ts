/**
 * The accounts as metrics: read = won + superseded + repeated + refused, for each partition of the event topics: `3` of the main one, `01/0` of a
 * province's.
 *
 * Read from MongoDB when asked for, so that they are the same whichever process is asked, and survive every restart. While it does not
 * answer they are left out, and `tonghop_accounts_up` is 0.
 */
import { eventPartitionName } from '#contracts';
import { within, type ServiceMetrics } from '#service';
import type { RollupReader } from '#store';

const ANSWER_MS = 1_000;

export const exposeAccounts = (reader: RollupReader, metrics: ServiceMetrics): void => {
  const events = metrics.gauge(
    'tonghop_events',
    'Events read from a partition of an event topic, and what became of them',
    ['partition', 'outcome'],
  );
  const isUp = metrics.gauge('tonghop_accounts_up', 'Whether MongoDB said at this scrape what became of the events');
  metrics.atScrape(async () => {
    const totals = await within(ANSWER_MS, () => totalAccounts(reader));
    isUp.set(totals === undefined ? 0 : 1);
    events.reset();
    for (const [partition, account] of Object.entries(totals ?? {})) {
      const name = eventPartitionName(Number(partition));
      for (const [outcome, count] of Object.entries(account)) events.set({ partition: name, outcome }, count);
    }
  });
};

/** The accounts of all state partitions added up, by partition of the event topics. */
export const totalAccounts = async (reader: RollupReader): Promise<Record<string, Record<string, number>>> => {
  const totals: Record<string, Record<string, number>> = {};
  for (const { accounts } of await reader.accounts()) {
    for (const [partition, account] of Object.entries(accounts)) {
      const total = (totals[partition] ??= {});
      for (const [outcome, count] of Object.entries(account)) total[outcome] = (total[outcome] ?? 0) + count;
    }
  }
  return totals;
};
