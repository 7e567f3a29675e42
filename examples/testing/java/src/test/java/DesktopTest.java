import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What tests with the mock broker look like. The program under test is {@link Broker}: put your own in its place. */
@ExtendWith(MockBroker.Extension.class)
class DesktopTest {
    private static final String FLEET =
        "{\"servers\":[{\"hostname\":\"gpu-1\",\"maxVirtualSessions\":1}],\"clock\":\"manual\"}";

    private MockBroker mock;
    private Broker broker;

    @BeforeEach
    void connect(MockBroker mock) throws Exception {
        this.mock = mock;
        this.broker = new Broker(mock.http(), mock.url(), mock.clientId(), mock.clientSecret());
    }

    @Test
    void aDesktopIsReadyAfterAFewPolls() throws Exception {
        String id = broker.createDesktop("ana");
        String state = "";
        for (int poll = 0; poll < 3; poll++) {
            state = broker.stateOf(id);
        }
        assertEquals("READY", state);
    }

    @Test
    void timePassesWhenTheTestSaysSo() throws Exception {
        mock.control("PATCH", "/clock", "{\"frozen\":true,\"skipping\":false}");
        String id = broker.createDesktop("ana");
        assertEquals("CREATING", broker.stateOf(id));
        mock.advance(Duration.ofSeconds(30));
        assertEquals("READY", broker.stateOf(id));
    }

    @Test
    void aFullFleetTakesNoSession() throws Exception {
        mock.control("PUT", "/fleet", FLEET);
        mock.advance(Duration.ofMinutes(1));
        broker.createDesktop("ana");
        IOException refusal = assertThrows(IOException.class, () -> broker.createDesktop("ben"));
        assertTrue(refusal.getMessage().contains("No DCV server found"), refusal.getMessage());
    }

    @Test
    void aBrokerInTroubleIsReported() throws Exception {
        mock.addFault("{\"operation\":\"createSessions\",\"times\":1,\"fault\":{\"type\":\"status\",\"status\":503}}");
        assertThrows(IOException.class, () -> broker.createDesktop("ana"));
        mock.assertReceived("{\"operation\":\"createSessions\",\"status\":503}", 1);
        assertTrue(mock.requests("token").contains("\"status\":200"));
    }

    @Test
    void eachTestHasAWorldOfItsOwn() throws Exception {
        String filter = "{\"Filters\":[{\"Key\":\"owner\",\"Value\":\"ana\"}]}";
        assertTrue(broker.call("/describeSessions", filter).contains("\"Sessions\":[]"));
    }

    /** A small client, with what Java has. */
    private static final class Broker {
        private final HttpClient http;
        private final String url;
        private final String authorization;

        Broker(HttpClient http, String url, String clientId, String clientSecret) throws Exception {
            this.http = http;
            this.url = url;
            byte[] credentials = (clientId + ":" + clientSecret).getBytes(StandardCharsets.UTF_8);
            String basic = "Basic " + Base64.getEncoder().encodeToString(credentials);
            String token = post("/oauth2/token?grant_type=client_credentials", basic, "");
            this.authorization = "Bearer " + field("access_token", token);
        }

        String createDesktop(String owner) throws Exception {
            String request = "[{\"Name\":\"desktop\",\"Owner\":\"" + owner + "\",\"Type\":\"VIRTUAL\"}]";
            String answer = call("/createSessions", request);
            if (!answer.contains("\"UnsuccessfulList\":[]")) {
                throw new IOException(field("FailureReason", answer));
            }
            return field("Id", answer);
        }

        String stateOf(String id) throws Exception {
            return field("State", call("/describeSessions", "{\"SessionIds\":[\"" + id + "\"]}"));
        }

        String call(String path, String body) throws Exception {
            return post(path, authorization, body);
        }

        private String post(String path, String authorization, String body) throws Exception {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException(path + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        }

        /** Your project has a library that reads JSON; this one does without. */
        private static String field(String name, String json) {
            Matcher value = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(json);
            return value.results().findFirst().orElseThrow().group(1);
        }
    }
}
