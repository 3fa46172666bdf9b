/** The dashboard's HTTP interface: exact numbers in every answer, the web app beside the API, and topics that are read too. */
import { fastifyCookie } from '@fastify/cookie';
import { toExactJson } from '#domain';
import { connectTransport } from '#service';
import { connectionsIn, type HttpInterface } from '#service/http';
import { description } from './api.js';
import type { DashboardConfig } from './dashboard.config.js';
import { exportTables } from './export/export-tables.js';
import { withoutSuffix } from './export/table-path.js';
import { statusOf } from './requests.js';
import { pagePolicy, serveWeb } from './web.js';

export const dashboardHttp: HttpInterface<DashboardConfig> = {
  at: ({ DASHBOARD_HOST, DASHBOARD_PORT, DASHBOARD_CORS_ORIGINS, PUBLIC_URL, TRUSTED_PROXIES, ...config }) => ({
    host: DASHBOARD_HOST,
    port: DASHBOARD_PORT,
    origins: DASHBOARD_CORS_ORIGINS,
    proxies: TRUSTED_PROXIES,
    isTls: PUBLIC_URL?.startsWith('https:'),
    connections: connectionsIn(config),
  }),
  api: description,
  policy: pagePolicy,
  statusOf,
  server: { forceCloseConnections: true, rewriteUrl: withoutSuffix },
  prepare: async (app, { WEB_DIR }) => {
    app
      .getHttpAdapter()
      .getInstance()
      .setReplySerializer((payload) => toExactJson(payload));
    // What it reads and writes cookies by (#access/people) is loaded with it.
    await app.register(fastifyCookie, { hook: false });
    exportTables(app.getHttpAdapter().getInstance());
    await serveWeb(app, WEB_DIR);
  },
  beside: connectTransport,
};
