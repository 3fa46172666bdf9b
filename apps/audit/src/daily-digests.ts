/**
 * A signed digest of each day: soon after it ends in Việt Nam, where every partition's chain has come to. Kept in MongoDB, and as a file where a
 * folder is set, to be taken elsewhere: whoever makes the chain anew from some entry on cannot make an old digest say so.
 */
import type { KeyObject } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson, type AuditDigest, type SignedDigest } from '#contracts';
import { ictDay } from '#domain';
import type { Kafka } from '#kafka';
import { inBackground } from '#promises';
import { signText, type Clock, type Logger } from '#service';
import { boundsOf } from '#stream';
import type { AuditTrail } from '#store';
import { headOf } from './chains.js';

interface DigestSettings {
  readonly kafka: Kafka;
  readonly topic: string;
  readonly trail: AuditTrail;
  readonly key: KeyObject;
  readonly folder: string | undefined;
  readonly logger: Logger;
  readonly now: Clock;
}

const EVERY_MS = 60_000;
const DAY_MS = 86_400_000;

export class DailyDigests {
  private timer?: NodeJS.Timeout;
  private isClosed = false;

  constructor(private readonly settings: DigestSettings) {}

  /** Looks once a minute whether yesterday has its digest. Never rejects. */
  async begin(): Promise<void> {
    const { now, logger } = this.settings;
    try {
      await this.keep(ictDay(now() - DAY_MS));
    } catch (err) {
      logger.warn({ err }, 'the digest of the audit trail could not be made; it is tried again');
    }
    if (!this.isClosed) this.timer = setTimeout(() => inBackground(this.begin()), EVERY_MS);
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
  }

  private async keep(day: string): Promise<void> {
    const { trail, folder, logger } = this.settings;
    if (await trail.hasDigest(day)) return;
    const digest = await this.digestOf(day);
    if (!(await trail.keepDigest(day, digest)) || folder === undefined) return;
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `audit-${day}.json`), `${JSON.stringify(digest)}\n`);
    logger.info({ day }, 'the digest of the audit trail is kept');
  }

  private async digestOf(day: string): Promise<SignedDigest> {
    const { kafka, topic, key, now } = this.settings;
    const heads: Record<string, { n: number; hash: string }> = {};
    for (const partition of (await boundsOf(kafka, topic)).to.keys()) {
      const head = await headOf(kafka, topic, partition);
      if (head !== undefined) heads[partition] = { n: head.n, hash: head.hash };
    }
    const digest: AuditDigest = { day, at: new Date(now()).toISOString(), heads };
    const text = canonicalJson(digest);
    return { text, signature: signText(key, text) };
  }
}
