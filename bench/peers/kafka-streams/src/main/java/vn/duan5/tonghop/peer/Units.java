package vn.duan5.tonghop.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** The country, its provinces and its communes, by their index in the file of units. */
final class Units {
  static final int COUNTRY = 0;

  private final String[] codes;
  private final int[] provinces;
  /** Communes under each place: a province, the country. */
  private final int[] communes;
  private final Map<String, Integer> indexes = new HashMap<>();

  private Units(JsonNode rows) {
    codes = new String[rows.size()];
    provinces = new int[rows.size()];
    communes = new int[rows.size()];
    for (int unit = 0; unit < codes.length; unit += 1) {
      codes[unit] = rows.get(unit).get(0).textValue();
      indexes.put(codes[unit], unit);
    }
    if (!codes[COUNTRY].equals("VN")) throw new IllegalArgumentException("the first unit is not the country");
    for (int unit = 0; unit < codes.length; unit += 1) {
      boolean isCommune = rows.get(unit).get(3).textValue().equals("commune");
      provinces[unit] = isCommune ? indexes.get(rows.get(unit).get(4).textValue()) : unit;
      if (!isCommune) continue;
      communes[provinces[unit]] += 1;
      communes[COUNTRY] += 1;
    }
  }

  static Units read(Path file) throws IOException {
    return new Units(new ObjectMapper().readTree(file.toFile()));
  }

  /** The index of a commune or a province, or -1. */
  int reportingUnit(String code) {
    return indexes.getOrDefault(code, COUNTRY) > COUNTRY ? indexes.get(code) : -1;
  }

  /** The province that a commune belongs to; a province's own is itself. */
  int provinceOf(int unit) {
    return provinces[unit];
  }

  boolean isProvince(int unit) {
    return provinces[unit] == unit;
  }

  /** How many units ought to report an indicator under a province or the country. */
  int expectedReporters(int place, Catalogue.Indicator indicator) {
    int byCommune = indicator.byCommune() ? communes[place] : 0;
    if (!indicator.byProvince()) return byCommune;
    return byCommune + (place == COUNTRY ? provinceCount() : 1);
  }

  private int provinceCount() {
    return (int) IntStream.range(COUNTRY + 1, codes.length).filter(this::isProvince).count();
  }

  /** Units in all, the country too. */
  int count() {
    return codes.length;
  }

  String codeOf(int unit) {
    return codes[unit];
  }
}
