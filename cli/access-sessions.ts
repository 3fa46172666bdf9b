/**
 * `npm run --silent access -- sessions [--person ID]`, `sign-out PERSON|--all`: where people are signed in, and the end of it.
 *
 * An end is heard by every running service at once, live streams too. It is in the audit log before it is done; what cannot be noted is not
 * done. Exit status 1 where the person has no session.
 */
import { peopleShape, Sessions, type SessionView } from '#access/people';
import { createLogger, parseConfig, platformSchema, secretNames, withSecrets } from '#service';
import { noteCommand } from './audited.js';
import { openInstallation } from './installation.js';

type Environment = Readonly<Record<string, string | undefined>>;
type Say = (line: string) => void;

const { SESSION_IDLE_MINUTES, SESSION_HOURS, SESSIONS_PER_PERSON } = peopleShape;
const schema = platformSchema
  .omit({ KAFKA_BROKERS: true, MONGODB_URI: true })
  .extend({ SESSION_IDLE_MINUTES, SESSION_HOURS, SESSIONS_PER_PERSON });

/** A line for each session: whose, for which unit, since when, last used, from where. @returns exit status */
export const listSessions = (person: string | undefined, env: Environment, print: Say): Promise<number> =>
  withSessions(env, async (sessions) => {
    for (const session of await found(sessions, person)) print(lineOf(session));
    return 0;
  });

/** @param person undefined: everybody; @returns exit status */
export const signOutPeople = (person: string | undefined, env: Environment, say: Say): Promise<number> =>
  withSessions(env, async (sessions) => {
    const held = await found(sessions, person);
    if (held.length > 0) await noted(held, env);
    let ended = 0;
    for (const { hash } of held) if (await sessions.endHashed(hash)) ended += 1;
    say(`Đã kết thúc ${ended} phiên đăng nhập / sessions ended`);
    return ended === 0 && person !== undefined ? 1 : 0;
  });

const found = (sessions: Sessions, person: string | undefined): Promise<SessionView[]> =>
  person === undefined ? sessions.all() : sessions.of(person);

const lineOf = ({ principal: { id, name, unit }, issuedAt, usedAt, from }: SessionView): string => {
  const [began, used] = [issuedAt, usedAt].map((ms) => new Date(ms).toISOString());
  return [id, unit, began, used, from ?? '-', name].join('\t');
};

const withSessions = async (env: Environment, work: (sessions: Sessions) => Promise<number>): Promise<number> => {
  const config = parseConfig(schema, withSecrets({ LOG_LEVEL: 'error', ...env }, secretNames));
  const sessions = new Sessions(config, createLogger('cli', config.LOG_LEVEL), Date.now);
  try {
    return await work(sessions);
  } finally {
    sessions.close();
  }
};

/** A change of access for each person whose sessions are to end. */
const noted = async (held: readonly SessionView[], env: Environment): Promise<void> => {
  const installation = await openInstallation({ MONGODB_URI: 'mongodb://unused', ...env });
  for (const { id, unit } of new Map(held.map(({ principal }) => [principal.id, principal])).values()) {
    const facts = { person: id, sessions: String(held.filter(({ principal }) => principal.id === id).length) };
    await noteCommand(installation, env, { what: 'access.revoked', unit, facts });
  }
};
