/**
 * What kafkajs' errors mean.
 */
const fencedTypes = new Set([
  'INVALID_PRODUCER_EPOCH',
  'PRODUCER_FENCED',
  'INVALID_PRODUCER_ID_MAPPING',
  'INVALID_TXN_STATE',
]);

const causes = (error: unknown): unknown[] =>
  error === undefined || error === null
    ? []
    : [
        error,
        ...causes((error as { cause?: unknown }).cause),
        ...causes((error as { originalError?: unknown }).originalError),
      ];

/** Whether another worker has taken the partition over: its producer has a newer epoch. */
export const isFenced = (error: unknown): boolean =>
  causes(error).some((cause) => fencedTypes.has((cause as { type?: string }).type ?? ''));

/** The broker has looked at the records and does not take them: the same ones will not be taken later either. */
const refusedTypes = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_RECORD',
  'INVALID_TIMESTAMP',
  'UNSUPPORTED_COMPRESSION_TYPE',
]);

export const isRefusedByBroker = (error: unknown): boolean =>
  causes(error).some((cause) => refusedTypes.has((cause as { type?: string }).type ?? ''));

/** kafkajs throws a plain error where a connection is lost between finding a broker and asking it. */
const LOST = 'Broker not connected';

export const isKafkaError = (error: unknown): boolean =>
  causes(error).some((cause) => {
    const { name, message } = cause as { name?: string; message?: string };
    return name?.startsWith('KafkaJS') === true || message === LOST;
  });
