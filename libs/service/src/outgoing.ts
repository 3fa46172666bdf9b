/**
 * Which addresses a service may send to where somebody else named them (SSRF): public ones, and the networks that the configuration allows.
 *
 * A name is judged by what it resolves to when the connection is made, all of it (`publicLookup`), so that a name that changes between cannot lead
 * inside. IPv6 is taken from the global unicast range alone: mapped, translated and local forms of IPv4 addresses lie outside of it.
 */
import { lookup, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { z } from 'zod';

const NETWORK = /^([0-9a-fA-F.:]+)\/(\d{1,3})$/;

/** `10.1.0.0/16,fd00::/8` → the networks; undefined where one is none. */
export const networksFrom = (text: string): BlockList | undefined => {
  const list = new BlockList();
  for (const each of text.split(',').map((part) => part.trim())) {
    if (each === '') continue;
    const [, network = '', bits] = NETWORK.exec(each) ?? [];
    const family = isIP(network);
    if (family === 0 || Number(bits) > (family === 4 ? 32 : 128)) return undefined;
    list.addSubnet(network, Number(bits), family === 4 ? 'ipv4' : 'ipv6');
  }
  return list;
};

/** Of IANA's special-purpose registries: none of them is a public server. */
const special = networksFrom(
  [
    '0.0.0.0/8,10.0.0.0/8,100.64.0.0/10,127.0.0.0/8,169.254.0.0/16,172.16.0.0/12,192.0.0.0/24,192.0.2.0/24',
    '192.88.99.0/24,192.168.0.0/16,198.18.0.0/15,198.51.100.0/24,203.0.113.0/24,224.0.0.0/4,240.0.0.0/4',
    '2001::/23,2001:db8::/32,2002::/16',
  ].join(','),
) as BlockList;
const globalUnicast = networksFrom('2000::/3') as BlockList;

export const outgoingShape = {
  /** Networks beside the public ones that webhooks may lead to, `10.1.0.0/16,…`. */
  WEBHOOK_NETWORKS: z
    .string()
    .default('')
    .refine((text) => networksFrom(text) !== undefined, 'is no list of networks such as 10.1.0.0/16'),
};

export interface OutgoingRules {
  /** Allowed beside the public ones. */
  readonly networks: BlockList;
  /** Whether plain http will do: in a demonstration. */
  readonly isHttpAllowed: boolean;
}

export const outgoingRules = (config: {
  readonly WEBHOOK_NETWORKS: string;
  readonly ACCESS?: 'demo';
}): OutgoingRules => ({
  networks: networksFrom(config.WEBHOOK_NETWORKS) ?? new BlockList(),
  isHttpAllowed: config.ACCESS === 'demo',
});

export const mayReach = (address: string, { networks }: Pick<OutgoingRules, 'networks'>): boolean => {
  const family = isIP(address);
  if (family === 0) return false;
  const type = family === 4 ? 'ipv4' : 'ipv6';
  if (networks.check(address, type)) return true;
  return !special.check(address, type) && (family === 4 || globalUnicast.check(address, type));
};

/** A URL's host without the brackets of an IPv6 address. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');

/** What is wrong with an address that somebody names for his webhook; undefined where nothing is. */
export const addressFault = (text: string, rules: OutgoingRules): string | undefined => {
  if (!URL.canParse(text)) return 'is no address';
  const url = new URL(text);
  const isHttp = url.protocol === 'http:' && rules.isHttpAllowed;
  if (url.protocol !== 'https:' && !isHttp) return 'is not an https:// address';
  if (url.username !== '' || url.password !== '' || url.hash !== '') return 'has a user, a password or a fragment';
  if (isIP(hostOf(url)) !== 0 && !mayReach(hostOf(url), rules)) return 'is an address that is not public';
  return undefined;
};

/** `dns.lookup` for a connection: fails by `ADDRESS_FORBIDDEN` where a name leads to an address that may not be reached. */
export const publicLookup =
  (rules: Pick<OutgoingRules, 'networks'>): LookupFunction =>
  (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const fault = error ?? forbiddenAmong(addresses, rules);
      if (fault) return callback(fault, []);
      if (options.all === true) return callback(null, addresses);
      callback(null, addresses[0].address, addresses[0].family);
    });
  };

const forbiddenAmong = (
  addresses: readonly LookupAddress[],
  rules: Pick<OutgoingRules, 'networks'>,
): NodeJS.ErrnoException | undefined => {
  if (addresses.length > 0 && addresses.every(({ address }) => mayReach(address, rules))) return undefined;
  return Object.assign(new Error('the name leads to an address that may not be reached'), {
    code: 'ADDRESS_FORBIDDEN',
  });
};
