/**
 * Destroys data keys whose months are over, at the start and every few hours after it. Any number of processes may do so.
 */
import { setInterval } from 'node:timers';
import type { Kafka, OutRecord } from '#kafka';
import { inBackground } from '#promises';
import type { Logger } from '../logging.js';
import { destroyBefore, firstKeptMonth, keptKeys } from './data-keys.js';
import type { Sealer } from './sealer.js';

const EVERY_MS = 6 * 3_600_000;

type Send = (records: readonly OutRecord[]) => Promise<void>;

/** Ids of the keys that were destroyed. */
const destroyExpired = async (kafka: Kafka, { settings }: Sealer, send: Send): Promise<string[]> => {
  const { topic, months, now } = settings;
  const records = destroyBefore(topic, (await keptKeys(kafka, topic)).keys(), firstKeptMonth(now(), months));
  if (records.length > 0) await send(records);
  return records.map(({ key }) => String(key));
};

/** Returns what ends it. */
export const destroyExpiredKeys = (kafka: Kafka, sealer: Sealer, send: Send, logger: Logger): (() => void) => {
  const sweep = async (): Promise<void> => {
    try {
      const ids = await destroyExpired(kafka, sealer, send);
      if (ids.length > 0)
        logger.info({ ids }, 'data keys were destroyed: the bytes that they sealed are past their time');
    } catch (err) {
      logger.warn({ err }, 'data keys past their time could not be destroyed; it is tried again');
    }
  };
  inBackground(sweep());
  const timer = setInterval(() => inBackground(sweep()), EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
};
