package vn.duan5.tonghop.peer;

import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The table of cells: of all reports of a cell the greatest is kept, and what that changes goes on to the cell's province.
 *
 * <p>A processor and not a KTable, because all events of a unit come in one partition: grouping by cell would send every event
 * through a topic more. A retraction that wins stays in the table, so that an older report that comes later does not bring
 * the cell back.
 */
final class Cells extends ContextualProcessor<CellKey, Report, PlaceMonth, CellChange> {
  static final String STORE = "cells";

  private final Units units;
  private KeyValueStore<CellKey, Report> cells;

  Cells(Units units) {
    this.units = units;
  }

  static StoreBuilder<KeyValueStore<CellKey, Report>> store() {
    return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(STORE), CellKey.SERDE, Report.SERDE)
        .withCachingEnabled();
  }

  @Override
  public void init(ProcessorContext<PlaceMonth, CellChange> context) {
    super.init(context);
    cells = context.getStateStore(STORE);
  }

  @Override
  public void process(Record<CellKey, Report> report) {
    CellKey cell = report.key();
    Report next = report.value();
    Report held = cells.get(cell);
    if (held != null && next.compareTo(held) <= 0) return;
    cells.put(cell, next);
    long[] before = held == null ? null : held.figure();
    if (before == null && next.figure() == null) return;
    PlaceMonth province = new PlaceMonth(units.provinceOf(cell.unit()), cell.month());
    CellChange change = new CellChange(cell.indicator(), before, next.figure());
    context().forward(report.withKey(province).withValue(change));
  }
}
