package vn.duan5.tonghop.peer;

import java.util.Map;

/**
 * What a unit says of a cell.
 *
 * @param parts the total under an empty name and every category under its own; null for a retraction
 */
record JsonReport(long revision, long seconds, int nanos, String id, Map<String, JsonEvent.Measure> parts) {
  /** The greater of the two by revision, time and id. */
  JsonReport greater(JsonReport other) {
    int order = Long.compare(revision, other.revision);
    if (order == 0) order = Long.compare(seconds, other.seconds);
    if (order == 0) order = Integer.compare(nanos, other.nanos);
    if (order == 0) order = id.compareTo(other.id);
    return order < 0 ? other : this;
  }
}
