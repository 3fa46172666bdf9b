package vn.duan5.tonghop.peer;

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
 * The months as the documentation of Kafka Streams leads to them: three tables of the DSL, texts as keys, JSON as values.
 *
 * <p>Of a cell's reports the greatest stays ({@code reduce}); cells are grouped by province, and provinces by country, and added
 * up with an adder and a subtractor. Every event is taken to be valid.
 */
final class TablesTopology {
  private static final Serde<String> TEXT = Serdes.String();
  private static final Serde<JsonEvent> EVENT = Json.serde(JsonEvent.class);
  private static final Serde<JsonReport> REPORT = Json.serde(JsonReport.class);
  private static final Serde<JsonSum> SUM = Json.serde(JsonSum.class);

  private final Settings settings;
  private final Units units;

  TablesTopology(Settings settings, Units units) {
    this.settings = settings;
    this.units = units;
  }

  Topology build() {
    StreamsBuilder builder = new StreamsBuilder();
    KTable<String, JsonReport> cells =
        builder.stream(settings.eventsTopic(), Consumed.with(TEXT, EVENT))
            .map((unit, event) -> KeyValue.pair(event.cell(), event.report()))
            .groupByKey(Grouped.with("cells", TEXT, REPORT))
            .reduce(JsonReport::greater, table("cells", REPORT));
    KTable<String, JsonSum> provinces =
        cells
            .groupBy((cell, report) -> KeyValue.pair(inProvince(cell), report), Grouped.with("provinces", TEXT, REPORT))
            .aggregate(
                JsonSum::none,
                (key, report, sum) -> sum.with(report, 1),
                (key, report, sum) -> sum.with(report, -1),
                table("provinces", SUM));
    KTable<String, JsonSum> country =
        provinces
            .groupBy((key, sum) -> KeyValue.pair(inCountry(key), sum), Grouped.with("country", TEXT, SUM))
            .aggregate(
                JsonSum::none,
                (key, part, sum) -> sum.with(part, 1),
                (key, part, sum) -> sum.with(part, -1),
                table("country", SUM));
    provinces.toStream().to(settings.provincesTopic(), Produced.with(TEXT, SUM));
    country.toStream().to(settings.nationalTopic(), Produced.with(TEXT, SUM));
    return builder.build();
  }

  private static <T> Materialized<String, T, KeyValueStore<Bytes, byte[]>> table(String store, Serde<T> values) {
    return Materialized.<String, T, KeyValueStore<Bytes, byte[]>>as(store).withKeySerde(TEXT).withValueSerde(values);
  }

  private String inProvince(String cell) {
    int end = cell.indexOf('|');
    return units.codeOf(units.provinceOf(units.reportingUnit(cell.substring(0, end)))) + cell.substring(end);
  }

  private String inCountry(String key) {
    return units.codeOf(Units.COUNTRY) + key.substring(key.indexOf('|'));
  }
}
