/**
 * A national summary as a Word document, in Vietnamese: what the JSON says, in the order in which it is read.
 *
 * The foot of every page names the cut-off, the revision and the checksum of the JSON, so that a printed page can be held
 * against the content that it was made from.
 */
import { AlignmentType, Document, Footer, Packer, PageNumber, Paragraph, TextRun, type FileChild } from 'docx';
import { ictDay, type SummaryContent } from '#domain';
import { body, BODY_SIZE, FONT, page, ruleUnder, sideBySide, text } from './docx-parts.js';
import { behindSection, changesSection, commendationSection } from './summary-attention.docx.js';
import { activitySection, completenessSection, targetSection } from './summary-figures.docx.js';
import * as vi from './vi.js';

export const summaryDocx = (content: SummaryContent, checksum: string): Promise<Buffer> =>
  Packer.toBuffer(
    new Document({
      creator: 'Tổng Hợp',
      title: `Báo cáo tổng hợp Dự án 5, ${vi.windowInWords(content.window)}`,
      styles: { default: { document: { run: { font: FONT, size: BODY_SIZE, language: { value: 'vi-VN' } } } } },
      sections: [
        {
          properties: { page },
          footers: { default: footer(content, checksum) },
          children: [...head(content), ...sections(content)],
        },
      ],
    }),
  );

const sections = (content: SummaryContent): FileChild[] => [
  ...completenessSection(content),
  ...targetSection(content),
  ...activitySection(content),
  ...behindSection(content),
  ...commendationSection(content),
  ...changesSection(content),
];

const LEFT_SHARE = 42;

const head = (content: SummaryContent): FileChild[] => {
  const line = { align: 'center', size: 26 } as const;
  const title = { bold: true, align: 'center', size: 28 } as const;
  const day = vi.dateInWords(ictDay(Date.parse(content.cutOff)));
  const left = [
    text('BỘ CÔNG AN', { ...line, size: 25 }),
    text('CỤC CẢNH SÁT ĐIỀU TRA', { ...line, size: 25, bold: true }),
    text('TỘI PHẠM VỀ MA TÚY', { ...line, size: 25, bold: true }),
    ruleUnder(40, LEFT_SHARE),
    text('Số:         /BC-C04', { ...line, before: 120 }),
  ];
  const right = [
    text('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { ...line, size: 25, bold: true }),
    text('Độc lập - Tự do - Hạnh phúc', { ...line, size: 27, bold: true }),
    ruleUnder(58, 100 - LEFT_SHARE),
    text(`Hà Nội, ${day}`, { ...line, italics: true, before: 360 }),
  ];
  return [
    sideBySide(left, right, LEFT_SHARE),
    text('BÁO CÁO TỔNG HỢP', { ...title, before: 360 }),
    text('Kết quả thực hiện Dự án 5', title),
    text('“Nâng cao hiệu quả cai nghiện ma túy và quản lý sau cai”', title),
    text(vi.windowWithDates(content), title),
    ruleUnder(25, 100),
    text('', { after: 60 }),
    body(
      `Số liệu tổng hợp từ báo cáo của các tỉnh, thành phố tính đến ${vi.cutOff(content.cutOff)}` +
        `${content.revision === 1 ? '' : ` (bản số ${content.revision}, thay bản trước)`}. ` +
        'Tỷ lệ phần trăm được tính từ tổng tử số và tổng mẫu số của các đơn vị đã báo cáo. ' +
        `Dấu “${vi.NONE}” nghĩa là chưa có số liệu.`,
    ),
  ];
};

const footer = ({ cutOff, revision }: SummaryContent, checksum: string): Footer => {
  const small = { size: 16, font: FONT };
  return new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [
          new TextRun({ ...small, text: `Chốt số liệu: ${vi.cutOff(cutOff)} · Bản số ${revision} · Trang ` }),
          new TextRun({ ...small, children: [PageNumber.CURRENT, '/', PageNumber.TOTAL_PAGES] }),
        ],
      }),
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [new TextRun({ ...small, text: `SHA-256 (JSON): ${checksum}` })],
      }),
    ],
  });
};
