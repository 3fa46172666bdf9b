/** Search without marks, and Vietnamese order. */
import { folded, matches, ownName, sorted } from './search';

describe('search', () => {
  it('ignores marks, capitals and đ', () => {
    expect(folded('Xã Đắk Lắk')).toBe('xa dak lak');
    expect(matches('dien bien', 'Điện Biên', '11')).toBe(true);
    expect(matches('thuy', 'Thủy')).toBe(true);
    expect(matches('thủy', 'Thuỷ')).toBe(true);
  });

  it('finds words in any order, and codes', () => {
    expect(matches('dinh ba', 'Phường Ba Đình', '00004')).toBe(true);
    expect(matches('00004', 'Phường Ba Đình', '00004')).toBe(true);
    expect(matches('', 'Phường Ba Đình')).toBe(true);
    expect(matches('lào cai', 'Phường Ba Đình')).toBe(false);
  });

  it('orders by the Vietnamese alphabet', () => {
    expect(sorted(['Đà Nẵng', 'Ea', 'Dương', 'Ân', 'An'], (name) => name, 'ascending')).toEqual([
      'An',
      'Ân',
      'Dương',
      'Đà Nẵng',
      'Ea',
    ]);
  });

  it('keeps rows without a value last, either way', () => {
    const rows = [3, null, 1];
    expect(sorted(rows, (row) => row, 'ascending')).toEqual([1, 3, null]);
    expect(sorted(rows, (row) => row, 'descending')).toEqual([3, 1, null]);
  });

  it('orders units by their own names, whatever kind of unit they are', () => {
    const names = ['Xã Ba Vì', 'Phường Yên Hòa', 'Đặc khu Côn Đảo', 'Thành phố Hà Nội', 'Xã Xã Tắc'];
    expect(names.map(ownName)).toEqual(['Ba Vì', 'Yên Hòa', 'Côn Đảo', 'Hà Nội', 'Xã Tắc']);
  });
});
