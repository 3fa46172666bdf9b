/** What a service stands on, within a test's process: nothing ends the process, nobody asks its probes. */
import { createLogger, ServiceWatch, type Clock, type Service, type ServiceLife } from '#service';

export const aService = <C>(name: string, config: C, now: Clock = Date.now): Service<C> => ({
  name,
  config,
  now,
  logger: createLogger(name, 'silent'),
  watch: new ServiceWatch({ service: name, version: '0', restarts: 0 }),
  life: { closing: (close: () => unknown) => Promise.resolve(close()) } as ServiceLife,
});
