package vn.duan5.tonghop.peer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A window's rollups as JSON: those that are reported, in the order of the catalogue. */
final class WindowJson {
  private static final JsonFactory JSON = new JsonFactory();

  private final Catalogue catalogue;
  private final int[][] expected;

  WindowJson(Catalogue catalogue, Units units) {
    this.catalogue = catalogue;
    expected = new int[units.count()][];
    for (int place = 0; place < expected.length; place += 1) {
      int unit = place;
      if (place != Units.COUNTRY && !units.isProvince(place)) continue;
      expected[place] =
          catalogue.indicators().stream().mapToInt(each -> units.expectedReporters(unit, each)).toArray();
    }
  }

  byte[] write(int place, WindowSums sums) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(8_192);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartArray();
      for (int index = 0; index < expected[place].length; index += 1) {
        if (sums.reported(index) > 0) writeRollup(json, index, expected[place][index], sums);
      }
      json.writeEndArray();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
    return bytes.toByteArray();
  }

  private void writeRollup(JsonGenerator json, int index, int expected, WindowSums sums) throws IOException {
    Catalogue.Indicator indicator = catalogue.get(index);
    json.writeStartObject();
    json.writeStringField("indicator", indicator.code());
    writeFields(json, indicator, 0, sums);
    writePercent(json, indicator, sums);
    json.writeObjectFieldStart("breakdown");
    for (int part = 1; part < indicator.partCount(); part += 1) {
      if (!sums.occurs(indicator.part() + part)) continue;
      json.writeObjectFieldStart(indicator.categories().get(part - 1));
      writeFields(json, indicator, part, sums);
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeObjectFieldStart("reporting");
    json.writeNumberField("expected", expected);
    json.writeNumberField("reported", sums.reported(index));
    json.writeNumberField("current", sums.current(index));
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeFields(JsonGenerator json, Catalogue.Indicator indicator, int part, WindowSums sums)
      throws IOException {
    int slot = indicator.slot() + part * indicator.fieldCount();
    if (indicator.fieldCount() == 1) {
      json.writeNumberField("value", sums.number(slot));
    } else {
      json.writeNumberField("numerator", sums.number(slot));
      json.writeNumberField("denominator", sums.number(slot + 1));
    }
  }

  /** 100 × numerator ÷ denominator, two decimals, half up, without zeros at the end. */
  private static void writePercent(JsonGenerator json, Catalogue.Indicator indicator, WindowSums sums)
      throws IOException {
    json.writeFieldName("percent");
    long denominator = indicator.fieldCount() == 1 ? 0 : sums.number(indicator.slot() + 1);
    if (denominator == 0) {
      json.writeNull();
      return;
    }
    long hundredths = (20_000 * sums.number(indicator.slot()) + denominator) / (2 * denominator);
    long decimals = hundredths % 100;
    if (decimals == 0) json.writeNumber(hundredths / 100);
    else if (decimals % 10 == 0) json.writeNumber(hundredths / 100 + "." + decimals / 10);
    else json.writeNumber(hundredths / 100 + (decimals < 10 ? ".0" : ".") + decimals);
  }
}
