/** Examples of reference data and of health. */
import type { ApiExample } from '#service/http';

const as = 'reporter of 00004';

export const referenceExamples: readonly ApiExample[] = [
  {
    operation: 'catalogue',
    name: 'catalogue',
    summary: 'The indicators',
    as,
    status: 200,
    cut: { indicators: 1 },
    answer: {
      version: '2026.1',
      source: "The plans of Hà Nội (12/2025) and Lào Cai (5/2026) for Dự án 5; section numbers are the plans' own",
      indicators: [
        {
          code: 'a',
          letter: 'a',
          name_vi:
            'Cơ sở cai nghiện công lập bảo đảm điều kiện cơ sở vật chất, trang thiết bị và đủ điều kiện xác định tình trạng nghiện',
          name_en:
            'Public rehabilitation facilities that meet the infrastructure and equipment conditions and may determine addiction status',
          group: 'target',
          kind: 'ratio',
          over_time: 'last',
          reported_by: ['province'],
          unit: 'facilities',
          source: 'II.2.a',
          numerator_vi: 'Số cơ sở đủ điều kiện',
          denominator_vi: 'Tổng số cơ sở cai nghiện công lập',
        },
      ],
      provisionalBelow: 80,
    },
  },
  {
    operation: 'plans',
    name: 'plans',
    summary: 'The plans',
    as,
    status: 200,
    cut: { plans: 1, 'plans.targets': 1 },
    answer: {
      plans: [
        {
          unit: '01',
          name: 'Kế hoạch triển khai Dự án 5 trên địa bàn thành phố Hà Nội',
          issued: '2025-12',
          from_year: 2025,
          to_year: 2030,
          standing_agency: 'Công an thành phố Hà Nội',
          targets: {
            a: {
              yearly: {
                '2026': { op: '>=', percent: 100 },
                '2027': { op: '>=', percent: 100 },
                '2028': { op: '>=', percent: 100 },
                '2029': { op: '>=', percent: 100 },
                '2030': { op: '>=', percent: 100 },
              },
            },
          },
        },
      ],
    },
  },
  {
    operation: 'units',
    name: 'commune',
    summary: 'Of the communes of a province, the caller’s own',
    as,
    parameters: { level: 'commune', parent: '01' },
    status: 200,
    answer: {
      items: [
        {
          code: '00004',
          name: 'Ba Đình',
          fullName: 'Phường Ba Đình',
          level: 'commune',
          parent: '01',
          unitType: 'phường',
        },
      ],
    },
  },
  {
    operation: 'healthHealth',
    name: 'runs',
    summary: 'It runs',
    status: 200,
    answer: { status: 'ok' },
  },
  {
    operation: 'healthReady',
    name: 'ready',
    summary: 'It can do its work',
    status: 200,
    answer: { status: 'ok', parts: { process: true, redis: true, mongodb: true, kafka: true, stream: true } },
  },
];
