/**
 * What the API's description says of `POST /v1/events`: bodies, answers and problems, each with its type and an example.
 *
 * The schema of an event says its shape; what only the checks know (units, the catalogue, sums) is answered with 422.
 */
import { HttpStatus } from '@nestjs/common';
import type { ApiResponseOptions } from '@nestjs/swagger';
import { BATCH_TYPE, JSON_TYPE, SINGLE_TYPE } from '#contracts';
import { NOTHING_AROSE, refusalCodes, REPORTED, RETRACTED } from '#domain';
import { MAX_BATCH } from './cloudevents-http.js';

/** Nest's own, which its index does not give out. */
type SchemaObject = Extract<ApiResponseOptions, { schema: unknown }>['schema'];

const PROBLEM_TYPE = 'application/problem+json';
const whole: SchemaObject = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
const fields = { numerator: whole, denominator: whole, value: whole } as const;

const data: SchemaObject = {
  type: 'object',
  required: ['unit', 'period', 'revision'],
  properties: {
    unit: { type: 'string', description: 'Code of a commune or province', example: '00004' },
    indicator: {
      type: 'string',
      description: `Code in the catalogue. Required, but for ${NOTHING_AROSE}, which has none`,
      example: 'c',
    },
    period: { type: 'string', description: 'A month, YYYY-MM', example: '2026-03' },
    revision: { ...whole, minimum: 1 },
    ...fields,
    breakdown: {
      type: 'object',
      description: 'By category, adding up to the figure',
      additionalProperties: { type: 'object', properties: fields, additionalProperties: false },
    },
  },
  additionalProperties: false,
};
const figures = { unit: '00004', indicator: 'c', period: '2026-03', revision: 1, numerator: 12, denominator: 30 };

const text = { type: 'string', minLength: 1 } as const;
const cloudEvent: SchemaObject = {
  type: 'object',
  description:
    'A CloudEvent 1.0 in structured JSON. `data_base64` may hold the data as JSON text in base64 in the place of `data`.',
  required: ['specversion', 'id', 'source', 'type', 'time'],
  properties: {
    specversion: { type: 'string', enum: ['1.0'] },
    id: { ...text, maxLength: 256, description: '256 bytes of UTF-8 at most' },
    source: { ...text, maxLength: 256, description: '/units/ and the code of the unit' },
    type: { type: 'string', enum: [REPORTED, RETRACTED, NOTHING_AROSE] },
    time: { type: 'string', format: 'date-time', maxLength: 40 },
    datacontenttype: { description: 'Not looked at: the data is JSON' },
    data,
  },
};
const event = {
  specversion: '1.0',
  id: '01JD7Z0Q3S8Y4N6V2B1C5D9E7F',
  source: '/units/00004',
  type: REPORTED,
  time: '2026-03-14T09:30:00Z',
  datacontenttype: JSON_TYPE,
  data: figures,
};

const quietMonth = {
  ...event,
  id: '01JD7Z0Q3S8Y4N6V2B1C5D9E9B',
  type: NOTHING_AROSE,
  data: { unit: '00004', period: '2026-03', revision: 1 },
};

export const bodies = {
  required: true,
  content: {
    [SINGLE_TYPE]: { schema: cloudEvent, examples: { report: { value: event }, nothingArose: { value: quietMonth } } },
    [BATCH_TYPE]: {
      schema: { type: 'array', items: cloudEvent, maxItems: MAX_BATCH } as SchemaObject,
      examples: { reports: { value: [event] } },
    },
    [JSON_TYPE]: { schema: data, examples: { report: { summary: 'With ce- headers', value: figures } } },
  },
};

/** Attributes of an event in binary mode. */
export const binaryHeaders = (['specversion', 'id', 'source', 'type', 'time'] as const).map((name) => ({
  name: `ce-${name}`,
  required: false,
  description: `In binary mode (${JSON_TYPE} and its like): the attribute ${name}, percent-encoded beyond ASCII`,
  schema: { type: 'string' } as SchemaObject,
  example: event[name],
}));

