package vn.duan5.tonghop.clients;

import io.cloudevents.kafka.CloudEventSerializer;
import io.cloudevents.core.message.Encoding;
import io.cloudevents.jackson.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka's own Java client, with bytes that the caller made and with the serializer of the CloudEvents SDK. */
final class KafkaClients {
    private final String brokers;
    private final String topic;

    KafkaClients(String brokers, String topic) {
        this.brokers = brokers;
        this.topic = topic;
    }

    /** The plain client: structured mode is the event's JSON, binary mode its data with `ce_` headers. */
    int plain(Assignment.Group group, List<Assignment> assignments) throws Exception {
        Map<String, Object> settings = settings(group.codec());
        settings.put("value.serializer", ByteArraySerializer.class);
        Function<Assignment, ProducerRecord<String, byte[]>> record =
                group.mode().equals("structured") ? this::structured : this::binary;
        return send(settings, assignments, record);
    }

    /** The SDK's serializer: binary unless it is told otherwise. */
    int cloudEvents(Assignment.Group group, List<Assignment> assignments) throws Exception {
        Map<String, Object> settings = settings(group.codec());
        settings.put("value.serializer", CloudEventSerializer.class);
        if (group.mode().equals("structured")) {
            settings.put(CloudEventSerializer.ENCODING_CONFIG, Encoding.STRUCTURED);
            settings.put(CloudEventSerializer.EVENT_FORMAT_CONFIG, JsonFormat.CONTENT_TYPE);
        }
        return send(settings, assignments, each -> new ProducerRecord<>(topic, each.key(), each.cloudEvent()));
    }

    private Map<String, Object> settings(String codec) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", brokers);
        settings.put("key.serializer", StringSerializer.class);
        if (!codec.equals("default")) settings.put("compression.type", codec);
        return settings;
    }

    private ProducerRecord<String, byte[]> structured(Assignment each) {
        return new ProducerRecord<>(topic, each.key(), each.event().toString().getBytes(StandardCharsets.UTF_8));
    }

    private ProducerRecord<String, byte[]> binary(Assignment each) {
        var record = new ProducerRecord<>(topic, each.key(), each.data());
        each.event().fieldNames().forEachRemaining(name -> {
            if (name.equals("data")) return;
            String header = name.equals("datacontenttype") ? "content-type" : "ce_" + name;
            record.headers().add(header, each.text(name).getBytes(StandardCharsets.UTF_8));
        });
        return record;
    }

    private static <V> int send(
            Map<String, Object> settings, List<Assignment> assignments, Function<Assignment, ProducerRecord<String, V>> record)
            throws Exception {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaProducer<String, V> producer = new KafkaProducer<>(settings)) {
            for (Assignment each : assignments) sent.add(producer.send(record.apply(each)));
            producer.flush();
        }
        for (Future<RecordMetadata> one : sent) one.get();
        return sent.size();
    }
}
