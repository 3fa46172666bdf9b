package vn.duan5.tonghop.peer;

import java.util.HashMap;
import java.util.Map;

/** What cells add up to: each part with how many cells gave it. */
record JsonSum(Map<String, Part> parts) {
  record Part(int cells, long numerator, long denominator, long value) {
    Part plus(int sign, int cells, long numerator, long denominator, long value) {
      return new Part(
          this.cells + sign * cells,
          this.numerator + sign * numerator,
          this.denominator + sign * denominator,
          this.value + sign * value);
    }
  }

  private static final Part NOTHING = new Part(0, 0, 0, 0);

  static JsonSum none() {
    return new JsonSum(Map.of());
  }

  JsonSum with(JsonReport report, int sign) {
    if (report.parts() == null) return this;
    Map<String, Part> sums = new HashMap<>(parts);
    report.parts().forEach(
        (name, it) ->
            sums.put(
                name,
                of(name).plus(sign, 1, orZero(it.numerator()), orZero(it.denominator()), orZero(it.value()))));
    return new JsonSum(sums);
  }

  JsonSum with(JsonSum other, int sign) {
    Map<String, Part> sums = new HashMap<>(parts);
    other.parts.forEach(
        (name, it) -> sums.put(name, of(name).plus(sign, it.cells, it.numerator, it.denominator, it.value)));
    return new JsonSum(sums);
  }

  private Part of(String name) {
    return parts.getOrDefault(name, NOTHING);
  }

  private static long orZero(Long number) {
    return number == null ? 0 : number;
  }
}