const refusedSchema: SchemaObject = {
  type: 'object',
  required: ['index', 'id', 'code', 'pointer', 'detail'],
  properties: {
    index: { type: 'integer', minimum: 0 },
    id: { type: 'string', nullable: true, maxLength: 256 },
    code: { type: 'string', enum: [...refusalCodes] },
    pointer: { type: 'string', description: 'JSON pointer to the place in the event' },
    detail: { type: 'string' },
  },
};
const counts = {
  received: { type: 'integer', minimum: 0 },
  accepted: { type: 'integer', minimum: 0 },
  rejected: { type: 'array', items: refusedSchema },
} as const satisfies Record<string, SchemaObject>;
const held: SchemaObject = {
  type: 'array',
  description: 'Those of the accepted whose month is locked: the province decides them. Left out where there are none',
  items: {
    type: 'object',
    required: ['index', 'id'],
    properties: { index: { type: 'integer', minimum: 0 }, id: { type: 'string', maxLength: 256 } },
  },
};
const refusal = {
  index: 0,
  id: event.id,
  code: 'NUMERATOR_EXCEEDS_DENOMINATOR',
  pointer: '/data/numerator',
  detail: 'the numerator exceeds the denominator',
};
const problemFields = {
  type: { type: 'string', format: 'uri-reference' },
  title: { type: 'string' },
  status: { type: 'integer', minimum: 400, maximum: 599 },
  code: { type: 'string' },
  detail: { type: 'string' },
} as const satisfies Record<string, SchemaObject>;
const problemSchema: SchemaObject = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: problemFields,
};
const notAccepted: SchemaObject = {
  type: 'object',
  required: ['type', 'title', 'status', 'received', 'accepted', 'rejected'],
  properties: { ...problemFields, ...counts },
};

const retryAfter = {
  'Retry-After': { description: 'Seconds after which to come again', schema: { type: 'integer' } as SchemaObject },
};
const problem = (status: number, title: string, code: string, detail: string): ApiResponseOptions => ({
  status,
  description: detail,
  content: {
    [PROBLEM_TYPE]: {
      schema: problemSchema,
      examples: { problem: { value: { type: 'about:blank', title, status, code, detail } } },
    },
  },
  ...(status === 429 || status === 503 ? { headers: retryAfter } : {}),
});

const none = { received: 1, accepted: 0 };
const noEvent = { type: 'about:blank', title: 'No event was accepted' };

export const answers: readonly ApiResponseOptions[] = [
  {
    status: HttpStatus.ACCEPTED,
    description: 'At least one event is accepted; every accepted one is acknowledged by Kafka',
    content: {
      [JSON_TYPE]: {
        schema: { type: 'object', required: Object.keys(counts), properties: { ...counts, held } },
        examples: { accepted: { value: { received: 1, accepted: 1, rejected: [] } } },
      },
    },
  },
  {
    status: 400,
    description: 'The body cannot be read: not JSON, a batch that is not an array, or gzip that is not whole',
    content: {
      [PROBLEM_TYPE]: {
        schema: { ...notAccepted, required: ['type', 'title', 'status'] },
        examples: {
          unreadable: {
            value: {
              ...noEvent,
              status: 400,
              ...none,
              rejected: [{ ...refusal, id: null, code: 'MALFORMED_JSON', pointer: '', detail: 'not JSON' }],
            },
          },
        },
      },
    },
  },
  problem(413, 'Content too large', 'REQUEST_TOO_LARGE', `Over ${MAX_BATCH} events, or too many bytes, unpacked`),
  problem(415, 'Unsupported media type', 'UNSUPPORTED_MEDIA_TYPE', 'Another Content-Type, charset or Content-Encoding'),
  {
    status: 422,
    description: 'No event is accepted',
    content: {
      [PROBLEM_TYPE]: {
        schema: notAccepted,
        examples: { refused: { value: { ...noEvent, status: 422, ...none, rejected: [refusal] } } },
      },
    },
  },
  problem(429, 'Too many requests', 'TOO_MANY_REQUESTS', 'More is under way than there is room for'),
  problem(503, 'Service unavailable', 'KAFKA_UNAVAILABLE', 'Kafka is away, and nothing was taken'),
];
