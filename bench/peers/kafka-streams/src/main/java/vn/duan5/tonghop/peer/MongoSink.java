package vn.duan5.tonghop.peer;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.bson.Document;

/**
 * Brings one output topic to MongoDB: of what one poll brings the newest of each document, in one unordered bulk write.
 *
 * <p>The offset is committed after a majority has the write in its journal. A document carries the offset that it comes from
 * and is written only over a lower one; where it holds a newer one the upsert meets a duplicate key, and that is as it should be.
 */
final class MongoSink extends Thread {
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

  private final KafkaConsumer<String, String> consumer;
  private final String topic;
  private final MongoCollection<Document> collection;
  private final Function<Iterable<ConsumerRecord<String, String>>, List<UpdateOneModel<Document>>> toWrites;

  MongoSink(
      Properties config,
      String topic,
      MongoCollection<Document> collection,
      Function<Iterable<ConsumerRecord<String, String>>, List<UpdateOneModel<Document>>> toWrites) {
    super("sink-" + collection.getNamespace().getCollectionName());
    this.consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer());
    this.topic = topic;
    this.collection = collection.withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
    this.toWrites = toWrites;
  }

  @Override
  public void run() {
    try (consumer) {
      consumer.subscribe(List.of(topic));
      while (true) {
        ConsumerRecords<String, String> records = consumer.poll(POLL);
        if (records.isEmpty()) continue;
        write(toWrites.apply(records));
        consumer.commitSync();
      }
    } catch (WakeupException stopped) {
      return;
    }
  }

  /** Stops it after the write that is under way. */
  void end() throws InterruptedException {
    consumer.wakeup();
    join();
  }

  private void write(List<? extends WriteModel<Document>> writes) {
    try {
      collection.bulkWrite(writes, UNORDERED);
    } catch (MongoBulkWriteException error) {
      boolean isGuard =
          error.getWriteConcernError() == null
              && error.getWriteErrors().stream().allMatch(one -> one.getCategory() == ErrorCategory.DUPLICATE_KEY);
      if (!isGuard) throw error;
    }
  }
}
