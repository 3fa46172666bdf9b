/**
 * Principals: who asks. A person who has signed in, a system by its key or certificate, or one that the configuration names.
 */
export const roles = ['reporter', 'signer', 'analyst', 'operator', 'auditor'] as const;
export type Role = (typeof roles)[number];

export interface Principal {
  /** Stable: the id of the key, or the provider's name for the person. */
  readonly id: string;
  readonly name: string;
  readonly kind: 'key' | 'certificate' | 'person' | 'configuration';
  readonly roles: readonly Role[];
  /** Code of the unit that the roles are for, and of what is under it. */
  readonly unit: string;
}

export const isRole = (text: string): text is Role => (roles as readonly string[]).includes(text);
