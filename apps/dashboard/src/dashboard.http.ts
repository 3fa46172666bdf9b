/** The dashboard's HTTP interface: exact numbers in every answer, the web app beside the API, and topics that are read too. */
import { fastifyCookie } from '@fastify/cookie';
import { toExactJson } from '#domain';
import { connectTransport } from '#service';
import type { HttpInterface } from '#service/http';
import { description } from './api.js';
import type { DashboardConfig } from './dashboard.config.js';
import { statusOf } from './requests.js';
import { serveWeb } from './web.js';

export const dashboardHttp: HttpInterface<DashboardConfig> = {
  at: ({ DASHBOARD_HOST, DASHBOARD_PORT, DASHBOARD_CORS_ORIGINS, TRUSTED_PROXIES }) => ({
    host: DASHBOARD_HOST,
    port: DASHBOARD_PORT,
    origins: DASHBOARD_CORS_ORIGINS,
    proxies: TRUSTED_PROXIES,
  }),
  api: description,
  statusOf,
  server: { forceCloseConnections: true },
  prepare: async (app, { WEB_DIR }) => {
    app
      .getHttpAdapter()
      .getInstance()
      .setReplySerializer((payload) => toExactJson(payload));
    // What it reads and writes cookies by (#access/people) is loaded with it.
    await app.register(fastifyCookie, { hook: false });
    await serveWeb(app, WEB_DIR);
  },
  beside: connectTransport,
};
