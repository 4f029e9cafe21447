/*
 * A model of a fagsystem's endpoint (PostModtag) for Postfordeler, to copy from.
 *
 * Run it:  java Endpoint.java 9101 received        (JDK 17 or newer, nothing to install)
 * Try it:  postfordeler try-endpoint http://127.0.0.1:9101/postmodtag
 *
 * It reads the whole letter, by Content-Length or in chunks, and writes it to a file; checks that it is well-formed; says
 * COMPLETED only when the file is on the disk as received/<messageUUID>.xml; answers a letter that it has already as before;
 * and rejects what is broken or too large. It listens on this machine alone: TLS and the caller's key belong to the web
 * server in front of it.
 */
import com.sun.net.httpserver.*;
import java.io.*;
import java.net.*;
import java.nio.file.*;
import java.time.Instant;
import java.util.*;
import java.util.concurrent.Executors;
import javax.xml.stream.*;

public class Endpoint {
    static final long LARGEST = 104_333_312;
    static final String MEMO = "{https://DigitalPost.dk/MeMo-1}";
    static final List<String> UUID_PATH = List.of(MEMO + "Message", MEMO + "MessageHeader", MEMO + "messageUUID");

    public static void main(String[] arguments) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        HttpServer server = HttpServer.create(address, 0);
        server.createContext("/", exchange -> receive(exchange, folder));
        server.setExecutor(Executors.newFixedThreadPool(32));
        server.start();
        System.out.println("Receiving at http://127.0.0.1:" + server.getAddress().getPort() + "/postmodtag");
    }

    static void receive(HttpExchange exchange, Path folder) throws IOException {
        Path part = folder.resolve(UUID.randomUUID() + ".part");
        try {
            // An IOException for a letter that is broken off: it is none, and nobody is there to be answered.
            if (!keep(exchange.getRequestBody(), part)) {
                answer(exchange, 413, null, "memo.for_stor", "the letter is larger than 104,333,312 bytes");
                return;
            }
            UUID message = messageUuid(part);
            Path kept = folder.resolve(message + ".xml");
            if (!Files.exists(kept)) { // a letter that is here already is answered as before
                Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE);
            }
            answer(exchange, 200, message, null, null);
        } catch (XMLStreamException | IllegalArgumentException broken) {
            answer(exchange, 400, null, "memo.ugyldig", "the letter is no well-formed MeMo message");
        } finally {
            Files.deleteIfExists(part);
            exchange.close();
        }
    }

    /** Writes the letter to the disk; says whether it is not too large. */
    static boolean keep(InputStream body, Path part) throws IOException {
        try (var file = new FileOutputStream(part.toFile())) {
            byte[] piece = new byte[65536];
            long came = 0;
            for (int count; (count = body.read(piece)) >= 0; file.write(piece, 0, count)) {
                came += count;
                if (came > LARGEST) {
                    return false;
                }
            }
            file.getFD().sync();
            return true;
        }
    }

    /** Reads the letter to its end, so that it is known to be well-formed, without keeping it in memory. */
    static UUID messageUuid(Path part) throws IOException, XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        var path = new ArrayList<String>();
        var uuid = new StringBuilder();
        try (InputStream bytes = Files.newInputStream(part)) {
            for (var xml = factory.createXMLStreamReader(bytes); xml.hasNext();) {
                switch (xml.next()) {
                    case XMLStreamConstants.DTD -> throw new XMLStreamException("the letter has a DOCTYPE");
                    case XMLStreamConstants.START_ELEMENT -> path.add(xml.getName().toString());
                    case XMLStreamConstants.END_ELEMENT -> path.remove(path.size() - 1);
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                        uuid.append(path.equals(UUID_PATH) ? xml.getText() : "");
                    default -> { }
                }
            }
        }
        return UUID.fromString(uuid.toString().strip());
    }

    static void answer(HttpExchange exchange, int status, UUID message, String code, String words) throws IOException {
        String json = """
            {"transmissionId": "%s", "messageUUID": %s, "receiptStatus": "%s", "errorCode": %s, "errorMessage": %s, "timeStamp": "%s"}
            """.formatted(UUID.randomUUID(), quoted(message), code == null ? "COMPLETED" : "INVALID", quoted(code), quoted(words),
            Instant.now());
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, json.getBytes("UTF-8").length);
        exchange.getResponseBody().write(json.getBytes("UTF-8"));
    }

    static String quoted(Object text) {
        return text == null ? "null" : "\"" + text + "\"";
    }
}
