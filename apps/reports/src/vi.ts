/**
 * Numbers, dates and words as official Vietnamese documents write them. Times are Vietnam's, wherever the process runs.
 */
import {
  COUNTRY,
  indicators,
  ictDay,
  unitOf,
  windowIndex,
  windowKind,
  windowYear,
  type Kind,
  type SummaryContent,
  type Target,
  type Whole,
} from '#domain';

export const NONE = '–';
const wholes = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 0 });
const percents = new Intl.NumberFormat('vi-VN', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const signed = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 0, signDisplay: 'exceptZero' });
const signedPoints = new Intl.NumberFormat('vi-VN', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
  signDisplay: 'exceptZero',
});

/** 1234567 → 1.234.567 */
export const number = (value: Whole | null | undefined): string =>
  value === null || value === undefined ? NONE : wholes.format(value);

/** 47.37 → 47,37% */
export const percent = (value: number | null): string => (value === null ? NONE : `${percents.format(value)}%`);

/** Points for a ratio (+1,25), a signed number for the others (−1.200); with a minus sign, which no line is broken after. */
export const change = (value: Whole | null, kind: Kind): string => {
  if (value === null) return NONE;
  const format = kind === 'ratio' ? signedPoints : signed;
  return format.format(value).replace('-', '−');
};

/** `2026-03-14` → 14/3/2026 */
const date = (day: string): string => {
  const [year, month, ofMonth] = day.split('-').map(Number);
  return `${ofMonth}/${month}/${year}`;
};

const two = (n: number) => String(n).padStart(2, '0');

/** `2026-03-14` → ngày 14 tháng 3 năm 2026; days below 10 and January and February get a zero (Nghị định 30/2020/NĐ-CP). */
export const dateInWords = (day: string): string => {
  const [year, month, ofMonth] = day.split('-').map(Number);
  return `ngày ${two(ofMonth)} tháng ${month < 3 ? two(month) : month} năm ${year}`;
};

/** The cut-off of a summary → 07 giờ 00 phút ngày 22/3/2026 */
export const cutOff = (instant: string): string => {
  const [, hour, minute] = /T(\d\d):(\d\d)/.exec(instant) ?? [];
  return `${hour} giờ ${minute} phút ngày ${date(ictDay(Date.parse(instant)))}`;
};

const roman = ['I', 'II', 'III', 'IV'];

/** `2026-Q1` → Quý I năm 2026 */
export const windowInWords = (code: string): string => {
  const window = windowIndex(code) as number;
  const year = windowYear(window);
  const ordinal = Number(/\d$/.exec(code)?.[0]);
  switch (windowKind(window)) {
    case 'month':
      return `Tháng ${Number(code.slice(5))} năm ${year}`;
    case 'quarter':
      return `Quý ${roman[ordinal - 1]} năm ${year}`;
    case 'half':
      return `6 tháng ${ordinal === 1 ? 'đầu' : 'cuối'} năm ${year}`;
    case 'nine_months':
      return `9 tháng đầu năm ${year}`;
    case 'year':
      return `Năm ${year}`;
  }
};

/** Quý I năm 2026 (từ ngày 15/12/2025 đến ngày 14/3/2026) */
export const windowWithDates = ({ window, period }: Pick<SummaryContent, 'window' | 'period'>): string =>
  `${windowInWords(window)} (từ ngày ${date(period.from)} đến ngày ${date(period.to)})`;

/** `>= 80` → ≥ 80% */
export const target = (asked: Target): string => {
  if ('trend' in asked) return 'tăng so với năm trước';
  return `${asked.op === '>=' ? '≥' : '>'} ${asked.percent}%`;
};

const letters = new Map(indicators.map(({ code, letter }) => [code, letter]));
const names = new Map(indicators.map(({ code, name_vi }) => [code, name_vi]));
export const letterOf = (indicator: string): string => letters.get(indicator) ?? '';
export const indicatorName = (indicator: string): string => names.get(indicator) ?? indicator;
export const unitName = (code: string): string => (code === COUNTRY ? 'Cả nước' : (unitOf(code)?.fullName ?? code));

const measures: Readonly<Record<string, string>> = {
  people: 'người',
  facilities: 'cơ sở',
  'service points': 'điểm, đơn vị',
  communes: 'xã, phường',
  villages: 'thôn, tổ',
  models: 'mô hình',
  courses: 'lớp',
  certificates: 'chứng chỉ',
  borrowers: 'đối tượng vay',
  VND: 'đồng',
  items: 'tin, bài, buổi',
  inspections: 'cuộc',
  violations: 'vi phạm',
  commendations: 'tập thể, cá nhân',
};
const measureOf = new Map(indicators.map(({ code, unit }) => [code, measures[unit] ?? unit]));
export const measure = (indicator: string): string => measureOf.get(indicator) ?? '';

/** Plans are kept in the reference data with notes in English; these are the ones there are. */
const notes: readonly (readonly [start: string, text: string])[] = [
  ['80 (2026) then 70 (2027)', 'Kế hoạch ghi 80% (2026) rồi 70% (2027): giữ đúng như văn bản, không sửa.'],
  ['maintain; list of health facilities', 'Duy trì; danh sách cơ sở y tế theo Quyết định 385/QĐ-SYT ngày 27/02/2026.'],
];
export const planNote = (note: string): string => notes.find(([start]) => note.startsWith(start))?.[1] ?? note;
