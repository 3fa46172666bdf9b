/**
 * Building stones of the documents: paragraphs and tables in the measures of Nghị định 30/2020/NĐ-CP (A4, Times New Roman 13
 * to 14 points, margins 20, 15, 20 and 30 mm).
 */
import {
  AlignmentType,
  BorderStyle,
  convertMillimetersToTwip,
  LineRuleType,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';

export const FONT = 'Times New Roman';
/** Half points. */
export const BODY_SIZE = 27;
const TABLE_SIZE = 22;
export const page = {
  size: { width: convertMillimetersToTwip(210), height: convertMillimetersToTwip(297) },
  margin: {
    top: convertMillimetersToTwip(20),
    right: convertMillimetersToTwip(15),
    bottom: convertMillimetersToTwip(20),
    left: convertMillimetersToTwip(30),
  },
};
const TEXT_WIDTH = convertMillimetersToTwip(210 - 15 - 30);

interface TextOptions {
  readonly bold?: boolean;
  readonly italics?: boolean;
  readonly size?: number;
  readonly align?: 'left' | 'center' | 'right' | 'justify';
  readonly before?: number;
  readonly after?: number;
  readonly indent?: boolean;
  readonly keepNext?: boolean;
}

const alignments = {
  left: AlignmentType.LEFT,
  center: AlignmentType.CENTER,
  right: AlignmentType.RIGHT,
  justify: AlignmentType.JUSTIFIED,
} as const;

export const text = (content: string, options: TextOptions = {}): Paragraph => {
  const { bold, italics, size = BODY_SIZE, align = 'left', before = 0, after = 0, indent, keepNext } = options;
  return new Paragraph({
    alignment: alignments[align],
    keepNext,
    spacing: { before, after, line: 252, lineRule: LineRuleType.AUTO },
    ...(indent ? { indent: { firstLine: convertMillimetersToTwip(10) } } : {}),
    children: [new TextRun({ text: content, bold, italics, size, font: FONT })],
  });
};

export const heading = (content: string): Paragraph =>
  text(content, { bold: true, before: 240, after: 120, keepNext: true });
export const subheading = (content: string): Paragraph =>
  text(content, { bold: true, italics: true, before: 160, after: 80, keepNext: true });
export const body = (content: string): Paragraph =>
  text(content, { align: 'justify', indent: true, before: 60, after: 120 });
export const caption = (content: string): Paragraph =>
  text(content, { italics: true, size: TABLE_SIZE, align: 'right', after: 60, keepNext: true });

export interface Column {
  readonly title: string;
  /** Share of the text width; the shares of a table add up to 100. */
  readonly share: number;
  readonly align?: 'left' | 'center' | 'right';
}
export interface Row {
  readonly cells: readonly string[];
  readonly bold?: boolean;
}

/** A ruled table; its head is repeated on every page and no row is broken over two. */
export const table = (columns: readonly Column[], rows: readonly Row[]): Table => {
  const widths = columns.map(({ share }) => Math.floor((TEXT_WIDTH * share) / 100));
  const cell = (content: string, n: number, options: TextOptions) =>
    new TableCell({
      width: { size: widths[n], type: WidthType.DXA },
      verticalAlign: VerticalAlignTable.CENTER,
      margins: { top: 30, bottom: 30, left: 60, right: 60 },
      children: [text(content, { size: TABLE_SIZE, ...options })],
    });
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: widths,
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: columns.map(({ title }, n) => cell(title, n, { bold: true, align: 'center' })),
      }),
      ...rows.map(
        ({ cells, bold }) =>
          new TableRow({
            cantSplit: true,
            children: cells.map((content, n) => cell(content, n, { bold, align: columns[n].align ?? 'left' })),
          }),
      ),
    ],
  });
};

const nothing = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const noBorders = {
  top: nothing,
  bottom: nothing,
  left: nothing,
  right: nothing,
  insideHorizontal: nothing,
  insideVertical: nothing,
};

/** Two blocks side by side without rules. */
export const sideBySide = (left: readonly Paragraph[], right: readonly Paragraph[], leftShare: number): Table => {
  const widths = [Math.floor((TEXT_WIDTH * leftShare) / 100), Math.floor((TEXT_WIDTH * (100 - leftShare)) / 100)];
  const block = (children: readonly Paragraph[], n: number) =>
    new TableCell({
      width: { size: widths[n], type: WidthType.DXA },
      borders: noBorders,
      margins: { left: 0, right: 0 },
      children: [...children],
    });
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: widths,
    borders: noBorders,
    rows: [new TableRow({ children: [block(left, 0), block(right, 1)] })],
  });
};

/** A short rule under a line of the head of the document, as wide as `share` of its column. */
export const ruleUnder = (share: number, columnShare: number): Paragraph => {
  const column = (TEXT_WIDTH * columnShare) / 100;
  const side = Math.floor((column * (100 - share)) / 200);
  return new Paragraph({
    indent: { left: side, right: side },
    spacing: { before: 0, after: 0, line: 60, lineRule: LineRuleType.EXACT },
    border: { bottom: { style: BorderStyle.SINGLE, size: 6, color: '000000', space: 0 } },
    children: [],
  });
};
