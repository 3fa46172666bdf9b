/** What records of rejected-events hold, for whoever has the sealing key. */
import { z } from 'zod';
import { rejectionAbout, type RejectedEvent, type SealedContent } from '#contracts';
import { keptKeys, keyOf, openBytes, parseConfig, sealingFields, sealingKeyOf } from '#service';
import type { Environment } from './access-keys.js';
import type { Installation } from './installation.js';

/** The installation's sealing key; undefined where none is set. */
export const sealingKeyIn = (env: Environment): Buffer | undefined =>
  sealingKeyOf(parseConfig(z.object(sealingFields), env));

export class RefusedContents {
  private constructor(
    private readonly kept: ReadonlyMap<string, string>,
    private readonly sealingKey: Buffer | undefined,
  ) {}

  /** Reads the data keys that are kept. */
  static async of({ kafka, topics }: Installation, sealingKey: Buffer | undefined): Promise<RefusedContents> {
    return new RefusedContents(await keptKeys(kafka, topics.sealingKeys), sealingKey);
  }

  /** Undefined where its data key was destroyed or is of another sealing key. */
  contentOf(rejected: RejectedEvent): SealedContent | undefined {
    const { sealed, raw } = rejected;
    if (sealed === undefined) return rejected;
    const wrapped = this.kept.get(sealed);
    const key =
      wrapped === undefined || this.sealingKey === undefined ? undefined : keyOf(this.sealingKey, sealed, wrapped);
    const bytes = key && openBytes(key.key, Buffer.from(raw, 'base64'), rejectionAbout(rejected));
    return bytes && (JSON.parse(String(bytes)) as SealedContent);
  }
}
