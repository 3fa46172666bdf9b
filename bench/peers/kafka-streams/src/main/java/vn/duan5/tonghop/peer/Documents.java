package vn.duan5.tonghop.peer;

import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.Document;

/** From records to guarded writes. What is inside a document is the record's JSON text: nobody asks for a part of it. */
final class Documents {
  private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

  private Documents() {}

  /** A document for each window; its key is {@code unit|window}. */
  static List<UpdateOneModel<Document>> windows(Iterable<ConsumerRecord<String, String>> records) {
    Map<String, ConsumerRecord<String, String>> newest = new LinkedHashMap<>();
    for (ConsumerRecord<String, String> record : records) newest.put(record.key(), record);
    List<UpdateOneModel<Document>> writes = new ArrayList<>(newest.size());
    newest.forEach(
        (key, record) -> {
          int bar = key.indexOf('|');
          Document set =
              new Document("unit", key.substring(0, bar))
                  .append("window", key.substring(bar + 1))
                  .append("items", record.value())
                  .append("updatedAt", new Date(record.timestamp()));
          writes.add(guarded(key, record.offset(), set));
        });
    return writes;
  }

  /** A document for each unit's year with its months in it; a record's key is {@code unit|month}. */
  static List<UpdateOneModel<Document>> unitYears(Iterable<ConsumerRecord<String, String>> records) {
    Map<String, Document> sets = new LinkedHashMap<>();
    Map<String, Long> offsets = new LinkedHashMap<>();
    for (ConsumerRecord<String, String> record : records) {
      int bar = record.key().indexOf('|');
      String year = record.key().substring(bar + 1, bar + 5);
      String id = record.key().substring(0, bar + 5);
      Document set = sets.computeIfAbsent(id, any -> unitYear(id.substring(0, bar), year));
      Date updatedAt = new Date(record.timestamp());
      String month = "months." + record.key().substring(bar + 6);
      set.append(month, new Document("cells", figures(record.value())).append("updatedAt", updatedAt));
      set.append("updatedAt", updatedAt);
      offsets.put(id, record.offset());
    }
    List<UpdateOneModel<Document>> writes = new ArrayList<>(sets.size());
    sets.forEach((id, set) -> writes.add(guarded(id, offsets.get(id), set)));
    return writes;
  }

  private static Document unitYear(String unit, String year) {
    return new Document("unit", unit).append("year", Integer.parseInt(year));
  }

  private static String figures(String unitMonth) {
    int end = unitMonth.indexOf(UnitMonthJson.AFTER_FIGURES);
    return unitMonth.substring(UnitMonthJson.BEFORE_FIGURES.length(), end);
  }

  private static UpdateOneModel<Document> guarded(String id, long offset, Document set) {
    set.append("version", offset + 1);
    Document older = new Document("_id", id).append("version", new Document("$lt", offset + 1));
    return new UpdateOneModel<>(older, new Document("$set", set), UPSERT);
  }
}
