package vn.duan5.tonghop.peer;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Events to cells, to the months of units and to this partition's share of every window.
 *
 * <p>The cells are the state. What leaves is made from them and sent at a {@link Pace}, whole, so that many events are one
 * record; an offset may be committed before what its event changed has left, and so after a restart everything leaves again.
 */
final class UnitProcessor extends ContextualProcessor<String, byte[], Object, Object> {
  static final String STORE = "cells";
  private static final int ALL_MONTHS = (1 << CellYear.MONTHS) - 1;

  /** The nodes that this one forwards to. */
  enum To {
    PARTS,
    UNIT_MONTHS,
    REFUSED
  }

  private record UnitYear(int unit, int year) {}

  private final EventRules rules;
  private final Refusals refusals;
  private final Catalogue catalogue;
  private final Units units;
  private final PartitionSums sums;
  private final UnitMonthJson unitMonthJson;
  /** The months of units that have changed, as bits 0 to 11. */
  private final Map<UnitYear, Integer> changedMonths = new LinkedHashMap<>();
  private final Pace windowsPace = new Pace(2, Duration.ofSeconds(1));
  private final Pace unitMonthsPace = new Pace(20, Duration.ofSeconds(5));
  private KeyValueStore<CellYear.Key, CellYear> cells;

  UnitProcessor(Catalogue catalogue, Units units) {
    this.catalogue = catalogue;
    this.units = units;
    rules = new EventRules(catalogue, units);
    refusals = new Refusals(catalogue, units);
    sums = new PartitionSums(catalogue, units);
    unitMonthJson = new UnitMonthJson(catalogue);
  }

  static StoreBuilder<KeyValueStore<CellYear.Key, CellYear>> store() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(STORE), CellYear.Key.SERDE, CellYear.SERDE)
        .withCachingEnabled();
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    super.init(context);
    cells = context.getStateStore(STORE);
    try (KeyValueIterator<CellYear.Key, CellYear> all = cells.all()) {
      while (all.hasNext()) restore(all.next());
    }
    context.schedule(Pace.TICK, PunctuationType.WALL_CLOCK_TIME, this::send);
  }

  private void restore(KeyValue<CellYear.Key, CellYear> held) {
    sums.restore(held.key, held.value, units.provinceOf(held.key.unit()));
    noteChange(held.key.unit(), held.key.year(), ALL_MONTHS, 0);
  }

  @Override
  public void process(Record<String, byte[]> event) {
    EventRules.Checked checked = rules.check(event.key(), event.value(), event.timestamp());
    if (checked == null) refuse(event);
    else take(checked.cell(), checked.report(), context().currentSystemTimeMs() - event.timestamp());
  }

  private void refuse(Record<String, byte[]> event) {
    RecordMetadata origin = context().recordMetadata().orElseThrow();
    context().forward(event.withValue((Object) refusals.json(event, origin)), To.REFUSED.name());
  }

  private void take(CellKey cell, Report report, long ageMs) {
    int month = cell.month() % CellYear.MONTHS;
    CellYear.Key key = new CellYear.Key(cell.unit(), cell.month() / CellYear.MONTHS, cell.indicator());
    CellYear year = cells.get(key);
    if (year == null) year = new CellYear();
    Report held = year.month(month);
    if (held != null && report.compareTo(held) <= 0) return;
    year.put(month, report);
    cells.put(key, year);
    sums.change(key, year, month, held == null ? null : held.figure(), units.provinceOf(cell.unit()));
    noteChange(key.unit(), key.year(), 1 << month, ageMs);
  }

  private void noteChange(int unit, int year, int months, long ageMs) {
    changedMonths.merge(new UnitYear(unit, year), months, (a, b) -> a | b);
    windowsPace.changed(ageMs);
    unitMonthsPace.changed(ageMs);
  }

  private void send(long now) {
    if (windowsPace.isDue(now)) sendParts(now);
    if (unitMonthsPace.isDue(now)) sendUnitMonths(now);
  }

  private void sendParts(long now) {
    int partition = context().taskId().partition();
    sums.takeChanged(
        (key, part) -> {
          byte[] bytes = Binary.encode(part, (it, to) -> it.write(to.putShort((short) partition)));
          context().forward(new Record<Object, Object>(key, bytes, now), To.PARTS.name());
        });
  }

  private void sendUnitMonths(long now) {
    changedMonths.forEach((key, months) -> sendUnitMonths(key, months, now));
    changedMonths.clear();
  }

  private void sendUnitMonths(UnitYear of, int months, long now) {
    CellYear[] years = new CellYear[catalogue.indicators().size()];
    for (int indicator = 0; indicator < years.length; indicator += 1) {
      years[indicator] = cells.get(new CellYear.Key(of.unit(), of.year(), indicator));
    }
    for (int month = 0; month < CellYear.MONTHS; month += 1) {
      byte[] json = (months >> month & 1) == 1 ? unitMonthJson.write(years, month) : null;
      if (json == null) continue;
      String key = units.codeOf(of.unit()) + "|" + Months.code(of.year() * CellYear.MONTHS + month);
      context().forward(new Record<Object, Object>(key, json, now), To.UNIT_MONTHS.name());
    }
  }
}
