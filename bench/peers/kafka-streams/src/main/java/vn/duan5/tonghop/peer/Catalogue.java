package vn.duan5.tonghop.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The indicators, and where the numbers of each stand in a row of all of them. */
final class Catalogue {
  private static final long MAX_VND = 1_000_000_000_000L;
  private static final long MAX_COUNT = 10_000_000L;

  /**
   * @param fieldCount 2 for a ratio (numerator, denominator), 1 for a count or an amount (value)
   * @param slot where its numbers begin in a row of sums: the total's fields, then each category's
   * @param addsUp whether months add up to longer windows; otherwise the latest live month stands for the window
   * @param part where its counters begin in a row of counters: the total's, then each category's
   */
  record Indicator(
      String code,
      int fieldCount,
      List<String> categories,
      boolean needsBreakdown,
      boolean byCommune,
      boolean byProvince,
      boolean addsUp,
      long maxValue,
      int slot,
      int part) {
    int partCount() {
      return 1 + categories.size();
    }

    /** Numbers of the total and every category. */
    int width() {
      return partCount() * fieldCount;
    }
  }

  private final List<Indicator> indicators = new ArrayList<>();
  private final Map<String, Integer> indexes = new HashMap<>();
  private int slots;
  private int parts;

  private Catalogue(JsonNode rows) {
    for (JsonNode row : rows) {
      Indicator indicator = indicatorOf(row, slots, parts);
      indexes.put(indicator.code(), indicators.size());
      indicators.add(indicator);
      slots += indicator.width();
      parts += indicator.partCount();
    }
  }

  static Catalogue read(Path file) throws IOException {
    return new Catalogue(new ObjectMapper().readTree(file.toFile()).get("indicators"));
  }

  private static Indicator indicatorOf(JsonNode row, int slot, int part) {
    String code = row.get("code").textValue();
    String kind = row.get("kind").textValue();
    List<String> levels = texts(row.path("reported_by"));
    long limit = kind.equals("amount") ? MAX_VND : MAX_COUNT;
    return new Indicator(
        code,
        kind.equals("ratio") ? 2 : 1,
        texts(row.path("breakdown")),
        code.equals("e"),
        levels.contains("commune"),
        levels.contains("province"),
        row.get("over_time").textValue().equals("sum"),
        Math.min(limit, row.path("max_per_unit").asLong(limit)),
        slot,
        part);
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::textValue).toList();
  }

  /** The index of an indicator, or -1. */
  int index(String code) {
    return indexes.getOrDefault(code, -1);
  }

  Indicator get(int index) {
    return indicators.get(index);
  }

  List<Indicator> indicators() {
    return indicators;
  }

  /** Numbers in a row of all indicators. */
  int slots() {
    return slots;
  }

  /** Totals and categories in a row of all indicators. */
  int parts() {
    return parts;
  }
}
