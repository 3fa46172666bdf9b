import fastify from 'fastify';
import { proxiesSchema } from './proxies.js';

describe('the proxies that are believed', () => {
  const addressBy = async (proxies: string): Promise<string> => {
    const parsed = proxiesSchema.parse(proxies);
    const app = fastify({ trustProxy: parsed.length > 0 ? parsed : false });
    app.get('/', (request) => request.ip);
    const headers = { 'x-forwarded-for': '203.0.113.9, 10.0.0.7', 'x-real-ip': '203.0.113.9' };
    const { body } = await app.inject({ url: '/', headers, remoteAddress: '10.0.0.5' });
    await app.close();
    return body;
  };

  it('are none by default: whoever says that he asks for somebody else asks for himself', async () =>
    expect(await addressBy('')).toBe('10.0.0.5'));

  it.each([
    ['10.0.0.5', '10.0.0.7'],
    ['10.0.0.0/24', '203.0.113.9'],
    ['10.0.0.5, 10.0.0.7', '203.0.113.9'],
    ['192.0.2.1', '10.0.0.5'],
  ])('are those that are named: %s', async (proxies, address) => expect(await addressBy(proxies)).toBe(address));

  it.each(['proxy', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0', 'true', '::/129'])(
    'are addresses and networks: %s',
    (text) => expect(() => proxiesSchema.parse(text)).toThrow('is not a list of addresses and networks'),
  );
});
