/**
 * `npm start [-- --once]`: the whole country on one machine.
 *
 * Starts the embedded stack and every service, publishes the demonstration year, issues a national summary, holds it against a
 * plain recomputation, says where to look, and stays up until Ctrl-C; with `--once` it stops by itself.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { monthAt, monthEnd, monthsOfWindow, windowIndex, windowCode, type Recomputation } from '#domain';
import { brokerSetsReceipts } from '#kafka';
import { awaitedLater } from '#promises';
import { stackDown, stackUp } from '#stack';
import type { Environment } from './access-keys.js';
import { dashboardAddress } from './dashboard-address.js';
import { demoOptions, isDemoPublished, publishDemo } from './demo-run.js';
import { demoYearSize } from './demo-year.js';
import { needsDemoSignIn, withDemoSignIn } from './demo-sign-in.js';
import { demoUserLines } from './demo-user-lines.js';
import { Drain } from './drain.js';
import { withEntry } from './entry-key.js';
import { openInstallation, type Installation } from './installation.js';
import { ownKey } from './own-key.js';
import { progressLine } from './progress-line.js';
import { vi } from './say.js';
import { compareSummary, issueSummary } from './summary-run.js';
import { Supervisor } from './supervisor.js';

/** In a run that is watched the year takes about forty seconds to arrive; with `--once` it comes as fast as it goes. */
const WATCHED_EVENTS_PER_SECOND = 15_000;

const say = (line: string) => process.stdout.write(`${line}\n`);

export const startCommand = async (args: string[]): Promise<number> => {
  const { values } = parseArgs({ args, options: { once: { type: 'boolean', default: false } } });
  const root = process.cwd();
  const stack = { root, ownerPid: process.pid, progress: (line: string) => process.stderr.write(`${line}\n`) };
  const stopAsked = awaitedLater(signalled());
  say('Tổng Hợp: đang khởi động Kafka, MongoDB, Redis… / starting the stack');
  const addresses = await stackUp(stack);
  const { env: shown, copies } = await asDemonstration({ ...process.env, ...addresses });
  const { env, end } = await withEntry(shown);
  const logDir = join(root, '.local', 'logs');
  const supervisor = new Supervisor({ root, env, logDir, say: (line) => process.stderr.write(`${line}\n`) }, copies);
  try {
    say(`Đang khởi động các dịch vụ (nhật ký ở ${logDir})… / starting the services`);
    await Promise.race([supervisor.start(), stopAsked.then(() => Promise.reject(new Error('interrupted')))]);
    await demonstrate(env, values.once, stopAsked);
    if (values.once) return 0;
    say('Đang chạy. Ctrl-C để dừng. / Running; Ctrl-C stops it.');
    await stopAsked;
    return 0;
  } finally {
    await Promise.all([supervisor.stop(), end()]);
    await stackDown(stack);
  }
};

/** Anybody may look: the services take the demonstration's users, whom a provider beside them signs in. */
const asDemonstration = async (given: Record<string, string | undefined>) => {
  const env: Record<string, string | undefined> = { REMINDERS: 'on', ...given, ACCESS: 'demo' };
  return needsDemoSignIn(env)
    ? { env: await withDemoSignIn(env), copies: new Map([['demo-sign-in', 1]]) }
    : { env, copies: new Map<string, number>() };
};

const signalled = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });

const demonstrate = async (env: Environment, once: boolean, stopAsked: Promise<void>): Promise<void> => {
  const dashboard = dashboardAddress(env);
  say(`\n  Bảng điều hành / dashboard:  ${dashboard}\n  Tài liệu API / API:          ${dashboard}/docs\n`);
  if (env.DEMO_OIDC_PORT !== undefined)
    say(`  Đăng nhập minh họa, không cần mật khẩu / sign in as one of these:\n${demoUserLines().join('\n')}\n`);
  const installation = await openInstallation(env);
  const interruption = new AbortController();
  const work = async () => {
    const reference = await publishAndDrain(installation, once);
    const window = lastQuarter(Date.now());
    const { token, end } = await ownKey(env, 'analyst');
    try {
      const id = await issueSummary(dashboard, window, { say, token, signal: interruption.signal });
      say(`Báo cáo tổng hợp ${windowCode(window)} đã phát hành / summary issued: ${id}`);
      if (reference !== undefined) {
        const count = await compareSummary(dashboard, id, window, reference, token);
        say(`Khớp với phép tính lại độc lập / equals a recomputation: ${vi(count)} chỉ tiêu`);
      }
      say(`  DOCX: ${dashboard}/v1/summaries/${id}.docx\n  JSON: ${dashboard}/v1/summaries/${id}.json`);
    } finally {
      await end();
    }
  };
  await Promise.race([work(), stopAsked.then(() => interruption.abort())]);
};

/** Publishes the year unless it is there already, and waits until all of it is read and written. */
const publishAndDrain = async (installation: Installation, once: boolean): Promise<Recomputation | undefined> => {
  await brokerSetsReceipts(installation.kafka, installation.topics.indicatorEvents);
  const options = demoOptions(Date.now());
  const total = demoYearSize(options);
  const drain = await Drain.open(installation);
  const progress = progressLine('[{bar}] đã {what} {value} / {total} sự kiện, {duration_formatted}{more}');
  try {
    if (await isDemoPublished(installation, options)) {
      say('Năm minh họa đã có sẵn. / The demonstration year is there already.');
      await drain.wait();
      return undefined;
    }
    const startedAt = Date.now();
    const reference = await publishDemo(installation, options, once ? 0 : WATCHED_EVENTS_PER_SECOND, (sent) =>
      progress.show(sent, total, { what: 'gửi', more: '' }),
    );
    await drain.wait(({ eventsLeft, recordsLeft }) => {
      progress.show(total - eventsLeft, total, { what: 'đọc', more: `, còn ${vi(recordsLeft)} bản ghi tổng hợp` });
    });
    progress.stop();
    say(`Đã xử lý ${vi(total)} sự kiện trong ${vi((Date.now() - startedAt) / 1000)} giây / the year is drained`);
    return reference;
  } finally {
    progress.stop();
    await drain.close();
  }
};

/** The last quarter that is over. */
const lastQuarter = (now: number): number => {
  const year = Math.floor(monthAt(now) / 12) + 2025;
  const quarters = [year - 1, year].flatMap((y) => [1, 2, 3, 4].map((q) => windowIndex(`${y}-Q${q}`)));
  const over = quarters.filter(
    (window) => window !== undefined && monthEnd(monthsOfWindow(window).at(-1) as number) <= now,
  );
  return over.at(-1) as number;
};
