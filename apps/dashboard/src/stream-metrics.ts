/** What only the dashboard measures of its live stream: how many watch. */
import type { ServiceMetrics } from '#service';
import type { LiveStream } from './live-stream.js';

export const exposeWatchers = (live: Pick<LiveStream, 'watching'>, metrics: ServiceMetrics): void => {
  const watchers = metrics.gauge('tonghop_stream_watchers', 'Open connections of the live stream');
  metrics.atScrape(() => {
    watchers.set(live.watching);
    return Promise.resolve();
  });
};
