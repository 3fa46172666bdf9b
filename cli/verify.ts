/**
 * `npm run verify [-- --unit CODE | --province CODE] [--repair] [--no-wait]`: recomputes from the event topic and compares.
 *
 * Whatever was done to the topics, the groups or the database, this says whether the figures that readers see are right: nothing
 * that the pipeline keeps is used, only the events. Exit status 0: all is equal; 1: something differs; 2: a wrong argument.
 */
import { parseArgs } from 'node:util';
import { unitOf } from '#domain';
import { noteCommand } from './audited.js';
import { openInstallation } from './installation.js';
import { repairDocuments } from './repair.js';
import { progressLine, unseen, type Progress } from './progress-line.js';
import { vi } from './say.js';
import type { Difference, Scope } from './verification.js';
import { Verifier, type Verified } from './verifier.js';

const SHOWN = 50;
const USAGE =
  'npm run verify [-- --unit CODE | --province CODE] [--repair] [--no-wait]\n' +
  'CODE: VN, mã tỉnh (2 chữ số) hoặc mã xã (5 chữ số) / VN, a province (2 digits) or a commune (5 digits)\n';

const say = (line: string) => process.stdout.write(`${line}\n`);
const tell = (line: string) => process.stderr.write(`${line}\n`);
const waiting = () => progressLine('[{bar}] hệ thống đã xử lý {value} / {total} sự kiện / read by the pipeline');

interface Options {
  readonly scope: Scope;
  readonly repair: boolean;
  readonly wait: boolean;
}

export const verifyCommand = async (args: string[]): Promise<number> => {
  const options = optionsOf(args);
  if (options === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const verified = await verify(process.env, options, tell, waiting());
  report(verified);
  return verified.differences.length === 0 ? 0 : 1;
};

/** Verifies an installation; with `repair` rewrites what differs from the newest records, and verifies again. */
export const verify = async (
  env: Record<string, string | undefined>,
  { scope, repair, wait }: Options,
  tell: (line: string) => void = () => undefined,
  progress: Progress = unseen,
): Promise<Verified> => {
  const installation = await openInstallation(env);
  const verifier = await Verifier.open(installation, scope, tell, progress);
  try {
    const verified = await verifier.verify(wait);
    if (!repair || verified.differences.length === 0) return verified;
    const facts = { differences: String(verified.differences.length) };
    await noteCommand(installation, env, { what: 'figures.repaired', unit: scope?.unit.code ?? null, facts });
    const written = await repairDocuments(installation, verifier.connection, verified);
    tell(`Đã ghi lại ${vi(written)} tài liệu từ bản ghi mới nhất / documents rewritten from the newest records`);
    return await verifier.verify(wait);
  } finally {
    await verifier.close();
  }
};

const optionsOf = (args: string[]): Options | undefined => {
  try {
    const { values } = parseArgs({
      args,
      options: {
        unit: { type: 'string' },
        province: { type: 'string' },
        repair: { type: 'boolean', default: false },
        'no-wait': { type: 'boolean', default: false },
      },
    });
    if (values.unit !== undefined && values.province !== undefined) return undefined;
    const code = values.unit ?? values.province;
    const unit = unitOf(code ?? '');
    const isProvince = values.province === undefined || unit?.level === 'province';
    if (code !== undefined && (unit === undefined || !isProvince)) return undefined;
    const scope = unit && { unit, withUnits: values.province !== undefined };
    return { scope, repair: values.repair, wait: !values['no-wait'] };
  } catch {
    return undefined;
  }
};

const report = ({ differences, compared, events, refused, behind, generation, newest }: Verified): void => {
  say(
    `Đã đọc ${vi(events)} sự kiện, ${vi(refused)} bị từ chối; thế hệ ${generation} / events read, refused; generation`,
  );
  if (generation !== newest)
    say(`Đang lập lại số liệu (thế hệ ${newest}) / a rebuild is under way: readers still see the older generation`);
  if (behind.length > 0)
    say('Hệ thống chưa xử lý hết sự kiện đã gửi / the pipeline had not caught up with the events:');
  for (const reader of behind) say(`  ${reader}`);
  for (const difference of differences.slice(0, SHOWN)) say(lineOf(difference));
  if (differences.length > SHOWN) say(`  … ${vi(differences.length - SHOWN)} khác biệt nữa / more`);
  if (differences.length === 0) {
    say(`Khớp: ${vi(compared)} số liệu / all equal`);
    return;
  }
  say(`SAI KHÁC: ${vi(differences.length)} trên ${vi(compared)} số liệu / figures that differ`);
  say('Sửa: npm run verify -- --repair; nếu vẫn sai: npm run rebuild / to mend it; where that does not help, rebuild');
};

const lineOf = ({ unit, window, indicator, expected, found }: Difference): string =>
  `  ${unit}  ${window}  ${indicator}: đúng ra / expected ${expected ?? '-'}, đang có / found ${found ?? '-'}`;
