/** Words of suspicious figures (view/suspicious-list.tsx, and a cell of a commune's year). */
export const vi = {
  lead: 'Số liệu đúng mẫu nhưng khác thường: cần hỏi lại đơn vị. Số liệu vẫn được tính, không bị loại.',
  flagged: 'Đáng ngờ',
  legend: 'Đáng ngờ, cần hỏi lại',
  unit: 'Đơn vị',
  period: 'Tháng',
  indicator: 'Chỉ số',
  figure: 'Số liệu',
  why: 'Lý do',
  of: 'Vì sao số liệu {{indicator}} của {{name}} là {{figure}}',
  more: 'Hiển thị {{shown}} trong {{total}} số liệu.',
  download: 'số liệu đáng ngờ',
  field: { value: 'Số liệu', numerator: 'Tử số', denominator: 'Mẫu số' },
  reason: {
    jump: '{{field}} khác hẳn các tháng trước (thường {{compared}}).',
    zero: '{{field}} bằng 0, trong khi mọi tháng trước đều có (thường {{compared}}).',
    fell: 'Số lũy kế giảm so với tháng trước ({{compared}}).',
    contradicts: 'Trái với "{{other}}" của chính tháng này ({{compared}}).',
    repeated: 'Mọi việc trong tháng giống hệt tháng trước: có thể gửi lại báo cáo cũ.',
  },
};

export const en: typeof vi = {
  lead: 'Right in form, and unusual: the unit is to be asked. The figures count all the same.',
  flagged: 'Suspicious',
  legend: 'Suspicious, to be asked about',
  unit: 'Unit',
  period: 'Month',
  indicator: 'Indicator',
  figure: 'Figure',
  why: 'Reason',
  of: 'Why {{indicator}} of {{name}} is {{figure}}',
  more: '{{shown}} of {{total}} figures are shown.',
  download: 'suspicious figures',
  field: { value: 'Figure', numerator: 'Numerator', denominator: 'Denominator' },
  reason: {
    jump: '{{field}} far from the months before (usually {{compared}}).',
    zero: '{{field}} is 0, where every month before had some (usually {{compared}}).',
    fell: 'A figure that runs up is less than in the month before ({{compared}}).',
    contradicts: 'Against "{{other}}" of the same month ({{compared}}).',
    repeated: 'All that was done is exactly as in the month before: the old report may have been sent again.',
  },
};
