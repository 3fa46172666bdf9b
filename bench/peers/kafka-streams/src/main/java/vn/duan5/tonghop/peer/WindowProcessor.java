package vn.duan5.tonghop.peer;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The windows of provinces and the country: the newest share of every partition of the events, added up.
 *
 * <p>A share takes the place of the one before, so it may come twice. Shares are kept as the bytes that they came as and read
 * when a window leaves, at a {@link Pace}.
 */
final class WindowProcessor extends ContextualProcessor<PlaceWindow, byte[], String, byte[]> {
  static final String STORE = "parts";

  /** The nodes that this one forwards to. */
  enum To {
    PROVINCES,
    COUNTRY
  }

  private final Catalogue catalogue;
  private final Units units;
  private final WindowJson json;
  private final int partitions;
  private final Set<PlaceWindow> changed = new LinkedHashSet<>();
  private final Pace pace = new Pace(2, Duration.ofSeconds(1));
  private KeyValueStore<PlaceWindow.Part, byte[]> parts;

  /** @param partitions of the topic of events */
  WindowProcessor(Catalogue catalogue, Units units, int partitions) {
    this.catalogue = catalogue;
    this.units = units;
    this.partitions = partitions;
    json = new WindowJson(catalogue, units);
  }

  static StoreBuilder<KeyValueStore<PlaceWindow.Part, byte[]>> store() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(STORE), PlaceWindow.Part.SERDE, Serdes.ByteArray())
        .withCachingEnabled();
  }

  @Override
  public void init(ProcessorContext<String, byte[]> context) {
    super.init(context);
    parts = context.getStateStore(STORE);
    try (KeyValueIterator<PlaceWindow.Part, byte[]> all = parts.all()) {
      while (all.hasNext()) noteChange(all.next().key.of());
    }
    context.schedule(Pace.TICK, PunctuationType.WALL_CLOCK_TIME, this::send);
  }

  @Override
  public void process(Record<PlaceWindow, byte[]> part) {
    int partition = ByteBuffer.wrap(part.value()).getShort();
    parts.put(new PlaceWindow.Part(part.key(), partition), part.value());
    noteChange(part.key());
  }

  private void noteChange(PlaceWindow window) {
    changed.add(window);
    pace.changed(0);
  }

  private void send(long now) {
    if (!pace.isDue(now)) return;
    for (PlaceWindow window : changed) {
      To to = window.place() == Units.COUNTRY ? To.COUNTRY : To.PROVINCES;
      String key = units.codeOf(window.place()) + "|" + Windows.code(window.window());
      context().forward(new Record<>(key, json.write(window.place(), sumOf(window)), now), to.name());
    }
    changed.clear();
  }

  private WindowSums sumOf(PlaceWindow window) {
    WindowSums sums = new WindowSums(catalogue);
    for (int partition = 0; partition < partitions; partition += 1) {
      byte[] part = parts.get(new PlaceWindow.Part(window, partition));
      if (part != null) sums.plus(ByteBuffer.wrap(part).position(Short.BYTES));
    }
    return sums;
  }
}
