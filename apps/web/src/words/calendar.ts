/** Words of the calendar of reports. Marks are one letter or sign each, so that they are told apart without colour. */
export const vi = {
  title: 'Lịch báo cáo năm {{year}}',
  open: 'Mở lịch',
  close: 'Đóng lịch',
  lead: 'Mỗi ô là báo cáo của một đơn vị trong một tháng. Dưới tên tháng: số báo cáo đầy đủ trên số phải gửi.',
  unit: 'Đơn vị',
  month: 'T{{n}}',
  show: 'Xem {{month}}: đầy đủ {{complete}}/{{expected}}',
  status: {
    onTime: 'Đúng hạn',
    late: 'Chậm',
    partial: 'Thiếu chỉ tiêu',
    missing: 'Chưa gửi',
    ahead: 'Chưa tới',
  },
  mark: { onTime: '✓', late: 'C', partial: 'T', missing: '✕', ahead: '·' },
};

export const en: typeof vi = {
  title: 'Calendar of reports, {{year}}',
  open: 'Open the calendar',
  close: 'Close the calendar',
  lead: 'Each cell is the report of a unit for a month. Below the month: complete reports of those expected.',
  unit: 'Unit',
  month: '{{n}}',
  show: 'Show {{month}}: {{complete}}/{{expected}} complete',
  status: {
    onTime: 'On time',
    late: 'Late',
    partial: 'Partial',
    missing: 'Not sent',
    ahead: 'Not begun',
  },
  mark: { onTime: '✓', late: 'L', partial: 'P', missing: '✕', ahead: '·' },
};
