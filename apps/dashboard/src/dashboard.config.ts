/** Configuration of the dashboard, parsed once at the start. */
import { z } from 'zod';
import { accessSchema, type LimitSettings } from '#access';
import { peopleChecks, peopleShape } from '#access/people';
import { optionalText, outgoingShape, platformSchema, sealingFields } from '#service';
import { connectionsShape, originsSchema, proxiesSchema } from '#service/http';

const optionalUrl = optionalText.refine(
  (url) => url === undefined || (/^https?:\/\//.test(url) && URL.canParse(url)),
  'is not an http:// or https:// address',
);

export const dashboardSchema = platformSchema
  .extend(accessSchema.shape)
  .extend({
    ...peopleShape,
    ...connectionsShape,
    ...sealingFields,
    ...outgoingShape,
    DASHBOARD_PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
    DASHBOARD_HOST: z.string().default('0.0.0.0'),
    /** Origins whose pages may ask from a browser. */
    DASHBOARD_CORS_ORIGINS: originsSchema,
    TRUSTED_PROXIES: proxiesSchema,
    /** Requests that a key or person may make in ten seconds at least; 0: no limit. */
    DASHBOARD_REQUESTS_PER_10_S: z.coerce.number().int().min(0).default(12_000),
    /** And for each reporting unit that is the caller's own or under it, where that is more. */
    DASHBOARD_REQUESTS_PER_10_S_EACH: z.coerce.number().int().min(0).default(60),
    /** Requests to sign in from one address in ten seconds; 0: no limit. Behind a proxy that is not among TRUSTED_PROXIES all of them have its address. */
    SIGN_INS_PER_10_S: z.coerce.number().int().min(0).default(500),
    /** Requests with a credential that is none, from one address in ten seconds; 0: no limit. Who is known is let in all the same. */
    FAILED_CREDENTIALS_PER_10_S: z.coerce.number().int().min(0).default(300),
    /** Streams that a person, or a key, may have open at once, in one process; 0: no limit. */
    STREAMS_PER_PERSON: z.coerce.number().int().min(0).default(50),
    STREAMS_PER_KEY: z.coerce.number().int().min(0).default(2_000),
    /** Percent of the expected reports: a figure of fewer is shown as provisional, and not as attained or missed. */
    PROVISIONAL_BELOW: z.coerce.number().min(0).max(100).default(80),
    /** The intake that gets what is typed into the page's form, and a reporter's key of the whole country for it; without both nothing is entered. */
    INTAKE_URL: optionalUrl,
    INTAKE_KEY: optionalText,
    /** Where the built web app is. */
    WEB_DIR: z.string().default('dist/apps/web'),
  })
  .superRefine(...peopleChecks);
export type DashboardConfig = z.infer<typeof dashboardSchema>;

export const dashboardLimits = (config: DashboardConfig): LimitSettings => ({
  caller: { least: config.DASHBOARD_REQUESTS_PER_10_S, each: config.DASHBOARD_REQUESTS_PER_10_S_EACH },
  signIns: config.SIGN_INS_PER_10_S,
  failures: config.FAILED_CREDENTIALS_PER_10_S,
});
