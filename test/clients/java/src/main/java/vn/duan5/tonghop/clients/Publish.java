package vn.duan5.tonghop.clients;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Publishes what stands on standard input, one assignment a line, with the Java clients that it names.
 *
 * <p>An assignment is {"client","over","codec","mode","key","event"}; all of the same first four make a group, sent by a client
 * of its own. Prints a line of JSON for each group: how many events were acknowledged, or what went wrong.
 */
public final class Publish {
    private interface Client {
        int publish(Assignment.Group group, List<Assignment> assignments) throws Exception;
    }

    private Publish() {}

    public static void main(String[] args) throws Exception {
        Map<Assignment.Group, List<Assignment>> groups = new LinkedHashMap<>();
        try (var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Assignment assignment = Assignment.of(Json.MAPPER.readTree(line));
                groups.computeIfAbsent(assignment.group(), group -> new ArrayList<>()).add(assignment);
            }
        }
        Map<String, Client> clients = clients();
        for (var entry : groups.entrySet()) System.out.println(report(clients, entry.getKey(), entry.getValue()));
    }

    /** The other groups go on after a fault; the test fails by the report. */
    private static ObjectNode report(Map<String, Client> clients, Assignment.Group group, List<Assignment> assignments) {
        ObjectNode report = Json.MAPPER.valueToTree(group);
        try {
            Client client = clients.get(group.over() + " " + group.client());
            return report.put("acknowledged", client.publish(group, assignments));
        } catch (Exception fault) {
            return report.put("fault", fault.toString());
        }
    }

    private static Map<String, Client> clients() {
        var kafka = new KafkaClients(System.getenv("KAFKA_BROKERS"), System.getenv("EVENTS_TOPIC"));
        var http = new HttpClients(System.getenv("INTAKE_URL"));
        return Map.of(
                "kafka kafka-clients", kafka::plain,
                "kafka cloudevents-java", kafka::cloudEvents,
                "http cloudevents-java, HttpClient", http::httpClient,
                "http cloudevents-java, HttpURLConnection", http::urlConnection);
    }
}
