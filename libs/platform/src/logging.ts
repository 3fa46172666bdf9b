/**
 * Logs: one JSON object a line on standard error, by pino; Nest and kafkajs write through it too.
 *
 * No event, name or figure is ever logged: codes, counts, topics and offsets only.
 */
import type { LoggerService } from '@nestjs/common';
import { logLevel, type logCreator } from 'kafkajs';
import pino, { type Logger } from 'pino';

export type { Logger } from 'pino';

export const createLogger = (service: string, level: string): Logger =>
  pino({ level, base: { service, pid: process.pid } }, pino.destination({ dest: 2, sync: true }));

/** Nest's messages as log lines. */
export const nestLogger = (logger: Logger): LoggerService => {
  const write =
    (level: 'info' | 'error' | 'warn' | 'debug') =>
    (message: unknown, ...rest: unknown[]) => {
      const context = rest.length > 0 ? { context: rest } : {};
      if (message instanceof Error) logger[level]({ err: message, ...context });
      else logger[level](context, String(message));
    };
  return { log: write('debug'), error: write('error'), warn: write('warn'), debug: write('debug') };
};

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
