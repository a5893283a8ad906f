import events.v1.Events.Event;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads events of the gateway: java Consumer BROKERS GROUP TOPIC... */
public class Consumer {
  /** Ids of the latest events. Keep them in your database where a repetition after days must be noticed, too. */
  private static final Map<String, Boolean> done =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > 100_000;
        }
      };

  public static void main(String[] args) throws Exception {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", args[0]);
    settings.put("group.id", args[1]);
    settings.put("auto.offset.reset", "earliest");
    // An offset says that everything before it is done: it is committed by hand, after the work.
    settings.put("enable.auto.commit", "false");
    List<String> topics = Arrays.asList(args).subList(2, args.length);

    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(topics);
      while (true) {
        var records = consumer.poll(Duration.ofSeconds(1));
        for (TopicPartition partition : records.partitions()) {
          // Events of one charge point are in one partition, in the order in which they were recorded.
          for (ConsumerRecord<String, byte[]> record : records.records(partition)) {
            Event event = Event.parseFrom(record.value());
            if (done.put(event.getId(), true) == null) handle(event);
            var next = new OffsetAndMetadata(record.offset() + 1);
            consumer.commitSync(Map.of(partition, next));
          }
        }
      }
    }
  }

  private static void handle(Event event) {
    String line = "{\"id\": \"%s\", \"type\": \"%s\", \"cp_id\": \"%s\"}";
    System.out.println(line.formatted(event.getId(), event.getType(), event.getCpId()));
    if (event.hasTransactionEnded() && event.getTransactionEnded().hasEnergyWh())
      System.err.println("billed: " + event.getTransactionEnded().getEnergyWh() + " Wh");
  }
}
