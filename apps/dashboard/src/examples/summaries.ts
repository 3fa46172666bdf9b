/** Examples of national summaries, in the order in which one comes about. */
import type { ApiExample } from '#service/http';
import { problem } from './problem.js';

const as = 'analyst of VN';

export const summaryExamples: readonly ApiExample[] = [
  {
    operation: 'summariesRequest',
    name: 'quarter',
    summary: 'A summary of a quarter',
    as,
    body: { window: '2026-Q1' },
    status: 202,
    answer: { id: 'VN-2026-Q1-r1' },
  },
  {
    operation: 'summariesRequest',
    name: 'noSuchWindow',
    summary: 'A window that there is not',
    as,
    body: { window: '2026-Q5' },
    status: 400,
    answer: problem(
      400,
      'Bad request',
      'INVALID_WINDOW',
      'the body is {"window": "2026-Q1"}, with a window from 2025 to 2030',
    ),
  },
  {
    operation: 'summariesRequest',
    name: 'notBegun',
    summary: 'A window that has not begun',
    as,
    body: { window: '2030-12' },
    status: 409,
    answer: problem(409, 'Conflict', 'WINDOW_NOT_BEGUN', 'nothing of 2030-12 can have been reported: it has not begun'),
  },
  {
    operation: 'summariesGet',
    name: 'issued',
    summary: 'A summary that is issued',
    as,
    parameters: { name: 'VN-2026-Q1-r1' },
    status: 200,
    answer: {
      id: 'VN-2026-Q1-r1',
      unit: 'VN',
      window: '2026-Q1',
      revision: 1,
      status: 'issued',
      issuedAt: '2026-04-22T07:00:09.757+07:00',
      cutOff: '2026-04-22T07:00:06.680+07:00',
      checksum: '99df839d34a8335b3e987f0a9e9d4603032c104a29169dff5e37c9add0f148cf',
    },
  },
  {
    operation: 'summariesGet',
    name: 'noSuchSummary',
    summary: 'No summary is called that',
    as,
    parameters: { name: 'VN-2026-Q1-r9' },
    status: 404,
    answer: problem(404, 'Not found', 'NOT_FOUND', 'there is no such summary'),
  },
  {
    operation: 'summariesList',
    name: 'all',
    summary: 'All summaries',
    as,
    status: 200,
    answer: {
      items: [
        {
          id: 'VN-2026-Q1-r1',
          unit: 'VN',
          window: '2026-Q1',
          revision: 1,
          status: 'issued',
          issuedAt: '2026-04-22T07:00:09.757+07:00',
          cutOff: '2026-04-22T07:00:06.680+07:00',
          checksum: '99df839d34a8335b3e987f0a9e9d4603032c104a29169dff5e37c9add0f148cf',
        },
      ],
    },
  },
];
