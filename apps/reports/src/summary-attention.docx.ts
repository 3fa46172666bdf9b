/**
 * Sections 4 to 6 of the document: what is behind, whom to commend, and what a later revision changes.
 *
 * Communes are named where a province has few to ask; where more are missing, their number says enough, and the codes are
 * in the JSON.
 */
import type { FileChild } from 'docx';
import {
  provinces,
  unitOf,
  type SummaryBehind,
  type SummaryChange,
  type SummaryContent,
  type SummaryFigure,
  type TargetOutcome,
} from '#domain';
import { body, heading, subheading, table, type Column } from './docx-parts.js';
import * as vi from './vi.js';

const NAMED_UNITS = 12;
const center = { align: 'center' } as const;

const outcomeColumns: readonly Column[] = [
  { title: 'Tỉnh, thành phố', share: 22 },
  { title: 'Chỉ tiêu', share: 42 },
  { title: 'Đạt được', share: 18, ...center },
  { title: 'Mục tiêu', share: 18, ...center },
];

export const behindSection = ({ behind }: SummaryContent): FileChild[] => [
  heading('4. Những nội dung còn chậm'),
  subheading('a) Địa phương chưa đạt chỉ tiêu'),
  ...outcomes(behind.underTarget, 'Không có địa phương nào dưới mức chỉ tiêu của kế hoạch.'),
  ...(behind.undecided.length === 0
    ? []
    : [subheading('b) Chỉ tiêu chưa đủ số liệu để đánh giá'), ...outcomes(behind.undecided, '')]),
  subheading(`${behind.undecided.length === 0 ? 'b' : 'c'}) Đơn vị chưa báo cáo hoặc báo cáo thiếu chỉ tiêu`),
  ...missing(behind),
  ...notes(behind),
];

const outcomes = (found: readonly TargetOutcome[], none: string): FileChild[] => {
  if (found.length === 0) return [body(none)];
  const rows = found.map((outcome) => {
    const { unit, indicator, target } = outcome;
    const name = `${vi.letterOf(indicator)}) ${vi.indicatorName(indicator)}`;
    return { cells: [vi.unitName(unit), name, reached(outcome), vi.target(target)] };
  });
  return [table(outcomeColumns, rows)];
};

const reached = ({ percent, value, valueYearBefore, target }: TargetOutcome): string =>
  'trend' in target ? `${vi.number(value)} (năm trước: ${vi.number(valueYearBefore)})` : vi.percent(percent);

const missingColumns: readonly Column[] = [
  { title: 'Tỉnh, thành phố', share: 22 },
  { title: 'Chưa báo cáo', share: 39 },
  { title: 'Thiếu chỉ tiêu', share: 39 },
];

const missing = (behind: SummaryBehind): FileChild[] => {
  const rows = provinces.flatMap(({ code, name }) => {
    const [absent, partial] = [behind.missing[code] ?? [], behind.partial[code] ?? []];
    return absent.length + partial.length === 0 ? [] : [{ cells: [name, named(absent), named(partial)] }];
  });
  return rows.length === 0
    ? [body('Tất cả các đơn vị đã báo cáo đầy đủ.')]
    : [
        body('Đơn vị có ít nhất một tháng trong kỳ chưa báo cáo hoặc báo cáo thiếu chỉ tiêu:'),
        table(missingColumns, rows),
      ];
};

const named = (codes: readonly string[]): string => {
  if (codes.length === 0) return vi.NONE;
  const names = codes
    .slice(0, NAMED_UNITS)
    .map((code) => (unitOf(code)?.level === 'province' ? 'cấp tỉnh' : vi.unitName(code)));
  const more = codes.length - names.length;
  const listed = names.join(', ');
  return `${vi.number(codes.length)} đơn vị: ${listed}${more > 0 ? ` và ${vi.number(more)} đơn vị khác` : ''}`;
};

const notes = ({ notes: found }: SummaryBehind): FileChild[] => {
  if (found.length === 0) return [];
  const line = ({ unit, indicator, note }: SummaryBehind['notes'][number]) =>
    body(`- ${vi.unitName(unit)}, chỉ tiêu ${vi.letterOf(indicator)}: ${vi.planNote(note)}`);
  return [subheading('Ghi chú về chỉ tiêu của kế hoạch'), ...found.map(line)];
};

export const commendationSection = ({ commendations }: SummaryContent): FileChild[] => [
  heading('5. Đề xuất biểu dương, khen thưởng'),
  ...(commendations.length === 0
    ? [body('Trong kỳ chưa có địa phương vừa báo cáo đầy đủ, đúng hạn vừa đạt mọi chỉ tiêu của kế hoạch.')]
    : commendations.map(({ unit, reports, targets }) =>
        body(
          `- ${vi.unitName(unit)}: ${vi.number(reports)} báo cáo đầy đủ, đúng hạn; đạt ${vi.number(targets)}/` +
            `${vi.number(targets)} chỉ tiêu của kế hoạch.`,
        ),
      )),
];

const changeColumns: readonly Column[] = [
  { title: 'Đơn vị', share: 20 },
  { title: 'Nội dung', share: 40 },
  { title: 'Bản trước', share: 20, ...center },
  { title: 'Bản này', share: 20, ...center },
];

/** Only for a revision that follows another. Every change of a figure is listed; those of completeness alone are counted. */
export const changesSection = ({ changesFromRevision: changes }: SummaryContent): FileChild[] => {
  if (changes === null) return [];
  const rows = changes.flatMap(changeRow);
  const others = changes.length - rows.length;
  return [
    heading('6. Thay đổi so với bản trước'),
    rows.length === 0 ? body('Không có số liệu chỉ tiêu nào thay đổi.') : table(changeColumns, rows),
    ...(others === 0 ? [] : [body(`Có ${vi.number(others)} thay đổi khác về tình hình báo cáo, so sánh và cơ cấu.`)]),
  ];
};

const changeRow = ({ unit, indicator, before, after }: SummaryChange): { cells: string[] }[] => {
  if (indicator === null) return [];
  const [was, is] = [figureText(before), figureText(after)];
  return was === is ? [] : [{ cells: [vi.unitName(unit), vi.indicatorName(indicator), was, is] }];
};

const figureText = (entry: unknown): string => {
  if (entry === null) return vi.NONE;
  const { numerator, denominator, value, percent } = entry as SummaryFigure;
  if (numerator === undefined) return vi.number(value);
  return numerator === null ? vi.NONE : `${vi.number(numerator)}/${vi.number(denominator)} (${vi.percent(percent)})`;
};
