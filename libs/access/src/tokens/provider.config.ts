/**
 * Which OpenID provider says who somebody is: configuration of every service that takes its tokens.
 *
 * Two modes. The demonstration (`ACCESS=demo`) may be without a provider, or have one that lets anybody in. Without it there has to be one, by https
 * unless it runs on this machine; production settings (`NODE_ENV=production`) refuse the demonstration and http altogether. Every fault is
 * said with the others.
 */
import { z } from 'zod';
import { demoClient } from '../demonstration.js';

/** A variable that is set to nothing is not set: what Compose makes of one that it passes on. */
export const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

export const providerShape = {
  NODE_ENV: z.string().optional(),
  ACCESS: optional(z.literal('demo')),
  OIDC_ISSUER: optional(z.url({ protocol: /^https?$/ })),
  /** Where a person's roles stand in a token: a claim's name, or the way to it by dots. */
  OIDC_ROLES_CLAIM: optional(z.string()).transform((name) => name ?? 'roles'),
  OIDC_UNIT_CLAIM: optional(z.string()).transform((name) => name ?? 'unit'),
  /** Whom access tokens are meant for. */
  OIDC_AUDIENCE: optional(z.string()),
  /** How strongly a person has to have signed in, by the provider's names for it (`acr`), with commas; nothing: as the provider likes. */
  OIDC_REQUIRED_ACR: optional(z.string()).transform((text) => wordsOf(text ?? '')),
};

const wordsOf = (text: string): readonly string[] => text.split(/[\s,]+/).filter((word) => word !== '');

export type ProviderConfig = z.infer<z.ZodObject<typeof providerShape>>;

/** What a check is told of a configuration of which other parts may be at fault. */
export interface Faults {
  addIssue(issue: { code: 'custom'; path: string[]; message: string }): void;
}

/** Runs a check whatever else is wrong. */
export const always = { when: () => true };

export const isDemonstration = ({ ACCESS }: Pick<ProviderConfig, 'ACCESS'>): boolean => ACCESS === 'demo';

const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(host);

/** Why an address may not be asked, or sent to, in this mode; undefined where it may. */
export const whyNotPlain = (address: string, { ACCESS, NODE_ENV }: Partial<ProviderConfig>): string | undefined => {
  if (!URL.canParse(address)) return undefined;
  const { protocol, hostname } = new URL(address);
  if (protocol !== 'http:') return undefined;
  if (NODE_ENV === 'production') return 'is http; production takes https only';
  if (ACCESS === 'demo' || isLoopback(hostname)) return undefined;
  return 'is http; outside the demonstration only an address of this machine may be';
};

/** What is wrong with a provider's configuration as a whole. */
export const checkProvider = (config: Partial<ProviderConfig>, faults: Faults): void => {
  const say = (name: string, message: string) => faults.addIssue({ code: 'custom', path: [name], message });
  if (config.NODE_ENV === 'production' && config.ACCESS === 'demo')
    say('ACCESS', 'is demo; production refuses the demonstration, where anybody signs in as anyone');
  if (config.OIDC_ISSUER === undefined) {
    if (config.ACCESS !== 'demo')
      say('OIDC_ISSUER', 'is needed: the OpenID provider that people sign in at (or ACCESS=demo)');
    return;
  }
  const plain = whyNotPlain(config.OIDC_ISSUER, config);
  if (plain !== undefined) say('OIDC_ISSUER', plain);
  if (config.ACCESS !== 'demo' && config.OIDC_AUDIENCE === undefined)
    say('OIDC_AUDIENCE', 'is needed: whom access tokens are meant for');
  if (config.ACCESS !== 'demo' && config.OIDC_AUDIENCE === demoClient.audience)
    say('OIDC_AUDIENCE', "is the demonstration's");
};

/** Whom access tokens have to be meant for. */
export const audienceOf = ({ OIDC_AUDIENCE }: Pick<ProviderConfig, 'OIDC_AUDIENCE'>): string =>
  OIDC_AUDIENCE ?? demoClient.audience;
