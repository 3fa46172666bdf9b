/** Examples of what is typed about a month, as long as it is open. */
import type { ApiExample } from '#service/http';
import { problem } from './problem.js';

const commune = { code: '00004' };
const march = { ...commune, period: '2026-03' };
const [reporter, signer] = ['reporter of 00004', 'signer of 00004'];

export const entryExamples: readonly ApiExample[] = [
  {
    operation: 'reportForm',
    name: 'commune',
    summary: 'A month that is open, and what a commune has reported of it',
    as: signer,
    parameters: march,
    status: 200,
    cut: { cells: 3 },
    answer: {
      unit: '00004',
      name: 'Phường Ba Đình',
      period: '2026-03',
      deadline: '2026-03-17T16:59:59.999Z',
      isLocked: false,
      isConfigured: true,
      cells: [
        { indicator: 'b', figure: null, held: null, revision: 0 },
        { indicator: 'c', figure: { numerator: 12, denominator: 30 }, held: null, revision: 1 },
        { indicator: 'd', figure: null, held: null, revision: 0 },
      ],
    },
  },
  {
    operation: 'enterReport',
    name: 'accepted',
    summary: 'A first figure, of another month',
    as: reporter,
    parameters: { ...commune, period: '2026-04' },
    body: { cells: [{ indicator: 'c', seen: 0, figure: { numerator: 3, denominator: 8 } }] },
    status: 202,
    answer: {
      unit: '00004',
      period: '2026-04',
      accepted: 1,
      cells: [{ indicator: 'c', revision: 1, event: '15ac9918-8ff8-49c8-b54e-3c5941a8318d.c', isHeld: false }],
      rejected: [],
    },
  },
  {
    operation: 'enterReport',
    name: 'refused',
    summary: 'More than there can be: where it is wrong',
    as: reporter,
    parameters: march,
    body: { cells: [{ indicator: 'c', seen: 1, figure: { numerator: 31, denominator: 30 } }] },
    status: 422,
    answer: {
      type: 'about:blank',
      title: 'Not right',
      status: 422,
      code: 'EVENTS_REFUSED',
      detail: 'nothing was taken: some of it is not right',
      rejected: [
        {
          indicator: 'c',
          code: 'NUMERATOR_EXCEEDS_DENOMINATOR',
          pointer: '/data/numerator',
          detail: 'the numerator exceeds the denominator',
        },
      ],
    },
  },
  {
    operation: 'enterReport',
    name: 'changed',
    summary: 'The cell says something else than the form showed',
    as: reporter,
    parameters: march,
    body: { cells: [{ indicator: 'c', seen: 0, figure: { numerator: 11, denominator: 30 } }] },
    status: 409,
    answer: problem(
      409,
      'Conflict',
      'REPORT_CHANGED',
      'others by now than what the form showed: c; look at them again',
    ),
  },
];
