/**
 * A list of units for the clipboard: lines of name, tab and code for mails and messages, and the same as a table whose codes are text, because
 * a spreadsheet makes the number 4 of `00004`.
 */
type Named = { fullName: string; unit: string };

export const listText = (rows: readonly Named[]): string =>
  rows.map(({ fullName, unit }) => `${fullName}\t${unit}`).join('\n');

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (text: string): string => text.replace(/[&<>]/g, (sign) => entities[sign] ?? '');

export const listTable = (rows: readonly Named[]): string =>
  `<table>${rows
    .map(
      ({ fullName, unit }) =>
        `<tr><td>${escaped(fullName)}</td><td style="mso-number-format:'\\@'">${escaped(unit)}</td></tr>`,
    )
    .join('')}</table>`;

/**
 * Whether it is in the clipboard now. By the browser's own copying: unlike `navigator.clipboard` it works without https, as within an agency's
 * network, and leaves the table as it is.
 */
export function copyList(rows: readonly Named[]): boolean {
  let isCopied = false;
  const fill = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', listText(rows));
    event.clipboardData?.setData('text/html', listTable(rows));
    event.preventDefault();
    isCopied = event.clipboardData !== null;
  };
  document.addEventListener('copy', fill);
  document.execCommand('copy');
  document.removeEventListener('copy', fill);
  return isCopied;
}
