/**
 * kafkajs' messages as log lines.
 */
import { logLevel, type logCreator } from 'kafkajs';
import type { Logger } from 'pino';

/** Messages that kafkajs writes as errors although it goes on by itself: a coordinator that is not there yet, a rebalance. */
const passing =
  /coordinator|rebalanc|concurrent operation|Connection|leader|broker|Response|REQUEST_TIMED_OUT|Offset out of range/i;

/** Said at every start of a producer whose retries are limited on purpose: a transaction that fails is made again whole. */
const known = 'Limiting retries for the idempotent producer may invalidate EoS guarantees';

/** kafkajs' messages as log lines. What it retries by itself is a warning at most. */
export const kafkaLogCreator =
  (logger: Logger): logCreator =>
  () =>
  ({
    level,
    log: { message, error, groupId, retryCount, stack: _stack, timestamp: _timestamp, logger: _name, ...rest },
  }) => {
    const fields = { error: error as unknown, groupId: groupId as unknown, retryCount: retryCount as unknown };
    if (level === logLevel.ERROR && !passing.test(`${message} ${String(error)}`)) logger.error(fields, message);
    else if (level <= logLevel.WARN && message !== known) logger.warn(fields, message);
    else logger.debug({ ...fields, rest }, message);
  };
