package vn.duan5.tonghop.peer;

import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/**
 * The Kafka Streams peer of the drain benchmark: from the event topic to the months of every province and of the country.
 *
 * <p>It does less than the pipeline that it is compared with: months only (no quarters, half years, nine months or years), no
 * counts of who has reported, no record of what was refused, and no MongoDB; its output is two compacted topics.
 *
 * <p>Prints {@code ready} once it runs, and stops on SIGTERM after what it has read is written and committed.
 */
public final class Main {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

  private Main() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Settings settings = Settings.from(System.getenv());
    Properties config = settings.streamsConfig();
    Catalogue catalogue = Catalogue.read(settings.dataDir().resolve("catalogue.json"));
    Units units = Units.read(settings.dataDir().resolve("admin-units.json"));
    KafkaStreams streams =
        new KafkaStreams(new RollupTopology(settings, catalogue, units).build(config), config);
    CountDownLatch ended = new CountDownLatch(1);
    announce(streams, ended);
    streams.setUncaughtExceptionHandler(
        error -> {
          error.printStackTrace();
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    Runtime.getRuntime().addShutdownHook(new Thread(() -> streams.close(CLOSE_TIMEOUT)));
    streams.start();
    ended.await();
    System.exit(1);
  }

  private static void announce(KafkaStreams streams, CountDownLatch ended) {
    AtomicBoolean said = new AtomicBoolean();
    streams.setStateListener(
        (now, before) -> {
          if (now == KafkaStreams.State.RUNNING && said.compareAndSet(false, true)) System.out.println("ready");
          if (now == KafkaStreams.State.ERROR) ended.countDown();
        });
  }
}
