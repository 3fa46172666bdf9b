import type { LookupAddress } from 'node:dns';
import { addressFault, mayReach, networksFrom, outgoingRules, publicLookup } from './outgoing.js';

const rules = outgoingRules({ WEBHOOK_NETWORKS: '10.7.0.0/16,fd12::/16' });

describe('where webhooks may lead', () => {
  it.each([
    ...['127.0.0.1', '10.0.0.1', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0'],
    ...['::1', '::', 'fe80::1', 'fd00::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '64:ff9b::7f00:1', '2002:7f00:1::'],
    ...['224.0.0.1', '255.255.255.255', 'localhost', ''],
  ])('is not %s', (address) => expect(mayReach(address, rules)).toBe(false));

  it.each(['8.8.8.8', '203.162.4.190', '2606:4700:4700::1111', '10.7.3.4', 'fd12::5'])('may be %s', (address) =>
    expect(mayReach(address, rules)).toBe(true),
  );

  it.each([
    ['http://example.vn/', 'is not an https:// address'],
    ['ftp://example.vn/', 'is not an https:// address'],
    ['https://user:pass@example.vn/', 'has a user, a password or a fragment'],
    ['https://127.0.0.1/', 'is an address that is not public'],
    ['https://[::1]:8443/', 'is an address that is not public'],
    ['https://2130706433/', 'is an address that is not public'],
    ['https://0x7f.1/', 'is an address that is not public'],
    ['nothing', 'is no address'],
    ['https://xa.example.vn/nhac-viec?don-vi=1', undefined],
    ['https://10.7.0.9:8443/', undefined],
  ])('is said of %s: %s', (address, expected) => expect(addressFault(address, rules)).toBe(expected));

  it('may be plain http in a demonstration alone', () => {
    const demo = outgoingRules({ WEBHOOK_NETWORKS: '', ACCESS: 'demo' });
    expect(addressFault('http://example.vn/', demo)).toBeUndefined();
    expect(addressFault('http://127.0.0.1/', demo)).toBe('is an address that is not public');
  });

  it('is judged again by what a name leads to when the connection is made', async () => {
    const found = (name: string, networks: string) =>
      new Promise<unknown>((resolve) => {
        const lookup = publicLookup({ networks: networksFrom(networks)! });
        lookup(name, { all: true }, (error, addresses) => resolve(error?.code ?? (addresses as LookupAddress[])[0]));
      });
    expect(await found('localhost', '')).toBe('ADDRESS_FORBIDDEN');
    expect(await found('localhost', '127.0.0.0/8,::1/128')).toMatchObject({ address: expect.any(String) as string });
  });

  it.each(['10.0.0.0', '10.0.0.0/33', 'fd00::/129', 'x/8'])('cannot be said by %s', (text) =>
    expect(networksFrom(text)).toBeUndefined(),
  );
});
