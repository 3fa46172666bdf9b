/**
 * Signers of a few provinces decide all the time, while faults happen: some decisions a second (signing.ts).
 *
 * Corrections of the months that they lock come by HTTP and by Kafka in turn.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { provinces } from '#domain';
import { awaitedLater, inBackground } from '#promises';
import { issueKey } from '../../cli/access-keys.js';
import { Attempts } from './decision-attempts.js';
import type { Ground } from './ground.js';
import type { HttpSender } from './http-sender.js';
import type { KafkaSender } from './kafka-sender.js';
import { shuffled } from './schedule.js';
import { Signing, type Keys, type SendCorrection } from './signing.js';
import { SigningApi } from './signing-api.js';

const PROVINCES = 4;
const PAUSE_MS = [150, 700] as const;
const KEYS_KNOWN_MS = 30_000;
const LOOK_MS = 500;

type Random = () => number;

export interface Senders {
  readonly http: HttpSender;
  readonly kafka: KafkaSender;
}

export class Signers {
  readonly attempts = new Attempts();
  /** Corrections that were sent by each way. */
  readonly sent = { http: 0, kafka: 0 };
  private isOn = true;
  private loops: Promise<unknown> = Promise.resolve();
  private signings: readonly Signing[] = [];

  private constructor(
    readonly api: SigningApi,
    private readonly random: Random,
  ) {}

  /** Resolves when the services know the signers' keys. */
  static async open(ground: Ground, senders: Senders, random: Random): Promise<Signers> {
    const tokens = new Map<string, string>();
    const signers = new Signers(new SigningApi(ground.dashboard, tokens), random);
    const correct = signers.correcting(senders);
    const signings: Signing[] = [];
    for (const { code } of shuffled(random, provinces).slice(0, PROVINCES)) {
      const keys = await issueKeys(ground, code, tokens);
      signings.push(new Signing(code, keys, signers.api, signers.attempts, random, correct));
      await signers.untilKnown(keys.deciders[1], code);
    }
    signers.signings = signings;
    signers.loops = awaitedLater(Promise.all(signings.map((signing) => signers.keepDeciding(signing))));
    return signers;
  }

  /** The provinces that they sign for. */
  get provinces(): readonly string[] {
    return this.signings.map(({ province }) => province);
  }

  /** The key that submits of a province. */
  readonly submitter = (province: string): string =>
    this.signings.find((one) => one.province === province)?.keys.submitter ?? '';

  /** Waits until a decision of each province that is tried from now on is made, and one in each way; returns what is lacking. */
  async answeredWithin(ms: number): Promise<readonly string[]> {
    const from = Date.now();
    for (;;) {
      const silent = this.provinces.filter((province) => !this.attempts.hasMadeSince(from, province));
      const left = [...silent, ...this.attempts.notMade()];
      if (left.length === 0 || Date.now() > from + ms) return left;
      await sleep(LOOK_MS);
    }
  }

  async close(): Promise<void> {
    this.isOn = false;
    await this.loops;
  }

  private async keepDeciding(signing: Signing): Promise<void> {
    const [least, most] = PAUSE_MS;
    while (this.isOn) {
      await signing.turn();
      await sleep(least + this.random() * (most - least));
    }
  }

  private correcting({ http, kafka }: Senders): SendCorrection {
    return (unit, event) => {
      const isHttp = this.sent.http <= this.sent.kafka;
      this.sent[isHttp ? 'http' : 'kafka'] += 1;
      inBackground(isHttp ? http.send([event]) : kafka.send([{ key: unit, value: event }]));
    };
  }

  private async untilKnown(key: string, province: string): Promise<void> {
    for (const until = Date.now() + KEYS_KNOWN_MS; Date.now() < until; await sleep(LOOK_MS))
      if ((await this.api.get(key, `held?unit=${province}`)) !== undefined) {
        this.api.unexpected.length = 0;
        return;
      }
    throw new Error(`the dashboard does not know the key of a signer of ${province}`);
  }
}

const issueKeys = async ({ installation, env }: Ground, unit: string, tokens: Map<string, string>): Promise<Keys> => {
  const issue = async (name: string) => {
    const { id, token } = await issueKey(installation, env, { role: 'signer', unit, days: 1, name });
    tokens.set(id, token);
    return id;
  };
  return { submitter: await issue('submits'), deciders: [await issue('decides'), await issue('decides too')] };
};
