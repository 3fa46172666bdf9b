import { contactsRequestSchema, sendReminderJob } from './reminders.js';

const contacts = (emails: readonly string[]) =>
  contactsRequestSchema.safeParse({ emails, webhook: null, revision: 0 }).success;

describe('contacts', () => {
  it.each(['ubnd.badinh@hanoi.gov.vn', "o'neill+nhac@example.vn"])('take the address %s', (address) =>
    expect(contacts([address])).toBe(true),
  );

  it.each([
    'a@example.vn\r\nRCPT TO:<b@example.vn>',
    'a@example.vn\nBcc: b@example.vn',
    'a@example.vn, b@example.vn',
    'Ai đó <a@example.vn>',
    '"a b"@example.vn',
    'a@example.vn ',
    'ủy-ban@example.vn',
    'a@example',
    `${'a'.repeat(250)}@example.vn`,
    '',
  ])('take no address that is more than one, or ends a header or a command: %j', (address) =>
    expect(contacts([address])).toBe(false),
  );

  it('are five addresses at most, and nothing beside what is known', () => {
    const five = Array.from({ length: 5 }, (_, n) => `a${n}@example.vn`);
    expect([contacts(five), contacts([...five, 'b@example.vn'])]).toEqual([true, false]);
    expect(contactsRequestSchema.safeParse({ emails: [], webhook: null, revision: 0, name: 'A' }).success).toBe(false);
  });
});

it('the job of a reminder has an id of its own, without a colon', () =>
  expect(sendReminderJob('00004|2026-03|after-1|email').opts.jobId).toBe('send-reminder-00004|2026-03|after-1|email'));
