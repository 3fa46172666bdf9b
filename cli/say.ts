/** Numbers as Vietnamese readers write them. */
const number = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 1 });
export const vi = (value: number): string => number.format(value);
