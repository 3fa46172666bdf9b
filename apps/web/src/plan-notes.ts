/** Notes that plans carry are written in English in the reference data; these are the Vietnamese of the ones there are. */
import type { Lang } from './format';

const vietnamese: [start: string, text: string][] = [
  ['80 (2026) then 70 (2027)', 'Kế hoạch ghi 80% (2026) rồi 70% (2027): hiển thị đúng như văn bản, không sửa.'],
  ['maintain; list of health facilities', 'Duy trì; danh sách cơ sở y tế theo Quyết định 385/QĐ-SYT ngày 27/02/2026.'],
];

export function planNote(note: string, lang: Lang): string {
  if (lang === 'en') return note;
  return vietnamese.find(([start]) => note.startsWith(start))?.[1] ?? note;
}
