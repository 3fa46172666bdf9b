package vn.duan5.tonghop.clients;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.message.MessageWriter;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The CloudEvents SDK for Java over the two HTTP clients that the JDK brings. */
final class HttpClients {
    private final URI events;
    private final String authorization = "Bearer " + System.getenv("API_KEY");
    private final HttpClient client = HttpClient.newHttpClient();

    HttpClients(String intake) {
        this.events = URI.create(intake + "/v1/events");
    }

    private interface Sender {
        String send(Assignment each) throws Exception;
    }

    /** java.net.http.HttpClient adds no content type: binary mode goes out without one. */
    int httpClient(Assignment.Group group, List<Assignment> assignments) throws Exception {
        return accepted(assignments, each -> {
            HttpRequest.Builder request = HttpRequest.newBuilder(events).header("Authorization", authorization);
            byte[][] body = new byte[1][];
            write(HttpMessageFactory.createWriter(request::header, bytes -> body[0] = bytes), group, each.cloudEvent());
            HttpResponse<String> answer = client.send(
                    request.POST(HttpRequest.BodyPublishers.ofByteArray(body[0])).build(), HttpResponse.BodyHandlers.ofString());
            return taken(answer.statusCode(), answer.body());
        });
    }

    /** HttpURLConnection calls a body without a content type a form: the event has to bring its own. */
    int urlConnection(Assignment.Group group, List<Assignment> assignments) throws Exception {
        return accepted(assignments, each -> {
            HttpURLConnection connection = (HttpURLConnection) events.toURL().openConnection();
            connection.setRequestMethod("POST");
            connection.setDoOutput(true);
            connection.setRequestProperty("Authorization", authorization);
            MessageWriter<?, ?> writer =
                    HttpMessageFactory.createWriter(connection::setRequestProperty, bytes -> write(connection, bytes));
            write(writer, group, each.typedCloudEvent());
            int status = connection.getResponseCode();
            try (InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                return taken(status, new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
        });
    }

    private static void write(MessageWriter<?, ?> writer, Assignment.Group group, CloudEvent event) {
        if (group.mode().equals("binary")) writer.writeBinary(event);
        else writer.writeStructured(event, JsonFormat.CONTENT_TYPE);
    }

    private static void write(HttpURLConnection connection, byte[] body) {
        try (OutputStream output = connection.getOutputStream()) {
            output.write(body);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static int accepted(List<Assignment> assignments, Sender sender) throws Exception {
        int accepted = 0;
        for (Assignment each : assignments) accepted += Json.MAPPER.readTree(sender.send(each)).get("accepted").asInt();
        return accepted;
    }

    private static String taken(int status, String body) {
        if (status != 202) throw new IllegalStateException(status + " " + body);
        return body;
    }
}
