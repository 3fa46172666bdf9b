/** The webhook of a unit as it is kept: an address that may be reached, and a secret that is made here and sealed. */
import { randomBytes } from 'node:crypto';
import { addressFault, sealText, type OutgoingRules } from '#service';
import { webhookPlace, type StoredWebhook } from '#store';
import { InvalidParameter } from './requests.js';

const SECRET_BYTES = 32;

export class WebhookSecrets {
  constructor(
    private readonly rules: OutgoingRules,
    private readonly sealingKey: Buffer | undefined,
  ) {}

  /**
   * What is to be kept, and the secret where one is made: for an address that is new.
   *
   * @param held what is kept already; undefined: a new secret is wanted
   */
  kept(
    unit: string,
    url: string | null,
    held: StoredWebhook | null | undefined,
  ): { readonly webhook: StoredWebhook | null; readonly secret?: string } {
    if (url === null) return { webhook: null };
    const fault = addressFault(url, this.rules);
    if (fault !== undefined) throw new InvalidParameter(`webhook ${fault}`);
    if (held?.url === url) return { webhook: held };
    const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
    return { webhook: { url, secret: sealText(this.sealingKey, secret, webhookPlace(unit)) }, secret };
  }
}
