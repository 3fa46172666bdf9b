/** Sections 1 to 3 of the document: completeness, the eight indicators, activities and money. */
import type { FileChild } from 'docx';
import { indicators, percentOf, type SummaryCompleteness, type SummaryContent, type SummaryIndicator } from '#domain';
import { body, caption, heading, subheading, table, type Column, type Row } from './docx-parts.js';
import * as vi from './vi.js';

const right = { align: 'right' } as const;
const center = { align: 'center' } as const;

const completenessColumns: readonly Column[] = [
  { title: 'TT', share: 6, ...center },
  { title: 'Tỉnh, thành phố', share: 26 },
  { title: 'Phải có', share: 12, ...right },
  { title: 'Đã có', share: 12, ...right },
  { title: 'Đầy đủ', share: 11, ...right },
  { title: 'Đúng hạn', share: 11, ...right },
  { title: 'Thiếu chỉ tiêu', share: 11, ...right },
  { title: 'Chưa có', share: 11, ...right },
];

export const completenessSection = ({ completeness, completenessTotal: total }: SummaryContent): FileChild[] => {
  const counts = (of: SummaryCompleteness) =>
    [of.expected, of.reported, of.complete, of.onTime, of.partial, of.missing].map(vi.number);
  const share = percentOf({ numerator: total.reported, denominator: total.expected });
  return [
    heading('1. Tình hình báo cáo của các địa phương'),
    body(
      `Cả nước đã có ${vi.number(total.reported)}/${vi.number(total.expected)} báo cáo (${vi.percent(share)}); ` +
        `${vi.number(total.complete)} báo cáo đầy đủ, trong đó ${vi.number(total.onTime)} đúng hạn và ` +
        `${vi.number(total.late)} chậm; ${vi.number(total.partial)} báo cáo thiếu chỉ tiêu; ` +
        `${vi.number(total.missing)} báo cáo chưa có.`,
    ),
    caption('Đơn vị tính: báo cáo (một đơn vị báo cáo trong một tháng)'),
    table(completenessColumns, [
      { cells: ['', 'Cả nước', ...counts(total)], bold: true },
      ...completeness.map((row, n) => ({ cells: [String(n + 1), row.name, ...counts(row)] })),
    ]),
  ];
};

const targetColumns: readonly Column[] = [
  { title: '', share: 5, ...center },
  { title: 'Chỉ tiêu', share: 31 },
  { title: 'Kết quả', share: 19, ...right },
  { title: 'Tỷ lệ', share: 11, ...right },
  { title: 'Tỉnh đạt/có chỉ tiêu', share: 12, ...center },
  { title: 'So kỳ trước', share: 11, ...right },
  { title: 'So cùng kỳ', share: 11, ...right },
];

export const targetSection = ({ indicators: items }: SummaryContent): FileChild[] => [
  heading('2. Kết quả thực hiện tám chỉ tiêu'),
  caption('So kỳ trước, so cùng kỳ năm trước: điểm phần trăm đối với tỷ lệ, số tuyệt đối đối với số đếm'),
  table(targetColumns, items.filter(({ indicator }) => isTarget(indicator)).map(targetRow)),
];

const isTarget = (code: string) => indicators.find((indicator) => indicator.code === code)?.group === 'target';

const targetRow = (item: SummaryIndicator): Row => ({
  cells: [
    vi.letterOf(item.indicator),
    item.name,
    figure(item),
    vi.percent(item.percent),
    item.provincesWithTarget === 0
      ? 'không có chỉ tiêu'
      : `${vi.number(item.provincesAttained)}/${vi.number(item.provincesWithTarget)}`,
    vi.change(item.changeFromPrevious, item.kind),
    vi.change(item.changeFromLastYear, item.kind),
  ],
});

const figure = (item: SummaryIndicator): string => {
  if (item.kind !== 'ratio') return vi.number(item.value);
  return item.numerator === null ? vi.NONE : `${vi.number(item.numerator)}/${vi.number(item.denominator)}`;
};

const activityColumns: readonly Column[] = [
  { title: 'Nội dung', share: 36 },
  { title: 'Đơn vị tính', share: 13, ...center },
  { title: 'Kết quả', share: 25, ...right },
  { title: 'So kỳ trước', share: 13, ...right },
  { title: 'So cùng kỳ', share: 13, ...right },
];
/** Sums of a year run to nineteen characters: wide columns, and the unit above the table. */
const moneyColumns: readonly Column[] = [
  { title: 'Nội dung', share: 25 },
  { title: 'Kết quả', share: 25, ...right },
  { title: 'So kỳ trước', share: 25, ...right },
  { title: 'So cùng kỳ', share: 25, ...right },
];

export const activitySection = ({ indicators: items }: SummaryContent): FileChild[] => {
  const others = items.filter(({ indicator }) => !isTarget(indicator));
  const changes = (item: SummaryIndicator) => [
    vi.change(item.changeFromPrevious, item.kind),
    vi.change(item.changeFromLastYear, item.kind),
  ];
  const activities = others.filter(({ kind }) => kind !== 'amount');
  const money = others.filter(({ kind }) => kind === 'amount');
  return [
    heading('3. Các hoạt động và kinh phí'),
    subheading('a) Các hoạt động'),
    table(
      activityColumns,
      activities.map((item) => ({
        cells: [item.name, vi.measure(item.indicator), withPercent(item), ...changes(item)],
      })),
    ),
    subheading('b) Kinh phí'),
    caption('Đơn vị tính: đồng'),
    table(
      moneyColumns,
      money.map((item) => ({ cells: [item.name, figure(item), ...changes(item)] })),
    ),
  ];
};

const withPercent = (item: SummaryIndicator): string =>
  item.percent === null ? figure(item) : `${figure(item)} (${vi.percent(item.percent)})`;
