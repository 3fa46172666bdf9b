/** Words of where one is: a view's title, and the way through a map by keys. */
export const vi = {
  title: {
    asTable: 'dạng bảng',
    asOf: 'tính đến {{time}}',
    work: 'Việc cần làm: {{kind}}',
    calendar: 'Lịch báo cáo',
  },
  keys: {
    list: 'Các vùng trên bản đồ',
    open: 'Phím mũi tên: sang vùng bên cạnh. Enter: mở vùng đang chọn.',
  },
};

export const en: typeof vi = {
  title: {
    asTable: 'as a table',
    asOf: 'as of {{time}}',
    work: 'What is to do: {{kind}}',
    calendar: 'Calendar of reports',
  },
  keys: {
    list: 'Areas on the map',
    open: 'Arrow keys: to the area beside it. Enter: open the area.',
  },
};
