package vn.duan5.tonghop.peer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * From the bytes of an event to a report of its cell, or to null where it breaks any rule of the contract.
 *
 * <p>Nearly every event is valid, so here only the fact counts and the rules need no order; which rule a refused event breaks
 * first is found out afterwards, by {@link Refusals}.
 */
final class EventRules {
  static final String REPORTED = "vn.duan5.indicator.reported.v1";
  static final String RETRACTED = "vn.duan5.indicator.retracted.v1";
  static final int MAX_BYTES = 65_536;
  /** Of the id and of the source, in UTF-8. */
  static final int MAX_ATTRIBUTE_BYTES = 256;
  static final int MAX_TIME_CHARS = 40;
  /** So far may a sender's clock be ahead. */
  private static final long MAX_AHEAD_MS = 300_000;

  private final Catalogue catalogue;
  private final Units units;

  record Checked(CellKey cell, Report report) {}

  EventRules(Catalogue catalogue, Units units) {
    this.catalogue = catalogue;
    this.units = units;
  }

  /** @param receivedAt milliseconds since the epoch */
  Checked check(String key, byte[] event, long receivedAt) {
    if (event == null || event.length > MAX_BYTES) return null;
    try {
      EventFields fields = EventReader.read(event);
      CellKey cell = isEnvelope(fields) ? cellOf(fields, key, receivedAt) : null;
      Report report = cell == null ? null : reportOf(fields, catalogue.get(cell.indicator()), receivedAt);
      return report == null ? null : new Checked(cell, report);
    } catch (EventReader.NotAnEvent refused) {
      return null;
    }
  }

  private static boolean isEnvelope(EventFields event) {
    return "1.0".equals(event.specversion)
        && isGiven(event.id)
        && isGiven(event.source)
        && isGiven(event.time)
        && (REPORTED.equals(event.type) || RETRACTED.equals(event.type))
        && event.hasData
        && isGiven(event.unit)
        && isGiven(event.indicator)
        && isGiven(event.period)
        && event.revision >= 1;
  }

  private static boolean isGiven(String text) {
    return text != null && !text.isEmpty();
  }

  /** The cell, or null where there is none that this unit may report now. */
  private CellKey cellOf(EventFields event, String key, long receivedAt) {
    int unit = units.reportingUnit(event.unit);
    int indicator = catalogue.index(event.indicator);
    int month = Months.index(event.period);
    if (unit < 0 || indicator < 0 || month < 0 || Months.startMs(month) > receivedAt) return null;
    if (!event.unit.equals(key) || !isSourceOf(event.source, event.unit)) return null;
    Catalogue.Indicator about = catalogue.get(indicator);
    boolean mayReport = units.isProvince(unit) ? about.byProvince() : about.byCommune();
    return mayReport ? new CellKey(unit, indicator, month) : null;
  }

  private static boolean isSourceOf(String source, String unit) {
    return source.length() == 7 + unit.length() && source.startsWith("/units/") && source.endsWith(unit);
  }

  /** Whether an instant is further ahead of the receipt than a clock may be. */
  static boolean isAhead(Rfc3339.Instant time, long receivedAt) {
    long latest = receivedAt + MAX_AHEAD_MS;
    long latestSecond = Math.floorDiv(latest, 1_000L);
    if (time.seconds() != latestSecond) return time.seconds() > latestSecond;
    return time.nanos() > Math.floorMod(latest, 1_000L) * 1_000_000;
  }

  /** The source needs no look at its length: it is that of a unit. */
  private static Report reportOf(EventFields event, Catalogue.Indicator indicator, long receivedAt) {
    byte[] id = event.id.getBytes(StandardCharsets.UTF_8);
    if (id.length > MAX_ATTRIBUTE_BYTES || event.time.length() > MAX_TIME_CHARS) return null;
    Rfc3339.Instant time = Rfc3339.parse(event.time);
    if (time == null || isAhead(time, receivedAt)) return null;
    long[] figure = null;
    if (event.type.equals(REPORTED)) {
      figure = figureOf(event, indicator);
      if (figure == null) return null;
    } else if (!event.total.isEmpty() || event.breakdown != null) {
      return null;
    }
    return new Report(event.revision, time.seconds(), time.nanos(), id, figure);
  }

  private static long[] figureOf(EventFields event, Catalogue.Indicator indicator) {
    boolean hasBreakdown = event.breakdown != null;
    if (hasBreakdown ? indicator.categories().isEmpty() || event.breakdown.isEmpty() : indicator.needsBreakdown()) {
      return null;
    }
    int fields = indicator.fieldCount();
    long[] figure = new long[hasBreakdown ? indicator.partCount() * fields : fields];
    Arrays.fill(figure, CellChange.ABSENT);
    if (!put(event.total, figure, 0, indicator)) return null;
    return !hasBreakdown || putBreakdown(event.breakdown, figure, indicator) ? figure : null;
  }

  private static boolean putBreakdown(
      Map<String, EventFields.Measure> breakdown, long[] figure, Catalogue.Indicator indicator) {
    long[] sums = new long[indicator.fieldCount()];
    for (Map.Entry<String, EventFields.Measure> part : breakdown.entrySet()) {
      int category = indicator.categories().indexOf(part.getKey());
      int at = (category + 1) * sums.length;
      if (category < 0 || !put(part.getValue(), figure, at, indicator)) return false;
      for (int field = 0; field < sums.length; field += 1) sums[field] += figure[at + field];
    }
    return Arrays.equals(sums, 0, sums.length, figure, 0, sums.length);
  }

  /** Puts a measure into its slots; false if it has other fields than the indicator's, or numbers that cannot be. */
  private static boolean put(EventFields.Measure measure, long[] figure, int at, Catalogue.Indicator indicator) {
    if (!measure.hasFields(indicator.fieldCount())) return false;
    if (indicator.fieldCount() == 1) {
      figure[at] = measure.value;
      return measure.value <= indicator.maxValue();
    }
    figure[at] = measure.numerator;
    figure[at + 1] = measure.denominator;
    return measure.numerator <= measure.denominator && measure.denominator <= indicator.maxValue();
  }
}
