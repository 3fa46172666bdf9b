package vn.duan5.tonghop.peer;

import java.time.Duration;

/**
 * When what has changed is sent on: as soon as nothing more comes for a while, and at the latest after some time.
 *
 * <p>While events are old when they come, there is a backlog: then it is sent less often, and a pause must be longer to count,
 * because a thread reads its partitions by turns.
 *
 * <p>Streams' caches do this for tables, whose key is the record's; here one event changes ten windows and a month.
 */
final class Pace {
  /** How often to ask. */
  static final Duration TICK = Duration.ofMillis(50);

  private static final long OLD_MS = 1_000;
  private static final int MORE_QUIET_TICKS = 4;
  private static final int TIMES_LESS_OFTEN = 5;

  private final int quietTicks;
  private final long atMostMs;
  private boolean isWaiting;
  private boolean isBehind;
  private int ticksSinceChange;
  private long sentAt;

  Pace(int quietTicks, Duration atMost) {
    this.quietTicks = quietTicks;
    this.atMostMs = atMost.toMillis();
  }

  /** @param ageMs how old the event was that changed something */
  void changed(long ageMs) {
    isWaiting = true;
    isBehind = ageMs > OLD_MS;
    ticksSinceChange = 0;
  }

  /** Asked once a tick; where the answer is yes, everything that waits is to be sent now. */
  boolean isDue(long now) {
    if (!isWaiting) {
      sentAt = now;
      return false;
    }
    ticksSinceChange += 1;
    boolean isQuiet = ticksSinceChange > (isBehind ? quietTicks + MORE_QUIET_TICKS : quietTicks);
    if (!isQuiet && now - sentAt < (isBehind ? TIMES_LESS_OFTEN * atMostMs : atMostMs)) return false;
    sentAt = now;
    isWaiting = false;
    return true;
  }
}
