/** Configuration of the dashboard, parsed once at the start. */
import { z } from 'zod';
import { accessSchema } from '#access';
import { peopleChecks, peopleShape } from '#access/people';
import { platformSchema } from '#service';
import { originsSchema } from '#service/http';

export const dashboardSchema = platformSchema
  .extend(accessSchema.shape)
  .extend({
    ...peopleShape,
    DASHBOARD_PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
    DASHBOARD_HOST: z.string().default('0.0.0.0'),
    /** Origins whose pages may ask from a browser. */
    DASHBOARD_CORS_ORIGINS: originsSchema,
    /** Where the built web app is. */
    WEB_DIR: z.string().default('dist/apps/web'),
  })
  .superRefine(...peopleChecks);
export type DashboardConfig = z.infer<typeof dashboardSchema>;
