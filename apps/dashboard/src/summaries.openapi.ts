/** What the routes of summaries answer, for the API's description: shapes of the answers, and the problems by status. */
import type { ApiResponseOptions } from '@nestjs/swagger';

const instant = { type: 'string', format: 'date-time', nullable: true, example: '2026-03-22T07:00:00.000+07:00' };

const summary = {
  type: 'object',
  required: ['id', 'unit', 'window', 'revision', 'status', 'issuedAt', 'cutOff', 'checksum'],
  properties: {
    id: { type: 'string', example: 'VN-2026-Q1-r1' },
    unit: { type: 'string', example: 'VN' },
    window: { type: 'string', example: '2026-Q1' },
    revision: { type: 'integer', minimum: 1 },
    status: { type: 'string', enum: ['pending', 'issued', 'failed'] },
    issuedAt: instant,
    cutOff: instant,
    checksum: {
      type: 'string',
      nullable: true,
      description: 'SHA-256 of the bytes of the JSON document, in hexadecimal',
    },
    error: { type: 'string', description: 'why it failed; only where it did' },
    waiting: {
      type: 'object',
      description: 'while it is pending: what it waits for',
      required: ['for', 'left'],
      properties: {
        for: { type: 'string', example: 'province stage' },
        left: {
          type: 'integer',
          nullable: true,
          description: 'events or records that are left, where they can be counted',
        },
      },
    },
  },
};

/** The members that are promised; the documents say more. */
const content = {
  type: 'object',
  required: ['unit', 'window', 'revision', 'cutOff', 'completeness', 'indicators', 'appendix', 'changesFromRevision'],
  properties: {
    unit: { type: 'string', example: 'VN' },
    window: { type: 'string', example: '2026-Q1' },
    revision: { type: 'integer', minimum: 1 },
    cutOff: { type: 'string', format: 'date-time' },
    completeness: { type: 'array', items: { type: 'object' } },
    indicators: { type: 'array', items: { type: 'object' }, minItems: 29, maxItems: 29 },
    appendix: { type: 'array', items: { type: 'object' } },
    changesFromRevision: { type: 'array', items: { type: 'object' }, nullable: true },
  },
};

const problem = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string' },
  },
};

const etag = { description: 'of the bytes', schema: { type: 'string' } };
const document = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

const answer = (status: number, description: string, schema: object): ApiResponseOptions =>
  ({ status, description, content: { 'application/json': { schema } } }) as ApiResponseOptions;

export const problemAnswer = (status: number, description: string): ApiResponseOptions =>
  ({ status, description, content: { 'application/problem+json': { schema: problem } } }) as ApiResponseOptions;

export const requested = answer(202, 'the id of the summary to wait for', {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'string', example: 'VN-2026-Q1-r1' } },
});

export const listed = answer(200, 'the summaries, newest request first', {
  type: 'object',
  required: ['items'],
  properties: { items: { type: 'array', items: summary } },
});

export const given = {
  status: 200,
  description: 'the summary; with .json behind its id what it says, with .docx the Word document',
  headers: { ETag: etag },
  content: {
    'application/json': { schema: { anyOf: [summary, content] } },
    [document]: { schema: { type: 'string', format: 'binary' } },
  },
} as ApiResponseOptions;

export const notModified: ApiResponseOptions = { status: 304, description: 'the caller has the document already' };

/** The body of a request. */
export const requestBody = {
  required: true,
  schema: {
    type: 'object',
    required: ['window'],
    additionalProperties: false,
    properties: {
      window: {
        type: 'string',
        description: 'a month, quarter, half year, nine months or year that has begun, from 2025 to 2030',
        pattern: '^20(2[5-9]|30)(-(0[1-9]|1[0-2]|Q[1-4]|H[12]|9M))?$',
        example: '2026-Q1',
      },
    },
  },
};
