/**
 * Logs: one JSON object a line on standard error, by pino; Nest writes through it too, and kafkajs (libs/kafka).
 *
 * No event, name or figure is ever logged: codes, counts, topics and offsets only.
 */
import type { LoggerService } from '@nestjs/common';
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
