package vn.duan5.tonghop.clients;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;

/** One event, and the client, transport, codec and mode that it is to be sent with. */
record Assignment(Group group, String key, JsonNode event) {

    /** What shares a client: one producer each. */
    record Group(String client, String over, String codec, String mode) {}

    static Assignment of(JsonNode line) {
        String key = line.get("key").isNull() ? null : line.get("key").asText();
        Group group = new Group(
                line.get("client").asText(), line.get("over").asText(), line.get("codec").asText(), line.get("mode").asText());
        return new Assignment(group, key, line.get("event"));
    }

    String text(String attribute) {
        return event.get(attribute).asText();
    }

    byte[] data() {
        return event.get("data").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** As a newcomer builds it: data without a content type. */
    CloudEvent cloudEvent() {
        return builder().withData(data()).build();
    }

    /** The same with the content type that some writers need. */
    CloudEvent typedCloudEvent() {
        return builder().withData("application/json", data()).build();
    }

    private io.cloudevents.core.v1.CloudEventBuilder builder() {
        return CloudEventBuilder.v1()
                .withId(text("id"))
                .withSource(URI.create(text("source")))
                .withType(text("type"))
                .withTime(OffsetDateTime.parse(text("time")));
    }
}
