package vn.duan5.tonghop.peer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules about the data of a refused event: its schema, and its measure. */
final class DataRules {
  private static final Set<String> ALWAYS = Set.of("unit", "indicator", "period", "revision");
  private static final Set<String> MEASURES = Set.of("numerator", "denominator", "value");
  private static final long MAX_NUMBER = (1L << 53) - 1;

  boolean isOfSchema(JsonNode data, boolean isReport) {
    if (!data.isObject() || !isWhole(data.path("revision")) || data.get("revision").doubleValue() < 1) return false;
    for (String field : List.of("unit", "indicator", "period")) if (!data.path(field).isTextual()) return false;
    for (Map.Entry<String, JsonNode> field : data.properties()) {
      if (ALWAYS.contains(field.getKey())) continue;
      boolean isBreakdown = field.getKey().equals("breakdown");
      if (!isReport || !(isBreakdown ? isBreakdown(field.getValue()) : isMeasure(field))) return false;
    }
    return true;
  }

  private static boolean isBreakdown(JsonNode breakdown) {
    if (!breakdown.isObject()) return false;
    for (JsonNode part : breakdown) {
      if (!part.isObject() || !part.properties().stream().allMatch(DataRules::isMeasure)) return false;
    }
    return true;
  }

  private static boolean isMeasure(Map.Entry<String, JsonNode> field) {
    return MEASURES.contains(field.getKey()) && isWhole(field.getValue());
  }

  private static boolean isWhole(JsonNode number) {
    if (!number.isNumber()) return false;
    double value = number.doubleValue();
    return value >= 0 && value <= MAX_NUMBER && value == Math.rint(value);
  }

  /** The code of the first rule that a report's measure breaks; its shape is right. */
  String measureFault(JsonNode data, Catalogue.Indicator indicator) {
    if (!hasFields(data, indicator)) return "WRONG_MEASURE";
    for (String field : fields(indicator)) if (number(data, field) > indicator.maxValue()) return "VALUE_TOO_LARGE";
    if (exceeds(data, indicator)) return "NUMERATOR_EXCEEDS_DENOMINATOR";
    JsonNode breakdown = data.path("breakdown");
    boolean isWellFormed = !breakdown.isEmpty();
    for (Iterator<String> names = breakdown.fieldNames(); names.hasNext(); ) {
      String category = names.next();
      isWellFormed &= indicator.categories().contains(category) && hasFields(breakdown.get(category), indicator);
    }
    if (isWellFormed) for (JsonNode part : breakdown) if (exceeds(part, indicator)) return "NUMERATOR_EXCEEDS_DENOMINATOR";
    return "BREAKDOWN_INVALID";
  }

  private static List<String> fields(Catalogue.Indicator indicator) {
    return indicator.fieldCount() == 2 ? List.of("numerator", "denominator") : List.of("value");
  }

  private static boolean hasFields(JsonNode measure, Catalogue.Indicator indicator) {
    return MEASURES.stream().allMatch(field -> measure.has(field) == fields(indicator).contains(field));
  }

  private static boolean exceeds(JsonNode measure, Catalogue.Indicator indicator) {
    return indicator.fieldCount() == 2 && number(measure, "numerator") > number(measure, "denominator");
  }

  private static long number(JsonNode measure, String field) {
    return (long) measure.get(field).doubleValue();
  }
}
