package vn.duan5.tonghop.peer;

import java.util.LinkedHashMap;
import java.util.Map;

/** The fields of an event as they were read, not yet checked against one another. */
final class EventFields {
  static final long MISSING = -1;

  /** The figure, or one category of its breakdown. */
  static final class Measure {
    long numerator = MISSING;
    long denominator = MISSING;
    long value = MISSING;

    boolean isEmpty() {
      return numerator == MISSING && denominator == MISSING && value == MISSING;
    }

    boolean hasFields(int count) {
      boolean isRatio = numerator != MISSING && denominator != MISSING && value == MISSING;
      boolean isValue = numerator == MISSING && denominator == MISSING && value != MISSING;
      return count == 2 ? isRatio : isValue;
    }
  }

  String specversion;
  String id;
  String source;
  String type;
  String time;
  boolean hasData;
  String unit;
  String indicator;
  String period;
  long revision = MISSING;
  final Measure total = new Measure();
  /** Null where none was given. */
  Map<String, Measure> breakdown;

  void beginBreakdown() {
    breakdown = new LinkedHashMap<>();
  }
}
