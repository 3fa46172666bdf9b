/** Mail to a real SMTP server: how far it came is known wherever it can be, and nothing is handed over that is not claimed. */
import { MailReceiver } from '../../../test/kit/receivers.js';
import type { Delivered } from './delivered.js';
import { MailSender } from './mail-sender.js';

describe('a mail', () => {
  let receiver: MailReceiver;
  let sender: MailSender;
  let address: string;
  let claims: number;

  beforeEach(async () => {
    receiver = new MailReceiver();
    address = await receiver.listen();
    sender = new MailSender({ url: address, from: 'nhac-viec@example.vn', answerMs: 1_500 });
    claims = 0;
  });
  afterEach(() => receiver.close());

  const mail = {
    id: '00004|2026-03|after-1|email',
    to: ['ba-dinh@example.vn', 'van-phong@example.vn'],
    subject: 'Nhắc báo cáo Dự án 5 tháng 3/2026: chưa có số liệu',
    text: 'Kính gửi: Phường Ba Đình\n.\nĐề nghị đơn vị gửi đủ báo cáo.\n',
  };
  const claimed =
    (isOurs = true) =>
    () => {
      claims += 1;
      return Promise.resolve(isOurs);
    };
  const send = (claim = claimed()): Promise<Delivered> => sender.send(mail, claim);

  it('arrives in Vietnamese, from whom and to whom it is, claimed once, the same Message-ID at each attempt', async () => {
    expect([await send(), await send()]).toEqual([{ outcome: 'sent' }, { outcome: 'sent' }]);
    expect(claims).toBe(2);
    const [first, second] = receiver.mails;
    expect(first.to).toEqual(mail.to);
    expect(first.text).toMatch(/^From: nhac-viec@example\.vn\r$/m);
    expect(first.text).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    expect(first.text).toMatch(/^Subject: =\?UTF-8\?/m);
    const idOf = ({ text }: { text: string }) => /^Message-ID: (<[0-9a-f]{40}@example\.vn>)\r$/m.exec(text)?.[1];
    expect(idOf(first)).toBeDefined();
    expect(idOf(first)).toBe(idOf(second));
    const [head, body] = first.text.split('\r\n\r\n');
    const coding = /^Content-Transfer-Encoding: (.+)$/m.exec(head)?.[1].trim();
    const plain =
      coding === 'base64'
        ? Buffer.from(body, 'base64').toString()
        : Buffer.from(
            body
              .replace(/=\r\n/g, '')
              .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
            'latin1',
          ).toString();
    expect(plain.replaceAll('\r\n', '\n').trim()).toBe(mail.text.trim());
  });

  it('is not handed over where somebody else has claimed it', async () => {
    expect(await send(claimed(false))).toEqual({ outcome: 'lost' });
    expect(receiver.mails).toEqual([]);
  });

  it('is not handed over where the claim fails, and says what by', async () => {
    await expect(send(() => Promise.reject(new Error('MongoDB is away')))).rejects.toThrow('MongoDB is away');
    expect(receiver.mails).toEqual([]);
  });

  it('is refused where every address is, unclaimed', async () => {
    for (const each of mail.to) receiver.refusedAddresses.set(each, 550);
    expect(await send()).toEqual({ outcome: 'refused', reason: 'SMTP 550' });
    expect(claims).toBe(0);
  });

  it('is sent where some addresses are taken, and says how many were not', async () => {
    receiver.refusedAddresses.set(mail.to[1], 550);
    expect(await send()).toEqual({ outcome: 'sent', reason: 'SMTP: 1 of 2 refused' });
    expect(receiver.mails.map(({ to }) => to)).toEqual([[mail.to[0]]]);
  });

  it('may be tried again where the addresses are refused for now', async () => {
    for (const each of mail.to) receiver.refusedAddresses.set(each, 451);
    expect(await send()).toEqual({ outcome: 'again', reason: 'SMTP 451' });
  });

  it.each([
    [452, 'again'],
    [554, 'refused'],
  ])('that is answered by %s is not taken: %s', async (code, outcome) => {
    receiver.dataAnswer = code;
    expect(await send()).toEqual({ outcome, reason: `SMTP ${code}` });
  });

  it('may be tried again where nobody listens', async () => {
    await receiver.close();
    expect(await send()).toEqual({ outcome: 'again', reason: expect.any(String) as string });
    expect(claims).toBe(0);
  });

  it('is unknown where the server dies, or is silent, after it has all of it', async () => {
    receiver.isHolding = true;
    const dropped = send();
    while (receiver.mails.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    receiver.drop();
    expect(await dropped).toMatchObject({ outcome: 'unknown' });
    expect(await send()).toMatchObject({ outcome: 'unknown' });
    expect(claims).toBe(2);
  });

  it('goes to a server elsewhere by TLS alone', async () => {
    const url = address.replace('127.0.0.1', '0.0.0.0');
    const elsewhere = new MailSender({ url, from: 'a@example.vn', answerMs: 500 });
    expect((await elsewhere.send(mail, claimed())).outcome).toBe('again');
    expect(receiver.mails).toEqual([]);
  });
});
