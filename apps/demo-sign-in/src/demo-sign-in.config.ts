/** Configuration of the demonstration provider; it does not start anywhere but in a demonstration. */
import { z } from 'zod';
import { always, providerShape, type Faults } from '#access/tokens';
import { platformSchema } from '#service';

const usual = { LOG_LEVEL: true, HEALTH_HOST: true, HEALTH_PORT: true, SERVICE_RESTARTS: true } as const;

const notElsewhere = ({ NODE_ENV, ACCESS }: { NODE_ENV?: string; ACCESS?: string }, faults: Faults): void => {
  const say = (name: string, message: string) => faults.addIssue({ code: 'custom', path: [name], message });
  if (NODE_ENV === 'production') say('NODE_ENV', 'is production, which refuses the demonstration provider');
  if (ACCESS !== 'demo') say('ACCESS', 'is not demo: here anybody signs in as anyone');
};

export const demoSignInSchema = platformSchema
  .pick(usual)
  .extend({
    NODE_ENV: providerShape.NODE_ENV,
    ACCESS: providerShape.ACCESS,
    /** What it calls itself, and is reached by. */
    OIDC_ISSUER: z.url({ protocol: /^http$/, hostname: /^(127\.0\.0\.1|localhost)$/ }),
    DEMO_OIDC_PORT: z.coerce.number().int().min(1).max(65_535).default(8082),
  })
  .superRefine(notElsewhere, always);
export type DemoSignInConfig = z.infer<typeof demoSignInSchema>;
