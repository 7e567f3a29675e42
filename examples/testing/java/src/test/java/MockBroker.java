import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A mock broker for JUnit 5.13 or newer. Copy this file into the package of your tests:
 *
 * <pre>{@code
 * @ExtendWith(MockBroker.Extension.class)
 * class DesktopTest {
 *     @Test
 *     void aTest(MockBroker broker) { ... }
 * }
 * }</pre>
 *
 * <p>Each test has a world of its own, which is dropped after it. The command that starts the broker is in the
 * environment variable MOCK_BROKER_COMMAND; without it, npx fetches and starts the newest one.
 */
public record MockBroker(String url, Path caFile, String clientId, String clientSecret, SSLContext sslContext) {
    private static final Duration START = Duration.ofSeconds(120); // the first start with npx downloads the package
    private static final Duration STOP = Duration.ofSeconds(10);

    /** Lets so much simulated time pass at once. */
    public void advance(Duration time) {
        control("POST", "/clock/advance", "{\"milliseconds\":" + time.toMillis() + "}");
    }

    /** Breaks calls: {@code {"operation":"createSessions","times":1,"fault":{"type":"status","status":503}}}. */
    public void addFault(String rule) {
        control("POST", "/faults", rule);
    }

    /** What was asked and answered, oldest first, as JSON. */
    public String requests(String operation) {
        return control("GET", "/journal?limit=1000&operation=" + operation, null);
    }

    /** Fails unless such requests came so often: {@code {"operation":"createSessions","status":200}}. */
    public void assertReceived(String expectation, int times) {
        String body = "{\"expectation\":" + expectation + ",\"times\":" + times + "}";
        String verdict = control("POST", "/journal/verify", body);
        if (!verdict.contains("\"received\":true")) {
            throw new AssertionError(verdict.replace("\\n", "\n"));
        }
    }

