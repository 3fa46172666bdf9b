/** Configuration of the service that people sign in to. Every fault is said with the others. */
import { z } from 'zod';
import { secretFrom } from '#service';
import { demoClient } from '../demonstration.js';
import { always, checkProvider, optional, providerShape, whyNotPlain, type Faults } from '../tokens/index.js';

const minutes = (usual: number) => z.coerce.number().positive().max(100_000).default(usual);

export const peopleShape = {
  ...providerShape,
  OIDC_CLIENT_ID: optional(z.string()),
  OIDC_CLIENT_SECRET: optional(z.string()),
  OIDC_CLIENT_SECRET_FILE: optional(z.string()),
  /** Where people find the page: what the provider sends them back to. */
  PUBLIC_URL: optional(z.url({ protocol: /^https?$/ })),
  /** A session ends when it is not used for so long. */
  SESSION_IDLE_MINUTES: minutes(30),
  /** And after so long however much it is used. */
  SESSION_HOURS: minutes(10),
  /** So many a person may have at once; a further one ends the oldest. */
  SESSIONS_PER_PERSON: z.coerce.number().int().min(1).max(1_000).default(10),
  /** So long ago the provider may have seen who it is for other sessions to be ended. */
  SESSION_FRESH_MINUTES: minutes(15),
};

export type PeopleConfig = z.infer<z.ZodObject<typeof peopleShape>>;

/** `.superRefine(...peopleChecks)`: what is wrong with the configuration as a whole, whatever else is wrong. */
export const peopleChecks = [
  (config: Partial<PeopleConfig>, faults: Faults): void => {
    checkProvider(config, faults);
    checkClient(config, faults);
  },
  always,
] as const;

const checkClient = (config: Partial<PeopleConfig>, faults: Faults): void => {
  const say = (name: string, message: string) => faults.addIssue({ code: 'custom', path: [name], message });
  const plain = config.PUBLIC_URL === undefined ? undefined : whyNotPlain(config.PUBLIC_URL, config);
  if (plain !== undefined) say('PUBLIC_URL', plain);
  if (config.ACCESS === 'demo') return;
  if (config.PUBLIC_URL === undefined) say('PUBLIC_URL', 'is needed: where people find the page');
  if (config.OIDC_CLIENT_ID === undefined) say('OIDC_CLIENT_ID', 'is needed: what the provider knows this service by');
  if (config.OIDC_CLIENT_ID === demoClient.id) say('OIDC_CLIENT_ID', "is the demonstration's");
  try {
    const secret = clientSecretIn(config);
    if (secret === undefined) say('OIDC_CLIENT_SECRET', 'is needed, or OIDC_CLIENT_SECRET_FILE');
    if (secret === demoClient.secret) say('OIDC_CLIENT_SECRET', "is the demonstration's; it is public");
  } catch (error) {
    say('OIDC_CLIENT_SECRET_FILE', `cannot be read (${(error as { code?: string }).code ?? 'fault'})`);
  }
};

const clientSecretIn = ({ OIDC_CLIENT_SECRET, OIDC_CLIENT_SECRET_FILE }: Partial<PeopleConfig>): string | undefined =>
  secretFrom({ OIDC_CLIENT_SECRET, OIDC_CLIENT_SECRET_FILE }, 'OIDC_CLIENT_SECRET');

/** Whether it is the demonstration provider that people sign in at, so that its users may be offered. */
export const offersDemoUsers = (config: PeopleConfig): boolean =>
  config.ACCESS === 'demo' && config.OIDC_ISSUER !== undefined && clientOf(config).id === demoClient.id;

export const clientOf = (config: PeopleConfig): { readonly id: string; readonly secret?: string } =>
  config.OIDC_CLIENT_ID === undefined ? demoClient : { id: config.OIDC_CLIENT_ID, secret: clientSecretIn(config) };
