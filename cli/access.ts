/**
 * `npm run --silent access -- issue --role ROLE --unit CODE [--days N] [--name TEXT] [--certificate FILE]`, `list`, `revoke ID`,
 * `rotate ID [--overlap-days N]`: the API keys of systems; `sessions`, `sign-out`: people (access-sessions.ts).
 *
 * A new key goes to standard output, alone, and is shown this once. With a certificate there is no key: its id is printed. Exit status 2 for a command
 * that was not understood, 1 for a key that there is not.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isRole, roles } from '#access';
import { unitOf } from '#domain';
import { listSessions, signOutPeople } from './access-sessions.js';
import {
  bindCertificate,
  endLater,
  issueKey,
  readKeys,
  readKeyUses,
  revokeKey,
  type KeyRequest,
} from './access-keys.js';
import { openKafka } from './installation.js';

const options = {
  role: { type: 'string' },
  unit: { type: 'string' },
  days: { type: 'string' },
  name: { type: 'string' },
  certificate: { type: 'string' },
  'overlap-days': { type: 'string' },
  person: { type: 'string' },
  all: { type: 'boolean' },
} as const;

const usage = `usage: npm run --silent access -- issue --role ${roles.join('|')} --unit CODE [--days N] [--name TEXT] [--certificate FILE]
       npm run --silent access -- list | revoke ID | rotate ID [--overlap-days N]
       npm run --silent access -- sessions [--person ID] | sign-out PERSON|--all
`;
const USUAL_DAYS = 365;
const USUAL_OVERLAP_DAYS = 7;
const MOST_DAYS = 3_660;

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const complain = (line: string, status: number): number => {
  process.stderr.write(`${line}\n`);
  return status;
};

export const accessCommand = async (args: string[], env = process.env): Promise<number> => {
  const parsed = parsedArgs(args);
  if (parsed === undefined) return complain(usage, 2);
  const { command, id, values } = parsed;
  if (command === 'issue') return issue(values, env);
  if (command === 'list') return list(env);
  if (command === 'sessions') return listSessions(values.person, env, print);
  if (command === 'sign-out' && (id === undefined) === (values.all === true))
    return signOutPeople(id, env, (line) => process.stderr.write(`${line}\n`));
  if (id === undefined || command === 'sign-out') return complain(usage, 2);
  if (command === 'revoke') return revoke(id, env);
  const days = daysOf(values['overlap-days'], USUAL_OVERLAP_DAYS);
  return days === undefined ? complain(usage, 2) : rotate(id, days, env);
};

type Values = Partial<Record<Exclude<keyof typeof options, 'all'>, string>> & { readonly all?: boolean };

const parsedArgs = (args: string[]) => {
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [command, id] = positionals;
    const isKnown = ['issue', 'list', 'revoke', 'rotate', 'sessions', 'sign-out'].includes(command ?? '');
    return isKnown && positionals.length <= 2 ? { command, id, values: values as Values } : undefined;
  } catch {
    return undefined;
  }
};

const daysOf = (text: string | undefined, usual: number): number | undefined => {
  const days = text === undefined ? usual : Number(text);
  return Number.isInteger(days) && days >= 0 && days <= MOST_DAYS ? days : undefined;
};

const issue = async (values: Values, env: NodeJS.ProcessEnv): Promise<number> => {
  const { role, unit, name = '', certificate } = values;
  const days = daysOf(values.days, USUAL_DAYS);
  if (role === undefined || !isRole(role)) return complain(`Vai trò / role: ${roles.join(', ')}`, 2);
  if (unit === undefined || unitOf(unit) === undefined)
    return complain('Đơn vị / unit: VN, mã tỉnh (2 chữ số), mã xã (5 chữ số) / a code that there is', 2);
  if (days === undefined || days === 0) return complain(`Số ngày / days: 1 … ${MOST_DAYS}`, 2);
  if (/\p{Cc}/u.test(name) || name.length > 200) return complain('Tên / name: at most 200 characters, one line', 2);
  const request: KeyRequest = { role, unit, days, name };
  const installation = await openKafka(env);
  if (certificate !== undefined)
    print(await bindCertificate(installation, env, readFileSync(certificate, 'utf8'), request));
  else print((await issueKey(installation, env, request)).token);
  return 0;
};

const list = async (env: NodeJS.ProcessEnv): Promise<number> => {
  const installation = await openKafka(env);
  const uses = await readKeyUses(installation);
  for (const { id, role, unit, expiresAt, name } of (await readKeys(installation, env)).valid())
    print([id, role, unit, expiresAt, name, uses.get(id) ?? '-'].join('\t'));
  return 0;
};

const revoke = async (id: string, env: NodeJS.ProcessEnv): Promise<number> => {
  const isDone = await revokeKey(await openKafka(env), env, id);
  return isDone ? complain(`Đã thu hồi khóa ${id} / revoked`, 0) : complain(`Không có khóa ${id} / no such key`, 1);
};

const rotate = async (id: string, overlapDays: number, env: NodeJS.ProcessEnv): Promise<number> => {
  const installation = await openKafka(env);
  const old = (await readKeys(installation, env)).valid().find((key) => key.id === id && key.kind === 'key');
  if (old === undefined || !isRole(old.role)) return complain(`Không có khóa ${id} / no such key`, 1);
  const { role, unit, name } = old;
  print((await issueKey(installation, env, { role, unit, name, days: USUAL_DAYS })).token);
  await endLater(installation, env, old, overlapDays);
  return 0;
};
