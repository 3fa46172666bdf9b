/**
 * Where the dashboard of this installation is reached from this machine: over TLS where that ends in the service. Whoever's authority this
 * machine does not know is named by NODE_EXTRA_CA_CERTS, as for every program of Node.
 */
type Variables = Readonly<Record<string, string | undefined>>;

const isSet = (value: string | undefined): value is string => value !== undefined && value !== '';

/** Without a path: `https://localhost:8080`. A certificate is of a name, so it is what PUBLIC_URL says, or localhost. */
export const dashboardAddress = (env: Variables): string => {
  const port = env.DASHBOARD_PORT ?? 8080;
  if (!isSet(env.TLS_CERT_FILE)) return `http://127.0.0.1:${port}`;
  return isSet(env.PUBLIC_URL) ? new URL(env.PUBLIC_URL).origin : `https://localhost:${port}`;
};
