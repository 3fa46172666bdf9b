/** What only the dashboard measures of its live stream: how many watch, and how many of them are behind. */
import type { ServiceMetrics } from '#service';
import type { LiveStream } from './live-stream.js';

export const exposeWatchers = (live: Pick<LiveStream, 'watching' | 'behind'>, metrics: ServiceMetrics): void => {
  const watchers = metrics.gauge('tonghop_stream_watchers', 'Open connections of the live stream');
  const behind = metrics.gauge('tonghop_stream_behind', 'Of these, those that have not taken what was written to them');
  metrics.atScrape(() => {
    watchers.set(live.watching);
    behind.set(live.behind);
    return Promise.resolve();
  });
};
