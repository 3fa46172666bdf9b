/**
 * The generation: how often everything derived has been made anew from the event topic.
 *
 * A rebuild appends a record to the control topic; the generation is that topic's end offset plus one. Consumer groups,
 * records and documents carry it, so a new generation starts from the first event and from empty state, and nothing that an
 * older one still writes can touch it. A service that finds the generation changed stops, and is started again in the new one.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Kafka, patiently } from '#kafka';
import { inBackground } from '#promises';

const POLL_MS = 1_000;

const readGeneration = async (admin: ReturnType<Kafka['admin']>, control: string): Promise<number> => {
  const [partition] = await admin.fetchTopicOffsets(control);
  return Number(partition.high) + 1;
};

export const currentGeneration = async (kafka: Kafka, control: string): Promise<number> => {
  const admin = kafka.admin();
  await admin.connect();
  try {
    return await patiently(() => readGeneration(admin, control));
  } finally {
    await admin.disconnect();
  }
};

/** Calls `onChange` once when the generation is no longer `known`; returns how to stop watching. */
export const watchGeneration = (kafka: Kafka, control: string, known: number, onChange: () => void): (() => void) => {
  const admin = kafka.admin({ retry: { retries: 1 } });
  let stopped = false;
  const poll = async (): Promise<void> => {
    try {
      await admin.connect();
      if ((await readGeneration(admin, control)) === known) return;
      stopped = true;
      onChange();
    } catch {
      // Kafka is away: the consumers say so; the generation is asked for again
    }
  };
  const loop = async (): Promise<void> => {
    while (!stopped) {
      await sleep(POLL_MS, undefined, { ref: false });
      if (!stopped) await poll();
    }
    await admin.disconnect().catch(() => undefined);
  };
  inBackground(loop());
  return () => {
    stopped = true;
  };
};
