/**
 * Which proxies are believed when they say who asked (`X-Forwarded-For`, `-Proto`, `-Host`): those that the configuration names, none by default.
 *
 * Whoever else sends these headers is known by his own address, in the limits and in the audit trail.
 */
import { isIP } from 'node:net';
import { z } from 'zod';
import { listed } from './listed.js';

const isNetwork = (text: string): boolean => {
  const [address, length, ...more] = text.split('/');
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  const isLength = length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= bits);
  return bits > 0 && isLength && more.length === 0;
};

/** Comma-separated addresses and networks: `10.0.0.5, 10.1.0.0/16`. */
export const proxiesSchema = z
  .string()
  .default('')
  .transform(listed)
  .refine((parts) => parts.every(isNetwork), 'is not a list of addresses and networks');
