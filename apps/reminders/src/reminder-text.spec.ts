import { indicators, monthIndex, unitOf, type Lack, type Unit } from '#domain';
import { subjectOf, textOf, webhookBody, type Reminded } from './reminder-text.js';

const at = (text: string): number => Date.parse(`${text}+07:00`);
const DEADLINE = at('2026-03-17T23:59:59.999');
const owed = indicators.filter(({ reported_by }) => reported_by.includes('commune'));

const reminded = (unit: string, fields: Partial<Reminded> = {}): Reminded => ({
  id: `${unit}|2026-03|after-1`,
  unit: unitOf(unit) as Unit,
  month: monthIndex('2026-03') as number,
  about: [{ unit, lack: 'missing' }],
  reported: new Set(),
  at: at('2026-03-18T08:05:00'),
  ...fields,
});
const partial = [{ unit: '00004', lack: 'partial' as Lack }];

describe('what a reminder says', () => {
  it('to a commune with nothing reported: which report, for which days, and that its day is over', () => {
    const all = reminded('00004');
    expect(subjectOf(all, DEADLINE)).toBe('Nhắc báo cáo Dự án 5 tháng 3/2026 (hạn 17/03/2026): chưa có số liệu');
    const text = textOf(all, DEADLINE);
    for (const part of [
      'Kính gửi: Phường Ba Đình, Thành phố Hà Nội\n',
      'tháng 3/2026 (kỳ từ 15/02/2026 đến 14/03/2026) của đơn vị chưa có số liệu nào trên hệ thống.',
      'Hạn gửi là hết ngày 17/03/2026, nay đã quá hạn.',
      'theo số liệu đến 08:05 ngày 18/03/2026',
      'Mã nhắc việc: 00004|2026-03|after-1',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('Chỉ tiêu còn thiếu');
  });

  it('before the deadline does not say that it is over', () =>
    expect(textOf(reminded('00004', { at: DEADLINE }), DEADLINE)).toContain('Hạn gửi: hết ngày 17/03/2026.'));

  it('to a commune with some of it names the indicators that lack, and no other', () => {
    const reported = new Set(owed.slice(1).map(({ code }) => code));
    const text = textOf(reminded('00004', { about: partial, reported }), DEADLINE);
    expect(text).toContain(`mới có ${owed.length - 1}/${owed.length} chỉ tiêu`);
    expect(text.split('\n').filter((line) => line.startsWith('- '))).toEqual([`- ${owed[0].name_vi}`]);
  });

  it('to a province lists its communes that lack something, and how', () => {
    const about = [
      { unit: '00004', lack: 'partial' as Lack },
      { unit: '00008', lack: 'missing' as Lack },
    ];
    const province = reminded('01', { about });
    expect(subjectOf(province, DEADLINE)).toContain('2 xã, phường, đặc khu chưa báo cáo đủ');
    const lines = textOf(province, DEADLINE)
      .split('\n')
      .filter((line) => line.startsWith('- '));
    expect(lines).toEqual([
      '- Phường Ba Đình (00004): còn thiếu chỉ tiêu',
      expect.stringMatching(/^- Phường .+ \(00008\): chưa có số liệu$/) as string,
    ]);
  });

  it('by webhook is the same, and for programs which unit, month, step and lack', () => {
    const all = reminded('00004', { about: partial });
    expect(JSON.parse(webhookBody(all, 'after-1', DEADLINE))).toEqual({
      type: 'report.reminder',
      timestamp: '2026-03-18T01:05:00.000Z',
      data: {
        id: '00004|2026-03|after-1',
        unit: '00004',
        period: '2026-03',
        step: 'after-1',
        deadline: '2026-03-17T16:59:59.999Z',
        about: partial,
        subject: subjectOf(all, DEADLINE),
        text: textOf(all, DEADLINE),
      },
    });
  });
});
