package vn.duan5.tonghop.peer;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;

/** An event as Jackson binds it. */
record JsonEvent(String id, String type, String time, Data data) {
  record Data(
      String unit,
      String indicator,
      String period,
      long revision,
      Long numerator,
      Long denominator,
      Long value,
      Map<String, Measure> breakdown) {}

  record Measure(Long numerator, Long denominator, Long value) {}

  /** The key of its cell: unit, month and indicator. */
  String cell() {
    return data.unit() + "|" + data.period() + "|" + data.indicator();
  }

  JsonReport report() {
    Instant instant = OffsetDateTime.parse(time).toInstant();
    return new JsonReport(data.revision(), instant.getEpochSecond(), instant.getNano(), id, parts());
  }

  /** The total under an empty name and every category under its own; null for a retraction. */
  private Map<String, Measure> parts() {
    if (type.equals(EventRules.RETRACTED)) return null;
    Map<String, Measure> parts = new HashMap<>();
    parts.put("", new Measure(data.numerator(), data.denominator(), data.value()));
    if (data.breakdown() != null) parts.putAll(data.breakdown());
    return parts;
  }
}
