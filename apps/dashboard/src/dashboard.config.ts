/** Configuration of the dashboard, parsed once in `main.ts`. */
import { z } from 'zod';
import { originsSchema, platformSchema } from '#service';

export const dashboardSchema = platformSchema.extend({
  DASHBOARD_PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  DASHBOARD_HOST: z.string().default('0.0.0.0'),
  /** Origins whose pages may ask from a browser. */
  DASHBOARD_CORS_ORIGINS: originsSchema,
  /** Where the built web app is. */
  WEB_DIR: z.string().default('dist/apps/web'),
});
export type DashboardConfig = z.infer<typeof dashboardSchema>;
export const DASHBOARD_CONFIG = Symbol('DashboardConfig');
export const CLOCK = Symbol('Clock');
export type Clock = () => number;
