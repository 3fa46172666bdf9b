/**
 * The demonstration: who can be signed in as, and what the demonstration provider (apps/demo-sign-in) and its client know each other by.
 *
 * Nothing here is a secret, and production settings refuse all of it (tokens/provider.config.ts).
 */
import type { Role } from './principal.js';

export interface DemoUser {
  /** What one signs in as: `/sign-in?as=ID`. */
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly unit: string;
}

/** One for each role, and for each level that a unit may have. */
export const demoUsers: readonly DemoUser[] = [
  { id: 'trung-uong', name: 'Bộ Công an, cấp trung ương', roles: ['analyst', 'signer', 'auditor'], unit: 'VN' },
  { id: 'van-hanh', name: 'Tổ vận hành', roles: ['operator'], unit: 'VN' },
  { id: 'ha-noi', name: 'Công an thành phố Hà Nội', roles: ['signer', 'analyst'], unit: '01' },
  { id: 'lao-cai', name: 'Công an tỉnh Lào Cai', roles: ['reporter', 'signer', 'analyst'], unit: '15' },
  { id: 'ba-dinh', name: 'Công an phường Ba Đình', roles: ['reporter', 'signer'], unit: '00004' },
  { id: 'cam-duong', name: 'Công an phường Cam Đường', roles: ['reporter', 'signer'], unit: '02671' },
];

/** What the demonstration provider calls a sign-in with two factors. It says so of whoever asks for it, as it does of everything. */
export const DEMO_TWO_FACTORS = 'urn:tonghop:demonstration:two-factors';

export const demoClient = {
  id: 'tonghop-demonstration',
  secret: 'the demonstration has no secrets; never use this one',
  /** Of access tokens. */
  audience: 'https://tonghop.example/api',
} as const;
