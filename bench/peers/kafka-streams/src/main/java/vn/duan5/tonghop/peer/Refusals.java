package vn.duan5.tonghop.peer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Which rule of the contract a refused event breaks first, and the record that says so.
 *
 * <p>Refusals are rare: here the event is read again, as a tree, and asked rule by rule.
 */
final class Refusals {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Catalogue catalogue;
  private final Units units;
  private final DataRules dataRules = new DataRules();

  Refusals(Catalogue catalogue, Units units) {
    this.catalogue = catalogue;
    this.units = units;
  }

  /** The code, where the event came from, and its bytes as received in base64. */
  byte[] json(Record<String, byte[]> event, RecordMetadata origin) {
    byte[] raw = event.value() == null ? new byte[0] : event.value();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(2 * raw.length + 256);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("code", code(event.key(), raw, event.timestamp()));
      json.writeStringField("receivedAt", Instant.ofEpochMilli(event.timestamp()).toString());
      json.writeObjectFieldStart("origin");
      json.writeStringField("topic", origin.topic());
      json.writeNumberField("partition", origin.partition());
      json.writeStringField("offset", Long.toString(origin.offset()));
      json.writeEndObject();
      json.writeBinaryField("raw", raw);
      json.writeEndObject();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
    return bytes.toByteArray();
  }

  String code(String key, byte[] raw, long receivedAt) throws IOException {
    if (raw.length > EventRules.MAX_BYTES) return "TOO_LARGE";
    JsonNode event = objectOf(raw);
    if (event == null) return "MALFORMED_JSON";
    if (!isCloudEvent(event)) return "NOT_CLOUDEVENT";
    String type = event.get("type").textValue();
    boolean isReport = type.equals(EventRules.REPORTED);
    if (!isReport && !type.equals(EventRules.RETRACTED)) return "UNKNOWN_TYPE";
    JsonNode data = event.path("data");
    if (!dataRules.isOfSchema(data, isReport)) return "SCHEMA";
    String place = placeFault(event.get("source").textValue(), key, data, receivedAt);
    if (place != null) return place;
    if (EventRules.isAhead(Rfc3339.parse(event.get("time").textValue()), receivedAt)) return "FUTURE_TIME";
    return dataRules.measureFault(data, indicatorOf(data));
  }

  private static JsonNode objectOf(byte[] raw) throws IOException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
      JsonNode node = JSON.readTree(text);
      return node.isObject() ? node : null;
    } catch (CharacterCodingException | JsonProcessingException cause) {
      return null;
    }
  }

  private static boolean isCloudEvent(JsonNode event) {
    if (!"1.0".equals(event.path("specversion").textValue())) return false;
    for (String attribute : new String[] {"id", "source", "type", "time"}) {
      String value = event.path(attribute).textValue();
      if (value == null || value.isEmpty()) return false;
    }
    String time = event.get("time").textValue();
    return isShort(event, "id")
        && isShort(event, "source")
        && time.length() <= EventRules.MAX_TIME_CHARS
        && Rfc3339.parse(time) != null;
  }

  private static boolean isShort(JsonNode event, String attribute) {
    byte[] bytes = event.get(attribute).textValue().getBytes(StandardCharsets.UTF_8);
    return bytes.length <= EventRules.MAX_ATTRIBUTE_BYTES;
  }

  private Catalogue.Indicator indicatorOf(JsonNode data) {
    int index = catalogue.index(data.get("indicator").textValue());
    return index < 0 ? null : catalogue.get(index);
  }

  private String placeFault(String source, String key, JsonNode data, long receivedAt) {
    String code = data.get("unit").textValue();
    int unit = units.reportingUnit(code);
    if (unit < 0) return "UNKNOWN_UNIT";
    if (!source.equals("/units/" + code) || !code.equals(key)) return "SOURCE_MISMATCH";
    Catalogue.Indicator indicator = indicatorOf(data);
    if (indicator == null) return "UNKNOWN_INDICATOR";
    if (!(units.isProvince(unit) ? indicator.byProvince() : indicator.byCommune())) return "LEVEL_NOT_ALLOWED";
    int month = Months.index(data.get("period").textValue());
    if (month < 0) return "INVALID_PERIOD";
    return Months.startMs(month) > receivedAt ? "FUTURE_PERIOD" : null;
  }
}
