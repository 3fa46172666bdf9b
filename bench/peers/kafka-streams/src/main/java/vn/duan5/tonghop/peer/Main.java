package vn.duan5.tonghop.peer;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/**
 * The Kafka Streams peers of the drain benchmark; {@code JOB} says which.
 *
 * <p>{@code tables} and {@code months}: from the event topic to the months of every province and of the country, and nothing else,
 * as the documentation leads to it and as fast as the DSL allows. {@code whole}: what the pipeline does that all are compared with,
 * every window and every unit's month, into MongoDB.
 *
 * <p>Prints {@code ready} once it runs, and stops on SIGTERM after what it has read is written and committed.
 */
public final class Main {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

  private final Settings settings;
  private final Catalogue catalogue;
  private final Units units;
  private final CountDownLatch ended = new CountDownLatch(1);

  private Main(Settings settings) throws IOException {
    this.settings = settings;
    catalogue = Catalogue.read(settings.dataDir().resolve("catalogue.json"));
    units = Units.read(settings.dataDir().resolve("admin-units.json"));
  }

  public static void main(String[] args) throws Exception {
    Map<String, String> env = System.getenv();
    Main main = new Main(Settings.from(env));
    switch (env.getOrDefault("JOB", "months")) {
      case "tables" -> main.run(new TablesTopology(main.settings, main.units).build());
      case "months" -> main.run(main.months());
      case "whole" -> main.runWhole(Settings.Whole.from(env));
      default -> throw new IllegalArgumentException("JOB is none of tables, months and whole");
    }
    main.ended.await();
    System.exit(1);
  }

  private Topology months() {
    return new RollupTopology(settings, catalogue, units).build(settings.streamsConfig());
  }

  private void run(Topology topology) {
    KafkaStreams streams = started(topology, settings.streamsConfig());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> streams.close(CLOSE_TIMEOUT)));
  }

  private void runWhole(Settings.Whole whole) throws ExecutionException, InterruptedException {
    Topology topology = new WholeTopology(whole, catalogue, units).build(settings.eventsTopic(), eventPartitions());
    Sinks sinks = new Sinks(settings, whole);
    sinks.start((thread, error) -> fail(error));
    KafkaStreams streams = started(topology, settings.streamsConfig());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(streams, sinks)));
  }

  private static void close(KafkaStreams streams, Sinks sinks) {
    streams.close(CLOSE_TIMEOUT);
    try {
      sinks.close();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private int eventPartitions() throws ExecutionException, InterruptedException {
    String topic = settings.eventsTopic();
    try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.brokers()))) {
      return admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().size();
    }
  }

  private KafkaStreams started(Topology topology, Properties config) {
    KafkaStreams streams = new KafkaStreams(topology, config);
    AtomicBoolean said = new AtomicBoolean();
    streams.setStateListener(
        (now, before) -> {
          if (now == KafkaStreams.State.RUNNING && said.compareAndSet(false, true)) System.out.println("ready");
          if (now == KafkaStreams.State.ERROR) ended.countDown();
        });
    streams.setUncaughtExceptionHandler(
        error -> {
          error.printStackTrace();
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    streams.start();
    return streams;
  }

  private void fail(Throwable error) {
    error.printStackTrace();
    ended.countDown();
  }
}
