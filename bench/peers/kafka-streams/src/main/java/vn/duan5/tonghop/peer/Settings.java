package vn.duan5.tonghop.peer;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** What the environment says: addresses, topics, folders, guarantee; and the Streams configuration that follows. */
record Settings(
    String brokers,
    String applicationId,
    String eventsTopic,
    String provincesTopic,
    String nationalTopic,
    String guarantee,
    String commitMs,
    Path stateDir,
    Path dataDir) {
  /** What only the whole job needs. */
  record Whole(
      String provinceWindows,
      String nationalWindows,
      String parts,
      String unitMonths,
      String refused,
      String mongodbUri) {
    static Whole from(Map<String, String> env) {
      return new Whole(
          required(env, "PROVINCES_TOPIC"),
          required(env, "NATIONAL_TOPIC"),
          required(env, "PARTS_TOPIC"),
          required(env, "UNIT_MONTHS_TOPIC"),
          required(env, "REFUSED_TOPIC"),
          required(env, "MONGODB_URI"));
    }
  }

  private static final int MIB = 1 << 20;
  /** The process is stopped (SIGSTOP) while the backlog is published, and must still be a member of its group then. */
  private static final int OUTLIVES_STOP_MS = 60_000;

  static Settings from(Map<String, String> env) {
    return new Settings(
        required(env, "KAFKA_BROKERS"),
        required(env, "APPLICATION_ID"),
        required(env, "EVENTS_TOPIC"),
        required(env, "PROVINCES_TOPIC"),
        required(env, "NATIONAL_TOPIC"),
        required(env, "PROCESSING_GUARANTEE"),
        env.getOrDefault("COMMIT_INTERVAL_MS", "1000"),
        Path.of(required(env, "STATE_DIR")),
        Path.of(required(env, "DATA_DIR")));
  }

  Properties streamsConfig() {
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
    config.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee);
    config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 2);
    config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitMs);
    config.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 128 * MIB);
    config.put(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.OPTIMIZE);
    config.put(StreamsConfig.REQUEST_TIMEOUT_MS_CONFIG, OUTLIVES_STOP_MS);
    config.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), OUTLIVES_STOP_MS);
    config.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 5_000);
    config.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    config.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), OUTLIVES_STOP_MS);
    config.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 50);
    config.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 256 * 1024);
    config.put(StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG), 64 * MIB);
    return config;
  }

  /** Of a consumer that writes an output topic to MongoDB. */
  Properties sinkConfig(String name) {
    Properties config = new Properties();
    config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
    config.put(ConsumerConfig.GROUP_ID_CONFIG, applicationId + "." + name);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 50_000);
    config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, OUTLIVES_STOP_MS);
    config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, OUTLIVES_STOP_MS);
    return config;
  }

  private static String required(Map<String, String> env, String name) {
    String value = env.get(name);
    if (value == null || value.isEmpty()) throw new IllegalArgumentException(name + " is not set");
    return value;
  }
}
