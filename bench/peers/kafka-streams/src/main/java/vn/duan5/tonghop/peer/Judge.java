package vn.duan5.tonghop.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

/**
 * What the peer says of events, a line each: {@code taken}, or the code of the refusal.
 *
 * <p>Reads lines of a key, the milliseconds of the receipt, and the event in base64, with tabs between. A test holds the answers
 * against the pipeline's: a peer that checks less would have less to do.
 */
public final class Judge {
  private Judge() {}

  /** @param args the folder of the catalogue and of the units */
  public static void main(String[] args) throws IOException {
    Path data = Path.of(args[0]);
    Catalogue catalogue = Catalogue.read(data.resolve("catalogue.json"));
    Units units = Units.read(data.resolve("admin-units.json"));
    EventRules rules = new EventRules(catalogue, units);
    Refusals refusals = new Refusals(catalogue, units);
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] parts = line.split("\t", -1);
      long receivedAt = Long.parseLong(parts[1]);
      byte[] event = Base64.getDecoder().decode(parts[2]);
      boolean isTaken = rules.check(parts[0], event, receivedAt) != null;
      out.println(isTaken ? "taken" : refusals.code(parts[0], event, receivedAt));
    }
    out.flush();
  }
}
