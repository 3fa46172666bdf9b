package vn.duan5.tonghop.peer;

import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** The months' way in: events become reports of their cells; an event that breaks a rule is dropped. */
final class EventCheck extends ContextualProcessor<String, byte[], CellKey, Report> {
  private final EventRules rules;

  EventCheck(EventRules rules) {
    this.rules = rules;
  }

  @Override
  public void process(Record<String, byte[]> event) {
    EventRules.Checked checked = rules.check(event.key(), event.value(), event.timestamp());
    if (checked != null) context().forward(event.withKey(checked.cell()).withValue(checked.report()));
  }
}
