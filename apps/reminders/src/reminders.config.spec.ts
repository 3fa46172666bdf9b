import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reminderPlan } from '#domain';
import { parseConfig } from '#service';
import { planOf, remindersSchema } from './reminders.config.js';

const servers = { KAFKA_BROKERS: 'k:1', MONGODB_URI: 'mongodb://m/test', REDIS_URL: 'redis://r' };
const parsed = (env: Record<string, string>) => parseConfig(remindersSchema, { ...servers, ...env });

describe('the configuration of reminders', () => {
  it('reminds nobody unless it is told to', () => expect(parsed({}).REMINDERS).toBe('off'));

  it('takes empty variables for none, as compose hands them over', () =>
    expect(parsed({ SMTP_URL: '', MAIL_FROM: '', REMINDERS_FILE: '', WEBHOOK_NETWORKS: '' })).toMatchObject({
      SMTP_URL: undefined,
      MAIL_FROM: undefined,
    }));

  it.each([
    [{ SMTP_URL: 'smtp://mail.example.vn' }, 'MAIL_FROM: goes with SMTP_URL'],
    [{ SMTP_URL: 'https://mail.example.vn' }, 'SMTP_URL: is not an smtp:// address'],
    [{ MAIL_FROM: 'nobody' }, 'MAIL_FROM: is no address'],
    [{ WEBHOOK_NETWORKS: '10.0.0.0' }, 'WEBHOOK_NETWORKS: is no list of networks'],
  ])('says what is wrong with %j: %s', (env, said) => expect(() => parsed(env)).toThrow(said));

  describe('names a plan', () => {
    const folder = mkdtempSync(join(tmpdir(), 'plan-'));
    const file = join(folder, 'plan.json');
    afterAll(() => rmSync(folder, { recursive: true }));

    it('of its own, or the project’s', () => {
      expect(planOf({})).toBe(reminderPlan);
      const own = { ...reminderPlan, hours: { from: '07:30', to: '11:30' } };
      writeFileSync(file, JSON.stringify(own));
      expect(planOf({ REMINDERS_FILE: file })).toEqual(own);
    });

    it('that is refused with every fault at once, or where it cannot be read', () => {
      writeFileSync(file, JSON.stringify({ ...reminderPlan, weekdays: [], hours: { from: '9', to: '8' } }));
      expect(() => planOf({ REMINDERS_FILE: file })).toThrow(/hours.*\n.*weekdays/);
      writeFileSync(file, '{');
      expect(() => planOf({ REMINDERS_FILE: file })).toThrow('REMINDERS_FILE');
      expect(() => planOf({ REMINDERS_FILE: join(folder, 'none') })).toThrow('REMINDERS_FILE');
    });
  });
});
