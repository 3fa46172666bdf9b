package vn.duan5.tonghop.peer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Sums as JSON: the indicators that are reported, in the order of the catalogue, each with its figure and its breakdown. */
final class RollupJson {
  private static final JsonFactory JSON = new JsonFactory();

  private final Catalogue catalogue;

  RollupJson(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  byte[] write(Sums sums) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(4_096);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      for (Catalogue.Indicator indicator : catalogue.indicators()) {
        if (sums.counts()[indicator.part()] > 0) writeIndicator(json, indicator, sums);
      }
      json.writeEndObject();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
    return bytes.toByteArray();
  }

  private static void writeIndicator(JsonGenerator json, Catalogue.Indicator indicator, Sums sums) throws IOException {
    json.writeObjectFieldStart(indicator.code());
    writeFields(json, indicator, 0, sums);
    json.writeObjectFieldStart("breakdown");
    for (int part = 1; part < indicator.partCount(); part += 1) {
      if (sums.counts()[indicator.part() + part] == 0) continue;
      json.writeObjectFieldStart(indicator.categories().get(part - 1));
      writeFields(json, indicator, part, sums);
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeFields(JsonGenerator json, Catalogue.Indicator indicator, int part, Sums sums)
      throws IOException {
    int slot = indicator.slot() + part * indicator.fieldCount();
    if (indicator.fieldCount() == 1) {
      json.writeNumberField("value", sums.numbers()[slot]);
    } else {
      json.writeNumberField("numerator", sums.numbers()[slot]);
      json.writeNumberField("denominator", sums.numbers()[slot + 1]);
    }
  }
}
