package vn.duan5.tonghop.peer;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.Topology;

/**
 * The whole job: events to cells, to units' months, to every window of provinces and of the country.
 *
 * <p>Each partition of the events adds up its own units and sends its share of a window, not every change: one record between
 * the two levels for hundreds of events. Provinces and the country are added up side by side from the same shares.
 */
final class WholeTopology {
  private static final String EVENTS = "events";
  private static final String UNITS = "units";
  private static final String SHARES = "shares";
  private static final String WINDOWS = "windows";

  private final Settings.Whole topics;
  private final Catalogue catalogue;
  private final Units units;

  WholeTopology(Settings.Whole topics, Catalogue catalogue, Units units) {
    this.topics = topics;
    this.catalogue = catalogue;
    this.units = units;
  }

  /** @param partitions of the topic of events */
  Topology build(String eventsTopic, int partitions) {
    Topology topology = new Topology();
    topology.addSource(EVENTS, new StringDeserializer(), new ByteArrayDeserializer(), eventsTopic);
    topology.addProcessor(UNITS, () -> new UnitProcessor(catalogue, units), EVENTS);
    topology.addStateStore(UnitProcessor.store(), UNITS);
    topology.addSink(
        UnitProcessor.To.PARTS.name(),
        topics.parts(),
        PlaceWindow.SERDE.serializer(),
        new ByteArraySerializer(),
        UNITS);
    topology.addSink(
        UnitProcessor.To.UNIT_MONTHS.name(),
        topics.unitMonths(),
        new StringSerializer(),
        new ByteArraySerializer(),
        WholeTopology::partitionOfUnit,
        UNITS);
    addSink(topology, UnitProcessor.To.REFUSED.name(), topics.refused(), UNITS);
    topology.addSource(SHARES, PlaceWindow.SERDE.deserializer(), new ByteArrayDeserializer(), topics.parts());
    topology.addProcessor(WINDOWS, () -> new WindowProcessor(catalogue, units, partitions), SHARES);
    topology.addStateStore(WindowProcessor.store(), WINDOWS);
    addSink(topology, WindowProcessor.To.PROVINCES.name(), topics.provinceWindows(), WINDOWS);
    addSink(topology, WindowProcessor.To.COUNTRY.name(), topics.nationalWindows(), WINDOWS);
    return topology;
  }

  /** All months of a unit in one partition, because they become one document, guarded by the offset. */
  private static Optional<Set<Integer>> partitionOfUnit(String topic, String key, byte[] value, int partitions) {
    byte[] unit = key.substring(0, key.indexOf('|')).getBytes(StandardCharsets.UTF_8);
    return Optional.of(Set.of(Utils.toPositive(Utils.murmur2(unit)) % partitions));
  }

  private static void addSink(Topology topology, String name, String topic, String parent) {
    topology.addSink(name, topic, new StringSerializer(), new ByteArraySerializer(), parent);
  }
}
