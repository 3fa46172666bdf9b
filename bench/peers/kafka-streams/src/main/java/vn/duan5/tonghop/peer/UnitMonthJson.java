package vn.duan5.tonghop.peer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A unit's month as JSON: the live figures by indicator, numbers in the order of the layout, null for a category that was not
 * given; then where each cell ever reported comes from: {@code [revision, time, id]}.
 */
final class UnitMonthJson {
  static final String BEFORE_FIGURES = "{\"figures\":";
  static final String AFTER_FIGURES = ",\"reports\":";
  private static final JsonFactory JSON = new JsonFactory();

  private final Catalogue catalogue;

  UnitMonthJson(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** Null where nothing was ever reported. */
  byte[] write(CellYear[] byIndicator, int month) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    boolean isEmpty = true;
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeObjectFieldStart("figures");
      for (int index = 0; index < byIndicator.length; index += 1) {
        long[] figure = byIndicator[index] == null ? null : byIndicator[index].figure(month);
        if (figure != null) writeFigure(json, catalogue.get(index).code(), figure);
      }
      json.writeEndObject();
      json.writeObjectFieldStart("reports");
      for (int index = 0; index < byIndicator.length; index += 1) {
        Report report = byIndicator[index] == null ? null : byIndicator[index].month(month);
        if (report == null) continue;
        isEmpty = false;
        writeReport(json, catalogue.get(index).code(), report);
      }
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
    return isEmpty ? null : bytes.toByteArray();
  }

  private static void writeFigure(JsonGenerator json, String indicator, long[] figure) throws IOException {
    json.writeArrayFieldStart(indicator);
    for (long number : figure) {
      if (number == CellChange.ABSENT) json.writeNull();
      else json.writeNumber(number);
    }
    json.writeEndArray();
  }

  private static void writeReport(JsonGenerator json, String indicator, Report report) throws IOException {
    json.writeArrayFieldStart(indicator);
    json.writeNumber(report.revision());
    if (report.nanos() == 0) json.writeNumber(report.seconds());
    else json.writeString("%d.%09d".formatted(report.seconds(), report.nanos()));
    json.writeString(new String(report.id(), StandardCharsets.UTF_8));
    json.writeEndArray();
  }
}
