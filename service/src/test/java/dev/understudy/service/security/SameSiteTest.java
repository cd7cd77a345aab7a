package dev.understudy.service.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a web page can make a browser send to a service on loopback that asks for no tokens. */
class SameSiteTest {
    private static GuardedServer server;

    @BeforeAll
    static void start() {
        server = GuardedServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "nonsense"})
    void whatComesFromAnotherSiteIsRefused(String site) throws Exception {
        String[] headers = {"Content-Type", "application/json", "Sec-Fetch-Site", site};

        assertRefused(server.send("POST", "/data", headers), 403, "ForeignOrigin");
        assertRefused(server.send("DELETE", "/data", headers), 403, "ForeignOrigin");
        assertThat(server.get("/data", headers).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "http://127.0.0.1:1", "https://contoso.com"})
    void whatNamesAnotherOriginIsRefused(String origin) throws Exception {
        HttpResponse<String> answer =
                server.send("POST", "/data", "Content-Type", "application/json", "Origin", origin);

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void whatAFormCouldPostIsRefused() throws Exception {
        assertThat(server.send("POST", "/data").statusCode()).isEqualTo(415);
        for (String type :
                new String[] {
                    "text/plain",
                    "TEXT/PLAIN;x=application/json",
                    "application/x-www-form-urlencoded",
                    "multipart/form-data;boundary=b"
                }) {
            assertThat(server.send("POST", "/data", "Content-Type", type).statusCode())
                    .as(type)
                    .isEqualTo(415);
        }
    }

    @Test
    void othersAndTheServicesOwnPagesAreNot() throws Exception {
        String own = "http://" + server.url("/").getAuthority();

        for (String type :
                new String[] {
                    "application/json",
                    "Application/JSON; charset=utf-8",
                    "multipart/mixed;boundary=b"
                }) {
            assertThat(server.send("POST", "/data", "Content-Type", type).body())
                    .as(type)
                    .isEqualTo("written");
        }
        assertThat(
                        server.send(
                                        "POST",
                                        "/data",
                                        "Content-Type",
                                        "application/json",
                                        "Origin",
                                        own,
                                        "Sec-Fetch-Site",
                                        "same-origin")
                                .body())
                .isEqualTo("written");
        assertThat(server.send("DELETE", "/data").body()).isEqualTo("deleted");
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).startsWith("{\"error\":{\"code\":\"" + code + "\"");
    }
}
