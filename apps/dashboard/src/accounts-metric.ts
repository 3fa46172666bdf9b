/**
 * The accounts as metrics: read = won + superseded + repeated + refused, for each partition of the event topic.
 *
 * Read from MongoDB when asked for, so that they are the same whichever process is asked, and survive every restart.
 */
import { Gauge } from 'prom-client';
import type { RollupReader } from '#store';

export const exposeAccounts = (reader: RollupReader): Gauge =>
  new Gauge({
    name: 'tonghop_events',
    help: 'Events read from a partition of the event topic, and what became of them',
    labelNames: ['partition', 'outcome'],
    async collect() {
      const totals = await totalAccounts(reader);
      this.reset();
      for (const [partition, account] of Object.entries(totals)) {
        for (const [outcome, count] of Object.entries(account)) this.set({ partition, outcome }, count);
      }
    },
  });

/** The accounts of all state partitions added up, by partition of the event topic. */
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
