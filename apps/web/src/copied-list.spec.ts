/** Lists for the clipboard. */
import { listTable, listText } from './copied-list';

const rows = [
  { fullName: 'Phường Ba Đình', unit: '00004' },
  { fullName: 'Xã A & <B>', unit: '00376' },
];

describe('a copied list', () => {
  it('is a line for each unit, split by a tab', () =>
    expect(listText(rows)).toBe('Phường Ba Đình\t00004\nXã A & <B>\t00376'));

  it('is a table too, whose codes stay text, and whose names are no markup', () =>
    expect(listTable(rows)).toBe(
      `<table><tr><td>Phường Ba Đình</td><td style="mso-number-format:'\\@'">00004</td></tr>` +
        `<tr><td>Xã A &amp; &lt;B&gt;</td><td style="mso-number-format:'\\@'">00376</td></tr></table>`,
    ));
});