    /** Anything else that the control API can do, in JSON: GET /_mock/openapi.yaml lists it. */
    public String control(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/_mock" + path))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
        try {
            HttpResponse<String> answer = http().send(request, BodyHandlers.ofString());
            if (answer.statusCode() >= 400) {
                throw new AssertionError(method + " /_mock" + path + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (IOException problem) {
            throw new IllegalStateException(method + " " + request.uri() + " failed", problem);
        } catch (InterruptedException problem) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(problem);
        }
    }

    /** A client that trusts the broker's authority, and goes through no proxy. */
    public HttpClient http() {
        return HttpClient.newBuilder().sslContext(sslContext).proxy(HttpClient.Builder.NO_PROXY).build();
    }

    /** Gives a test its broker. JUnit closes the world after the test, and the process after the last one. */
    public static final class Extension implements ParameterResolver {
        private static final Namespace NAMESPACE = Namespace.create(MockBroker.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == MockBroker.class;
        }

        @Override
        public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
            return ExtensionContextScope.TEST_METHOD; // a constructor's broker is its test's own, too
        }

        @Override
        public MockBroker resolveParameter(ParameterContext parameter, ExtensionContext context) {
            Server server = context.getRoot().getStore(NAMESPACE)
                .getOrComputeIfAbsent(Server.class, key -> Server.start(), Server.class);
            return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(World.class, key -> World.make(server.broker()), World.class).broker();
        }
    }

    private record World(MockBroker server, String name, MockBroker broker) implements AutoCloseable {
        static World make(MockBroker server) {
            String name = "test-" + UUID.randomUUID();
            server.control("PUT", "/worlds/" + name, null);
            String url = server.url() + "/worlds/" + name;
            return new World(server, name, new MockBroker(
                url, server.caFile, server.clientId, server.clientSecret, server.sslContext));
        }

        @Override
        public void close() {
            server.control("DELETE", "/worlds/" + name, null);
        }
    }

    /** The process that all tests share. It ends with its standard input, so also if the tests are killed. */
    private record Server(Process process, MockBroker broker) implements AutoCloseable {
        private static final Pattern URL = Pattern.compile("^\\{\"event\":\"listening\",\"url\":\"([^\"]+)\"");

        static Server start() {
            String clientSecret = UUID.randomUUID().toString();
            try {
                Path caFile = Files.createTempDirectory("mock-broker").resolve("ca.pem");
                List<String> command = new ArrayList<>(command());
                command.addAll(List.of("--port", "0", "--worlds", "--clock", "skipping", "--exit-with-stdin"));
                command.addAll(List.of("--log", "json", "--ca-file", caFile.toString()));
                command.addAll(List.of("--client-id", "junit"));
                ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
                builder.environment().put("DCV_MOCK_CLIENT_SECRET", clientSecret); // others can read command lines
                Process process = builder.start();
                String url = waitUntilItListens(process, command);
                return new Server(process, new MockBroker(url, caFile, "junit", clientSecret, trust(caFile)));
            } catch (IOException problem) {
                throw new IllegalStateException("Cannot start the mock broker: " + problem.getMessage(), problem);
            }
        }

        /** What trusts the broker's authority, for any client that takes it. */
        private static SSLContext trust(Path caFile) throws IOException {
            try (InputStream pem = Files.newInputStream(caFile)) {
                KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
                trusted.load(null, null);
                trusted.setCertificateEntry("mock", CertificateFactory.getInstance("X.509").generateCertificate(pem));
                TrustManagerFactory managers =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                managers.init(trusted);
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, managers.getTrustManagers(), null);
                return context;
            } catch (GeneralSecurityException problem) {
                throw new IllegalStateException("Cannot use the CA certificate in " + caFile, problem);
            }
        }

        private static List<String> command() {
            boolean isWindows = System.getProperty("os.name").startsWith("Windows");
            String npx = isWindows ? "npx.cmd" : "npx";
            String words = Optional.ofNullable(System.getenv("MOCK_BROKER_COMMAND"))
                .orElse(npx + " -y @dcvkit/mock-broker");
            // Words with blanks in them stand in double quotes.
            return Pattern.compile("\"([^\"]*)\"|\\S+").matcher(words).results()
                .map(word -> word.group(1) == null ? word.group() : word.group(1)).toList();
        }

        private static String waitUntilItListens(Process process, List<String> command) throws IOException {
            ConcurrentLinkedDeque<String> said = new ConcurrentLinkedDeque<>();
            CompletableFuture<Optional<String>> url = new CompletableFuture<>();
            Thread reader = new Thread(() -> {
                try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
                    for (String line = output.readLine(); line != null; line = output.readLine()) {
                        said.add(line);
                        if (said.size() > 50) {
                            said.remove();
                        }
                        Matcher listening = URL.matcher(line);
                        if (listening.find()) {
                            url.complete(Optional.of(listening.group(1)));
                        }
                    }
                } catch (IOException ended) {
                    said.add(ended.toString());
                }
                url.complete(Optional.empty());
            }, "mock-broker");
            reader.setDaemon(true);
            reader.start();
            String problem = "ended before it listened";
            try {
                Optional<String> found = url.get(START.toSeconds(), TimeUnit.SECONDS);
                if (found.isPresent()) {
                    return found.get();
                }
            } catch (TimeoutException tooLong) {
                problem = "did not listen within " + START.toSeconds() + " s";
            } catch (ExecutionException | InterruptedException unlikely) {
                problem = unlikely.toString();
            }
            stop(process);
            String output = String.join("\n", said);
            throw new IllegalStateException(String.join(" ", command) + " " + problem + ". It said:\n" + output);
        }

        @Override
        public void close() throws IOException {
            stop(process);
            Files.deleteIfExists(broker.caFile());
            Files.deleteIfExists(broker.caFile().getParent());
        }

        private static void stop(Process process) throws IOException {
            process.getOutputStream().close();
            try {
                if (process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                    return;
                }
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
            }
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
