import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.regex.Pattern;

/** A token, then DescribeSessions, with what Java has. The trust store is given on the command line. */
public class DescribeSessions {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String BROKER_URL = System.getenv("BROKER_URL");

    public static void main(String[] arguments) throws Exception {
        String user = System.getenv("DCV_SM_CLIENT_ID") + ":" + System.getenv("DCV_SM_CLIENT_PASSWORD");
        String basic = "Basic " + Base64.getEncoder().encodeToString(user.getBytes("UTF-8"));
        String answer = post("/oauth2/token?grant_type=client_credentials", basic, "");
        String token = firstMatch("\"access_token\":\"([^\"]+)\"", answer);
        String sessions = post("/describeSessions", "Bearer " + token, "{\"SessionIds\":[\"SessionId1895\"]}");
        System.out.println(firstMatch("\"Id\":\"([^\"]+)\"", sessions));
    }

    private static String post(String path, String authorization, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(BROKER_URL + path))
            .header("Authorization", authorization)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
        return HTTP.send(request, BodyHandlers.ofString()).body();
    }

    private static String firstMatch(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().findFirst().orElseThrow().group(1);
    }
}
