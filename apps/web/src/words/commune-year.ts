/** Words of a unit's year (view/year-panel.tsx). */
export const communeYearVi = {
  title: 'Báo cáo từng tháng, năm {{year}}',
  lead: 'Mỗi ô là một chỉ số của một tháng do đơn vị này báo cáo. Bấm vào ô để xem lịch sử.',
  indicator: 'Chỉ số',
  back: 'Về {{name}}',
  due: 'hạn {{day}}',
  locked: 'đã khóa sổ',
  status: {
    onTime: 'Đúng hạn',
    late: 'Chậm',
    partial: 'Thiếu chỉ tiêu',
    missing: 'Chưa gửi',
    ahead: 'Chưa tới kỳ',
  },
  state: {
    reported: 'Đã báo cáo',
    corrected: 'Đã đính chính',
    nothingArose: 'Không phát sinh',
    takenBack: 'Đã rút lại',
    missing: 'Chưa có',
  },
  held: 'Đính chính chờ quyết định',
  cell: '{{name}}, tháng {{month}}: {{state}}',
  received: 'nhận {{time}}, báo cáo lần {{revision}}',
  waiting: 'đang chờ: {{figure}}',
};

export const communeYearEn: typeof communeYearVi = {
  title: 'Reports month by month, {{year}}',
  lead: 'Each cell is one indicator of one month that this unit reports. Choose a cell for its history.',
  indicator: 'Indicator',
  back: 'Back to {{name}}',
  due: 'due {{day}}',
  locked: 'locked',
  status: { onTime: 'On time', late: 'Late', partial: 'Incomplete', missing: 'Not sent', ahead: 'Not begun' },
  state: {
    reported: 'Reported',
    corrected: 'Corrected',
    nothingArose: 'Nothing arose',
    takenBack: 'Taken back',
    missing: 'None yet',
  },
  held: 'Correction waiting for a decision',
  cell: '{{name}}, month {{month}}: {{state}}',
  received: 'received {{time}}, revision {{revision}}',
  waiting: 'waiting: {{figure}}',
};
