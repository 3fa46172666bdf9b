package vn.duan5.tonghop.peer;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import java.util.List;

/** The way of the three output topics that readers ask for into MongoDB: a thread and a consumer group for each. */
final class Sinks implements AutoCloseable {
  private final MongoClient client;
  private final List<MongoSink> sinks;

  Sinks(Settings settings, Settings.Whole whole) {
    ConnectionString address = new ConnectionString(whole.mongodbUri());
    client = MongoClients.create(address);
    MongoDatabase database = client.getDatabase(address.getDatabase());
    database.getCollection("window_rollups").createIndex(Indexes.ascending("window", "unit"));
    database.getCollection("unit_years").createIndex(Indexes.ascending("unit", "year"));
    sinks =
        List.of(
            new MongoSink(
                settings.sinkConfig("national"),
                whole.nationalWindows(),
                database.getCollection("window_rollups"),
                Documents::windows),
            new MongoSink(
                settings.sinkConfig("provinces"),
                whole.provinceWindows(),
                database.getCollection("window_rollups"),
                Documents::windows),
            new MongoSink(
                settings.sinkConfig("unit-months"),
                whole.unitMonths(),
                database.getCollection("unit_years"),
                Documents::unitYears));
  }

  /** @param onFailure a sink that fails ends the process: its offset is not committed, so nothing is lost */
  void start(Thread.UncaughtExceptionHandler onFailure) {
    for (MongoSink sink : sinks) {
      sink.setUncaughtExceptionHandler(onFailure);
      sink.start();
    }
  }

  @Override
  public void close() throws InterruptedException {
    for (MongoSink sink : sinks) sink.end();
    client.close();
  }
}
