package vn.duan5.tonghop.peer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;

/** Reads the bytes of an event token by token, without a tree: the fields that count, in any order, and of the right type. */
final class EventReader {
  private static final JsonFactory JSON = new JsonFactory();
  private static final long MAX_NUMBER = (1L << 53) - 1;

  /** What was read is not an event. */
  static final class NotAnEvent extends Exception {
    private static final long serialVersionUID = 1L;

    NotAnEvent(String what) {
      super(what, null, false, false);
    }
  }

  private EventReader() {}

  static EventFields read(byte[] bytes) throws NotAnEvent {
    EventFields event = new EventFields();
    try (JsonParser json = JSON.createParser(bytes)) {
      require(json.nextToken() == JsonToken.START_OBJECT, "not an object");
      readEnvelope(json, event);
      require(json.nextToken() == null, "something follows the event");
    } catch (IOException cause) {
      throw new NotAnEvent("not JSON");
    }
    return event;
  }

  private static void readEnvelope(JsonParser json, EventFields event) throws IOException, NotAnEvent {
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      json.nextToken();
      switch (field) {
        case "specversion" -> event.specversion = text(json);
        case "id" -> event.id = text(json);
        case "source" -> event.source = text(json);
        case "type" -> event.type = text(json);
        case "time" -> event.time = text(json);
        case "data" -> readData(json, event);
        default -> json.skipChildren();
      }
    }
  }

  private static void readData(JsonParser json, EventFields event) throws IOException, NotAnEvent {
    require(json.currentToken() == JsonToken.START_OBJECT, "data is not an object");
    event.hasData = true;
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      json.nextToken();
      switch (field) {
        case "unit" -> event.unit = text(json);
        case "indicator" -> event.indicator = text(json);
        case "period" -> event.period = text(json);
        case "revision" -> event.revision = whole(json);
        case "breakdown" -> readBreakdown(json, event);
        default -> readNumber(json, field, event.total);
      }
    }
  }

  private static void readBreakdown(JsonParser json, EventFields event) throws IOException, NotAnEvent {
    require(json.currentToken() == JsonToken.START_OBJECT, "breakdown is not an object");
    event.beginBreakdown();
    for (String category = json.nextFieldName(); category != null; category = json.nextFieldName()) {
      require(json.nextToken() == JsonToken.START_OBJECT, "a category is not an object");
      EventFields.Measure part = new EventFields.Measure();
      for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
        json.nextToken();
        readNumber(json, field, part);
      }
      event.breakdown.put(category, part);
    }
  }

  private static void readNumber(JsonParser json, String field, EventFields.Measure to) throws IOException, NotAnEvent {
    switch (field) {
      case "numerator" -> to.numerator = whole(json);
      case "denominator" -> to.denominator = whole(json);
      case "value" -> to.value = whole(json);
      default -> throw new NotAnEvent("a field that does not belong");
    }
  }

  private static String text(JsonParser json) throws IOException, NotAnEvent {
    require(json.currentToken() == JsonToken.VALUE_STRING, "not text");
    return json.getText();
  }

  /** A whole number from 0 to 2^53 - 1; {@code 3.0} is the number 3. */
  private static long whole(JsonParser json) throws IOException, NotAnEvent {
    require(json.currentToken().isNumeric(), "not a number");
    if (json.currentToken() == JsonToken.VALUE_NUMBER_INT && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      return inRange(json.getLongValue());
    }
    BigDecimal number = json.getDecimalValue();
    require(number.precision() - number.scale() <= 17, "too large a number");
    try {
      return inRange(number.longValueExact());
    } catch (ArithmeticException cause) {
      throw new NotAnEvent("not a whole number");
    }
  }

  private static long inRange(long number) throws NotAnEvent {
    require(number >= 0 && number <= MAX_NUMBER, "not a whole number from 0 to 9007199254740991");
    return number;
  }

  private static void require(boolean holds, String what) throws NotAnEvent {
    if (!holds) throw new NotAnEvent(what);
  }
}
