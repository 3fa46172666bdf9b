package vn.duan5.tonghop.peer;

import java.util.Properties;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Events to cells to provinces to the country.
 *
 * <p>A cell is what a unit says of an indicator in a month: the greatest report by revision, time and id. A change of a cell is
 * its old figure taken off the province's sums and its new one added, and so a change of a province for the country.
 */
final class RollupTopology {
  private final Settings settings;
  private final Catalogue catalogue;
  private final Units units;
  private final Serde<Sums> sumsSerde;

  RollupTopology(Settings settings, Catalogue catalogue, Units units) {
    this.settings = settings;
    this.catalogue = catalogue;
    this.units = units;
    this.sumsSerde = Sums.serde(catalogue);
  }

  Topology build(Properties config) {
    StreamsBuilder builder = new StreamsBuilder();
    KTable<PlaceMonth, Sums> provinces = provinces(builder);
    publish(provinces, settings.provincesTopic());
    publish(country(provinces), settings.nationalTopic());
    return builder.build(config);
  }

  private KTable<PlaceMonth, Sums> provinces(StreamsBuilder builder) {
    builder.addStateStore(Cells.store());
    return builder.stream(settings.eventsTopic(), Consumed.with(Serdes.String(), Serdes.ByteArray()))
        .process(() -> new EventCheck(new EventRules(catalogue, units)))
        .process(() -> new Cells(units), Cells.STORE)
        .groupByKey(Grouped.with("provinces", PlaceMonth.SERDE, CellChange.SERDE))
        .aggregate(
            () -> Sums.empty(catalogue),
            (place, change, sums) -> sums.changed(change, catalogue),
            materialized("provinces"));
  }

  private KTable<PlaceMonth, Sums> country(KTable<PlaceMonth, Sums> provinces) {
    return provinces
        .groupBy(
            (place, sums) -> KeyValue.pair(new PlaceMonth(Units.COUNTRY, place.month()), sums),
            Grouped.with("country", PlaceMonth.SERDE, sumsSerde))
        .aggregate(
            () -> Sums.empty(catalogue),
            (place, part, sums) -> sums.plus(part),
            (place, part, sums) -> sums.minus(part),
            materialized("country"));
  }

  private Materialized<PlaceMonth, Sums, KeyValueStore<Bytes, byte[]>> materialized(String store) {
    return Materialized.<PlaceMonth, Sums, KeyValueStore<Bytes, byte[]>>as(store)
        .withKeySerde(PlaceMonth.SERDE)
        .withValueSerde(sumsSerde);
  }

  private void publish(KTable<PlaceMonth, Sums> table, String topic) {
    RollupJson json = new RollupJson(catalogue);
    table
        .toStream((place, sums) -> units.codeOf(place.place()) + "|" + Months.code(place.month()))
        .mapValues(json::write)
        .to(topic, Produced.with(Serdes.String(), Serdes.ByteArray()));
  }
}
