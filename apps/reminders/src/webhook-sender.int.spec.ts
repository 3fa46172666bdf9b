/** Webhooks to a real HTTP receiver, which checks them by the reference library of the scheme. */
import { Webhook } from 'standardwebhooks';
import { outgoingRules } from '#service';
import { HookReceiver } from '../../../test/kit/receivers.js';
import { WebhookSender } from './webhook-sender.js';

describe('a webhook', () => {
  let receiver: HookReceiver;
  const sender = new WebhookSender(outgoingRules({ WEBHOOK_NETWORKS: '127.0.0.0/8', ACCESS: 'demo' }), Date.now, 500);
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const body = '{"type":"report.reminder","data":{"unit":"00004","text":"Nhắc báo cáo"}}';
  const claim = () => Promise.resolve(true);

  beforeEach(async () => {
    receiver = new HookReceiver();
    await receiver.listen();
  });
  afterEach(() => receiver.close());

  const send = (by = sender, url = `${receiver.url}/nhac-viec`) =>
    by.send({ id: '00004|2026-03|after-1|webhook', url, secret, body }, claim);

  it('is signed as the scheme says, with the same id and bytes at each attempt', async () => {
    expect([await send(), await send()]).toEqual([{ outcome: 'sent' }, { outcome: 'sent' }]);
    const [first, second] = receiver.hooks;
    expect(new Webhook(secret).verify(first.body, first.headers as Record<string, string>)).toEqual(JSON.parse(body));
    expect(() => new Webhook(secret).verify(`${body} `, first.headers as Record<string, string>)).toThrow();
    expect([first.path, first.body, first.headers['content-type']]).toEqual(['/nhac-viec', body, 'application/json']);
    expect(first.headers['webhook-id']).toMatch(/^msg_[0-9a-f]{32}$/);
    expect(second.headers['webhook-id']).toBe(first.headers['webhook-id']);
  });

  it.each([
    [200, { outcome: 'sent' }],
    [302, { outcome: 'again', reason: 'HTTP 302' }],
    [410, { outcome: 'refused', reason: 'HTTP 410' }],
    [400, { outcome: 'again', reason: 'HTTP 400' }],
    [503, { outcome: 'again', reason: 'HTTP 503' }],
  ])('that is answered by %s comes out as %j, and no redirect is followed', async (status, expected) => {
    receiver.status = status;
    expect(await send()).toEqual(expected);
    expect(receiver.hooks).toHaveLength(1);
  });

  it('may be tried again where nobody listens: nothing was handed over', async () => {
    const { url } = receiver;
    await receiver.close();
    expect(await send(sender, url)).toEqual({ outcome: 'again', reason: 'ECONNREFUSED' });
    await receiver.listen();
  });

  it('is unknown where no answer comes', async () => {
    receiver.isHolding = true;
    expect(await send()).toMatchObject({ outcome: 'unknown' });
    expect(receiver.hooks).toHaveLength(1);
  });

  it('is not handed over where somebody else has claimed it', async () => {
    const hook = { id: 'x', url: receiver.url, secret, body };
    expect(await sender.send(hook, () => Promise.resolve(false))).toEqual({ outcome: 'lost' });
    expect(receiver.hooks).toEqual([]);
  });

  it.each(['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]'])('leads to no address inside: %s', async (host) => {
    const outside = new WebhookSender(outgoingRules({ WEBHOOK_NETWORKS: '', ACCESS: 'demo' }), Date.now, 500);
    const url = receiver.url.replace('127.0.0.1', host);
    expect(await send(outside, url)).toEqual({ outcome: 'refused', reason: 'ADDRESS_FORBIDDEN' });
    expect(receiver.hooks).toEqual([]);
  });
});
