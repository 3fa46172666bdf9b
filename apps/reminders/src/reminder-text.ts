/**
 * What a reminder says, in Vietnamese: which report of which unit lacks what, and until when. No figure, and nobody by name.
 */
import {
  COUNTRY,
  ictDay,
  indicators,
  monthCode,
  monthEnd,
  monthStart,
  unitOf,
  unitOn,
  type Lack,
  type Unit,
} from '#domain';

export interface Reminded {
  readonly id: string;
  readonly unit: Unit;
  /** The month's index. */
  readonly month: number;
  readonly about: readonly { readonly unit: string; readonly lack: Lack }[];
  /** Of a commune alone: what it has reported. */
  readonly reported: ReadonlySet<string>;
  readonly at: number;
}

const dayWords = (day: string): string => day.split('-').reverse().join('/');

const nameOf = (unit: Unit, at: number): string => {
  const above = unitOf(unit.parent);
  const own = unitOn(unit, ictDay(at)).fullName;
  return above === undefined || above.code === COUNTRY ? own : `${own}, ${unitOn(above, ictDay(at)).fullName}`;
};

const monthWords = (month: number): string => {
  const [year, number] = monthCode(month).split('-').map(Number);
  return `tháng ${number}/${year}`;
};

/** 16:05 ngày 18/03/2026 */
const timeWords = (at: number): string =>
  `${new Date(at + 7 * 3_600_000).toISOString().slice(11, 16)} ngày ${dayWords(ictDay(at))}`;

const lackWords: Readonly<Record<Lack, string>> = { missing: 'chưa có số liệu', partial: 'còn thiếu chỉ tiêu' };

export const subjectOf = ({ unit, month, about }: Reminded, deadline: number): string => {
  const what = `báo cáo Dự án 5 ${monthWords(month)}`;
  if (unit.level === 'province') return `Nhắc đôn đốc ${what}: ${about.length} xã, phường, đặc khu chưa báo cáo đủ`;
  return `Nhắc ${what} (hạn ${dayWords(ictDay(deadline))}): ${lackWords[about[0].lack]}`;
};

export const textOf = (reminded: Reminded, deadline: number): string => {
  const { id, unit, at } = reminded;
  return [
    `Kính gửi: ${nameOf(unit, at)}`,
    '',
    ...(unit.level === 'province' ? provinceLines(reminded, deadline) : communeLines(reminded, deadline)),
    '',
    `Thư do hệ thống Tổng Hợp tự động gửi, theo số liệu đến ${timeWords(at)}. Nếu đơn vị vừa gửi đủ, xin bỏ qua thư này.`,
    `Mã nhắc việc: ${id}`,
    '',
  ].join('\n');
};

const periodWords = (month: number): string =>
  `${monthWords(month)} (kỳ từ ${dayWords(ictDay(monthStart(month)))} đến ${dayWords(ictDay(monthEnd(month) - 1))})`;

const deadlineWords = (deadline: number, at: number): string =>
  at <= deadline
    ? `Hạn gửi: hết ngày ${dayWords(ictDay(deadline))}.`
    : `Hạn gửi là hết ngày ${dayWords(ictDay(deadline))}, nay đã quá hạn.`;

const communeLines = ({ month, about: [{ lack }], reported, at }: Reminded, deadline: number): string[] => {
  const owed = indicators.filter(({ reported_by }) => reported_by.includes('commune'));
  const lacked = owed.filter(({ code }) => !reported.has(code));
  const state =
    lack === 'missing'
      ? 'chưa có số liệu nào trên hệ thống'
      : `mới có ${owed.length - lacked.length}/${owed.length} chỉ tiêu trên hệ thống`;
  return [
    `Báo cáo Dự án 5 ${periodWords(month)} của đơn vị ${state}.`,
    deadlineWords(deadline, at),
    ...(lack === 'partial' ? ['', 'Chỉ tiêu còn thiếu:', ...lacked.map(({ name_vi }) => `- ${name_vi}`)] : []),
    '',
    'Đề nghị đơn vị gửi đủ báo cáo.',
  ];
};

const provinceLines = ({ month, about, at }: Reminded, deadline: number): string[] => [
  `Báo cáo Dự án 5 ${periodWords(month)}: ${about.length} xã, phường, đặc khu trên địa bàn chưa báo cáo đủ.`,
  deadlineWords(deadline, at),
  '',
  ...about.map(({ unit: code, lack }) => {
    const unit = unitOf(code);
    return `- ${unit === undefined ? code : unitOn(unit, ictDay(at)).fullName} (${code}): ${lackWords[lack]}`;
  }),
  '',
  'Đề nghị đôn đốc các đơn vị trên gửi đủ báo cáo.',
];

/** The bytes of a webhook: made once for a reminder, the same at each attempt. */
export const webhookBody = (reminded: Reminded, step: string, deadline: number): string =>
  JSON.stringify({
    type: 'report.reminder',
    timestamp: new Date(reminded.at).toISOString(),
    data: {
      id: reminded.id,
      unit: reminded.unit.code,
      period: monthCode(reminded.month),
      step,
      deadline: new Date(deadline).toISOString(),
      about: reminded.about,
      subject: subjectOf(reminded, deadline),
      text: textOf(reminded, deadline),
    },
  });
