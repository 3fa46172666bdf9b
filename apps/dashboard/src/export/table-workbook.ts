/** A table as a workbook (XLSX) for people: heads in Vietnamese, the first row fixed, and a sheet that says what it is. */
import writeWorkbook, { type Cell as SheetCell } from 'write-excel-file/node';
import type { Cell, Table } from './table.js';

/** Excel keeps fifteen digits of a number; a longer one stays exact as text. */
const EXCEL_EXACT = 999_999_999_999_999;
const [NARROW, WIDE] = [12, 34];

/** @param about what stands on the second sheet, in rows of a name and a text */
export const workbookOf = (
  { columns, rows }: Table,
  about: readonly (readonly [string, string])[],
): Promise<Buffer> => {
  const head = columns.map((column): SheetCell => ({ value: heads[column] ?? column, fontWeight: 'bold', wrap: true }));
  const figures = { data: [head, ...rows.map((row) => row.map(cellOf))], sheet: 'Số liệu', stickyRowsCount: 1 };
  const notes = about.map(([name, text]): SheetCell[] => [{ value: name, fontWeight: 'bold' }, text]);
  return writeWorkbook([
    { ...figures, columns: columns.map((column) => ({ width: column.endsWith('_name') ? WIDE : NARROW })) },
    { data: notes, sheet: 'Ghi chú', columns: [{ width: WIDE }, { width: 3 * WIDE }] },
  ]).toBuffer();
};

const cellOf = (value: Cell): SheetCell => {
  if (typeof value === 'bigint' || (typeof value === 'number' && value > EXCEL_EXACT)) return String(value);
  if (typeof value !== 'number') return value;
  return { value, format: Number.isInteger(value) ? '#,##0' : '#,##0.00' };
};

const heads: Readonly<Record<string, string>> = {
  unit: 'Mã đơn vị',
  unit_name: 'Đơn vị',
  unit_level: 'Cấp',
  parent: 'Mã cấp trên',
  of_unit: 'Mã đơn vị hỏi',
  of_unit_name: 'Đơn vị hỏi',
  window: 'Kỳ',
  window_from: 'Từ ngày',
  window_to: 'Đến ngày',
  period: 'Tháng',
  period_from: 'Từ ngày',
  period_to: 'Đến ngày',
  indicator: 'Mã chỉ số',
  indicator_name: 'Chỉ số',
  kind: 'Loại',
  measure: 'Đơn vị tính',
  category: 'Phân tổ',
  numerator: 'Tử số',
  denominator: 'Mẫu số',
  value: 'Giá trị',
  percent: 'Tỷ lệ (%)',
  expected: 'Phải báo cáo',
  reported: 'Đã báo cáo',
  current: 'Có số liệu tháng cuối',
  complete: 'Đầy đủ',
  on_time: 'Đúng hạn',
  late: 'Chậm',
  partial: 'Thiếu chỉ tiêu',
  missing: 'Chưa gửi',
  target_op: 'So với chỉ tiêu',
  target_percent: 'Chỉ tiêu (%)',
  target_trend: 'Xu hướng chỉ tiêu',
  has_plan: 'Có kế hoạch',
  attained: 'Đạt chỉ tiêu',
  updated_at: 'Cập nhật lúc (UTC)',
  as_of: 'Tại thời điểm (UTC)',
  classification: 'Phạm vi sử dụng',
  code: 'Mã',
  name: 'Tên',
  received_at: 'Nhận lúc (UTC)',
  at: 'Lúc (UTC)',
  reason: 'Lý do',
  field: 'Con số',
  compared: 'So với',
  against: 'Trái với chỉ số',
  pointer: 'Chỗ sai',
  detail: 'Chi tiết',
};
