/**
 * Lists as tables for whoever asks for one: an answer is made as always, and turned into CSV, XLSX or newline-delimited JSON just before it is
 * sent. So every list can be had as a table, under the rule, scope and audit of its route.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { fromExactJson } from '#domain';
import { formatIn, mediaTypes, type TableFormat } from '#service/http';
import { csvOf, ndjsonOf } from './table-text.js';
import { tableOf, type Table } from './table.js';
import { workbookOf } from './table-workbook.js';

/** From now on; before what compresses answers. */
export const exportTables = (fastify: FastifyInstance): void => {
  fastify.addHook('onSend', async (request, reply, payload) => {
    if (!request.url.startsWith('/v1/')) return payload;
    reply.header('vary', varied(reply.getHeader('vary')));
    const format = formatIn(request.headers.accept);
    if (format === undefined || reply.statusCode !== OK || !isJson(reply)) return payload;
    const text = Buffer.isBuffer(payload) ? payload.toString() : payload;
    if (typeof text !== 'string') return payload;
    const answer = answerIn(text);
    const table = tableOf(answer);
    if (table === undefined) return payload;
    reply.header('content-type', format === 'csv' ? `${mediaTypes.csv}; charset=utf-8` : mediaTypes[format]);
    reply.header('content-disposition', `attachment; filename="${fileName(request, format)}"`);
    reply.removeHeader('content-length');
    const next = (answer as { readonly next?: unknown }).next;
    if (typeof next === 'string') reply.header('link', `<${nextPage(request, next)}>; rel="next"`);
    return writers[format](table, request);
  });
};
const OK = 200;

const isJson = (reply: FastifyReply): boolean => String(reply.getHeader('content-type')).startsWith('application/json');

/** The same address answers in several forms. */
const varied = (header: unknown): string => {
  const held = typeof header === 'string' && header !== '' ? header : '';
  return /(^|,)\s*accept\s*(,|$)/i.test(held) ? held : [held, 'accept'].filter(Boolean).join(', ');
};

/** A text with as many digits as a long number is no number. */
const answerIn = (payload: string): unknown => {
  try {
    return fromExactJson(payload);
  } catch {
    return JSON.parse(payload);
  }
};

const writers: Readonly<Record<TableFormat, (table: Table, request: FastifyRequest) => string | Promise<Buffer>>> = {
  csv: csvOf,
  ndjson: ndjsonOf,
  xlsx: (table, { originalUrl }) => workbookOf(table, aboutOf(originalUrl)),
};

/** `tonghop-rollups-01-2026-Q1.csv`: of the path and the query, nothing that a caller makes up. */
const fileName = ({ url }: FastifyRequest, format: TableFormat): string => {
  const { pathname, searchParams } = new URL(url, 'http://x');
  const parts = [
    ...pathname.split('/').slice(2),
    ...['unit', 'window', 'period', 'indicator'].map((name) => searchParams.get(name)),
  ];
  const safe = parts.filter((part) => part !== null && /^[\w-]{1,40}$/.test(part));
  return `tonghop-${safe.join('-')}.${format}`;
};

const nextPage = ({ url }: FastifyRequest, cursor: string): string => {
  const { pathname, searchParams } = new URL(url, 'http://x');
  searchParams.set('cursor', cursor);
  return `${pathname}?${searchParams.toString()}`;
};

const aboutOf = (address: string): readonly (readonly [string, string])[] => [
  ['Nguồn', 'Tổng Hợp, số liệu Dự án 5'],
  ['Địa chỉ', address],
  ['Tải lúc (UTC)', new Date().toISOString()],
  [
    'Phạm vi sử dụng',
    'internal: dùng trong cơ quan; restricted: số liệu cấp xã, hạn chế, mỗi lần xem hoặc tải được ghi lại',
  ],
  ['Phân tổ', 'Dòng không có phân tổ là tổng; các dòng có phân tổ là phần của tổng, không cộng thêm'],
  ['Kỳ', 'Tháng báo cáo từ ngày 15 tháng trước đến ngày 14 (Nghị định 09/2019/NĐ-CP)'],
];
