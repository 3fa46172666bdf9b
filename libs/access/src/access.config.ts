/**
 * Configuration of who is let in, shared by the services that answer requests and the command that issues keys.
 */
import { z } from 'zod';

/** For a demonstration; production settings refuse it. */
const EXAMPLE_PEPPER = 'example-pepper-for-demonstrations-only';

export const accessSchema = z.object({
  NODE_ENV: z.string().optional(),
  /** `demo`: example secrets and the demonstration's sign-in are let through. */
  ACCESS: z.enum(['demo']).optional(),
  /** What the hashes of API keys are made with, beside the keys; 32 characters or more, or `API_KEY_PEPPER_FILE`. */
  API_KEY_PEPPER: z.string().min(32).default(EXAMPLE_PEPPER),
  /** A token of whoever scrapes `/metrics`. */
  METRICS_TOKEN: z.string().min(16).optional(),
});
export type AccessConfig = z.infer<typeof accessSchema>;

/** The parts of the configuration that production must not have; each is said by the variable's name. */
export const productionFaults = ({ NODE_ENV, ACCESS, API_KEY_PEPPER }: AccessConfig): readonly string[] => {
  if (NODE_ENV !== 'production') return [];
  return [
    ...(ACCESS === 'demo' ? ['ACCESS: a demonstration is not for production'] : []),
    ...(API_KEY_PEPPER === EXAMPLE_PEPPER ? ['API_KEY_PEPPER: is the example, or not set'] : []),
  ];
};
