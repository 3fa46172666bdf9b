/** Words of the home of a province or a commune: what has been sent, and until when. */
export const vi = {
  title: 'Báo cáo {{window}}',
  sent: 'Đã gửi {{reported}}/{{expected}}',
  complete: 'đầy đủ {{n}}',
  late: 'chậm {{n}}',
  partial: 'thiếu {{n}}',
  missing: 'chưa gửi {{n}}',
  one: {
    onTime: 'Đã gửi đầy đủ, đúng hạn',
    late: 'Đã gửi đầy đủ, chậm hạn',
    partial: 'Đã gửi, còn thiếu chỉ tiêu',
    missing: 'Chưa gửi',
  },
  hint: 'Đầy đủ gồm cả báo cáo chậm. Thiếu: đã gửi nhưng chưa đủ chỉ tiêu.',
  due: 'Hạn nộp {{day}}',
  dueOwn: 'báo cáo của tỉnh {{day}}',
  left: {
    days: 'còn {{days}} ngày {{hours}} giờ',
    hours: 'còn {{hours}} giờ {{minutes}} phút',
    minutes: 'còn {{minutes}} phút',
  },
  over: { days: 'Quá hạn {{days}} ngày', hours: 'Quá hạn {{hours}} giờ', minutes: 'Vừa quá hạn' },
  done: 'Đã nhận đủ báo cáo',
};

export const en: typeof vi = {
  title: 'Reports of {{window}}',
  sent: 'Sent {{reported}}/{{expected}}',
  complete: 'complete {{n}}',
  late: 'late {{n}}',
  partial: 'partial {{n}}',
  missing: 'not sent {{n}}',
  one: {
    onTime: 'Sent, complete, on time',
    late: 'Sent, complete, late',
    partial: 'Sent, some indicators missing',
    missing: 'Not sent',
  },
  hint: 'Complete includes late reports. Partial: sent, but with some indicators missing.',
  due: 'Due {{day}}',
  dueOwn: "the province's own {{day}}",
  left: {
    days: '{{days}} d {{hours}} h left',
    hours: '{{hours}} h {{minutes}} min left',
    minutes: '{{minutes}} min left',
  },
  over: { days: 'Overdue for {{days}} d', hours: 'Overdue for {{hours}} h', minutes: 'Just overdue' },
  done: 'Every report is in',
};
