/** What the routes of summaries answer beyond one shape, and why they refuse, for the API's description. */
import type { ApiResponseOptions } from '@nestjs/swagger';
import { summaryMediaTypes } from '#contracts';
import { refTo } from '#service/http';
import { whoMayNot } from './problems.js';

/** One path for three things: what stands behind the id says which. */
export const given = {
  status: 200,
  description: 'the summary; with .json behind its id what it says, with .docx the Word document',
  headers: { ETag: { description: 'of the bytes', schema: { type: 'string' } } },
  content: {
    'application/json': { schema: { anyOf: [refTo('Summary'), refTo('SummaryContent')] } },
    [summaryMediaTypes.docx]: { schema: { type: 'string', format: 'binary' } },
  },
} as ApiResponseOptions;

export const notModified: ApiResponseOptions = { status: 304, description: 'the caller has the document already' };

export const whyNotAsked = {
  ...whoMayNot,
  400: 'the body is not JSON, or names no window: INVALID_WINDOW',
  409: 'the window has not begun: WINDOW_NOT_BEGUN',
  415: 'the body is not application/json',
  503: 'Kafka or MongoDB is away; Retry-After says when to come again',
};
export const whyNotListed = { ...whoMayNot, 503: 'MongoDB is away; Retry-After says when to come again' };
export const whyNotGiven = { 404: 'there is no such summary, or its document is not issued', ...whyNotListed };
