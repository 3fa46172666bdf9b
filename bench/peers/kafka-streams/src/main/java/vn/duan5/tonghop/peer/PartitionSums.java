package vn.duan5.tonghop.peer;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * What the units of one partition of the events add up to, for every window of every province and of the country.
 *
 * <p>It follows from the cells and is made again from them after a restart, so it needs no store of its own; and because what
 * leaves is sums and not changes, a second delivery downstream does no harm.
 */
final class PartitionSums {
  private final Catalogue catalogue;
  private final WindowSums[][] byPlace;
  private final Set<PlaceWindow> changed = new LinkedHashSet<>();

  PartitionSums(Catalogue catalogue, Units units) {
    this.catalogue = catalogue;
    byPlace = new WindowSums[units.count()][];
  }

  /** Adds what a year of a unit's cells says, as after a restart. */
  void restore(CellYear.Key key, CellYear cells, int province) {
    CellYear soFar = new CellYear();
    for (int month = 0; month < CellYear.MONTHS; month += 1) {
      Report report = cells.month(month);
      if (report == null) continue;
      soFar.put(month, report);
      change(key, soFar, month, null, province);
    }
  }

  /** @param cells as they are now; {@code before} is what stood at the month, null where it was not reported */
  void change(CellYear.Key key, CellYear cells, int month, long[] before, int province) {
    long[] after = cells.figure(month);
    if (before == null && after == null) return;
    int bit = 1 << month;
    int live = cells.live();
    int wasLive = before == null ? live & ~bit : live | bit;
    for (int place : Windows.ofMonth(month)) {
      WindowSums ofProvince = sums(province, key.year() * Windows.A_YEAR + place);
      WindowSums ofCountry = sums(Units.COUNTRY, key.year() * Windows.A_YEAR + place);
      int more = Integer.signum(live & Windows.months(place)) - Integer.signum(wasLive & Windows.months(place));
      int moreCurrent = month == Windows.lastMonth(place) ? (live >> month & 1) - (wasLive >> month & 1) : 0;
      long[] off = before;
      long[] on = after;
      if (!catalogue.get(key.indicator()).addsUp()) {
        off = latest(cells, wasLive & Windows.months(place), month, before);
        on = latest(cells, live & Windows.months(place), month, after);
      }
      apply(ofProvince, key.indicator(), off, on, more, moreCurrent);
      apply(ofCountry, key.indicator(), off, on, more, moreCurrent);
    }
  }

  /** The figure of the latest of some months, of which one has the figure {@code ofMonth}. */
  private static long[] latest(CellYear cells, int months, int month, long[] ofMonth) {
    if (months == 0) return null;
    int latest = 31 - Integer.numberOfLeadingZeros(months);
    return latest == month ? ofMonth : cells.figure(latest);
  }

  private static void apply(WindowSums sums, int indicator, long[] off, long[] on, int more, int moreCurrent) {
    if (off != on) {
      sums.add(indicator, off, -1);
      sums.add(indicator, on, 1);
    }
    sums.count(indicator, more, moreCurrent);
  }

  private WindowSums sums(int place, int window) {
    if (byPlace[place] == null) byPlace[place] = new WindowSums[Windows.COUNT];
    if (byPlace[place][window] == null) byPlace[place][window] = new WindowSums(catalogue);
    changed.add(new PlaceWindow(place, window));
    return byPlace[place][window];
  }

  /** Hands out what changed since the last time. */
  void takeChanged(BiConsumer<PlaceWindow, WindowSums> take) {
    for (PlaceWindow key : changed) take.accept(key, byPlace[key.place()][key.window()]);
    changed.clear();
  }
}
