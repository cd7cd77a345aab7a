package dev.understudy.instance.web;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Requests that are made of pieces of good ones, mostly about one account. */
final class FuzzRequests {
    /** Of the account. */
    static final String ID = "00000000-0000-0000-0000-0000000000a1";

    private static final List<String> SEGMENTS =
            List.of(
                    "accounts",
                    "contacts",
                    "tickets",
                    "(" + ID + ")",
                    "(accountNumber='A-1')",
                    "(accountNumber='A%2F1')",
                    "('x')",
                    "(1)",
                    "()",
                    "(",
                    ")",
                    "/",
                    "//",
                    "/name",
                    "/parentAccount",
                    "/$ref",
                    "/$value",
                    "/$count",
                    "$metadata",
                    "$batch",
                    "$openapi",
                    "widgets",
                    "'",
                    "%27",
                    "%",
                    "%zz",
                    "%00",
                    "%F0%9F%98%80",
                    "..",
                    ";",
                    "=",
                    ",",
                    "/CreateMultiple",
                    "/UpsertMultiple",
                    "/UpdateMultiple",
                    "$1",
                    "/x/y/z");

    private static final List<String> OPTIONS =
            List.of(
                    "$filter=",
                    "$orderby=",
                    "$select=",
                    "$expand=",
                    "$top=",
                    "$count=",
                    "$apply=",
                    "$skiptoken=",
                    "$format=",
                    "$skip=",
                    "$search=",
                    "x=",
                    "$filter",
                    "=",
                    "&&");

    private static final List<String> TOKENS =
            List.of(
                    "name",
                    "city",
                    "employees",
                    "annualRevenue",
                    "createdOn",
                    "creditOnHold",
                    "parentAccount",
                    "parentAccount/name",
                    "accountId",
                    "@understudy.state",
                    "@understudy.complete",
                    "parentAccount/@understudy.state",
                    "colour",
                    "eq",
                    "ne",
                    "gt",
                    "ge",
                    "lt",
                    "le",
                    "in",
                    "and",
                    "or",
                    "not",
                    "(",
                    ")",
                    ",",
                    "/",
                    "'x'",
                    "''",
                    "'",
                    "null",
                    "true",
                    "1",
                    "-1",
                    "1.5",
                    "1e400",
                    "99999999999999999999",
                    "2026-11-21",
                    "2026-99-99",
                    "2026-11-21T08:00:00Z",
                    "0000-01-01",
                    "9999-12-31T23:59:59.999999999Z",
                    ID,
                    "contains(",
                    "startswith(",
                    "tolower(",
                    "length(",
                    "year(",
                    "date(",
                    "second(",
                    "concat(",
                    "groupby((",
                    "aggregate(",
                    "$count",
                    "as",
                    "n",
                    "filter(",
                    "asc",
                    "desc",
                    "*",
                    ";",
                    "$select=",
                    "$expand=",
                    "%00",
                    "%FF",
                    "%F0%9F%98%80",
                    "%27",
                    "%2B",
                    "+",
                    "contoso.crm.Priority'HIGH'",
                    "%5C",
                    "%25",
                    "%22",
                    "--",
                    "%3B",
                    "1000",
                    "0");

    private static final List<String> BODIES =
            List.of(
                    "",
                    "{}",
                    "[]",
                    "null",
                    "{",
                    "{\"name\": \"a\"}",
                    "{\"name\": 5}",
                    "{\"name\": \"\\u0000\"}",
                    "{\"name\": \"\\ud800\"}",
                    "{\"employees\": 1e400}",
                    "{\"employees\": 99999999999}",
                    "{\"annualRevenue\": 1e999999999}",
                    "{\"annualRevenue\": 0.001}",
                    "{\"parentAccount@odata.bind\": \"/accounts(1)\"}",
                    "{\"parentAccount@odata.bind\": \"/accounts(" + ID + ")\"}",
                    "{\"parentAccount@odata.bind\": \"/accounts(accountNumber='q')\"}",
                    "{\"parentAccountId\": null}",
                    "{\"createdOn\": \"+999999999-01-01T00:00:00Z\"}",
                    "{\"createdOn\": \"x\"}",
                    "{\"value\": null}",
                    "{\"value\": \"x\"}",
                    "{\"@odata.id\": \"accounts(" + ID + ")\"}",
                    "{\"@odata.id\": 5}",
                    "{\"Targets\": []}",
                    "{\"Targets\": [{}]}",
                    "{\"Targets\": [5, null]}",
                    "{\"Targets\": [{\"accountId\": \"" + ID + "\", \"city\": \"b\"}]}",
                    "{\"Targets\": [{\"@odata.id\": \"accounts(accountNumber='A-1')\"}]}",
                    "--b\r\n\r\nGET accounts HTTP/1.1\r\n\r\n--b--",
                    "--b--",
                    "--b\r\nContent-Type: multipart/mixed;boundary=c\r\n\r\n--c\r\n\r\nDELETE accounts("
                            + ID
                            + ") HTTP/1.1\r\n\r\n--c--\r\n--b--",
                    "--b\r\nContent-Type: multipart/mixed;boundary=c\r\n\r\n--c\r\n\r\nPATCH $1 x\r\n--b--");

    private static final List<String> HEADERS =
            List.of(
                    "If-Match",
                    "*",
                    "If-Match",
                    "W/\"1\"",
                    "If-Match",
                    "W/\"99999999999999999999\"",
                    "If-Match",
                    "x",
                    "If-None-Match",
                    "*",
                    "If-None-Match",
                    "W/\"1\", \"2\"",
                    "Prefer",
                    "return=representation",
                    "Prefer",
                    "odata.maxpagesize=1",
                    "Prefer",
                    "odata.maxpagesize=99999999999",
                    "Prefer",
                    "odata.track-changes",
                    "Content-Type",
                    "text/plain",
                    "Content-Type",
                    "multipart/mixed;boundary=b",
                    "Content-Type",
                    "multipart/mixed;boundary=\"",
                    "traceparent",
                    "00-x",
                    "Accept",
                    "nothing/at-all");

    private final Random random;

    FuzzRequests(Random random) {
        this.random = random;
    }

    HttpRequest next(InstanceServer us) {
        StringBuilder path = new StringBuilder(random.nextInt(3) > 0 ? "accounts" : "");
        if (random.nextInt(3) == 0) {
            path.append("(").append(ID).append(")");
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            path.append(pick(SEGMENTS));
        }
        String method = pick(List.of("GET", "GET", "GET", "GET", "POST", "PATCH", "PUT", "DELETE"));
        if (method.equals("GET")) {
            String separator = "?";
            for (int i = random.nextInt(4); i > 0; i--) {
                path.append(separator).append(pick(OPTIONS));
                separator = "&";
                for (int j = random.nextInt(8); j > 0; j--) {
                    path.append(pick(TOKENS)).append(random.nextInt(5) > 0 ? "%20" : "");
                }
            }
        }
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(us, path.toString()))
                        .method(method, BodyPublishers.ofString(pick(BODIES)));
        List<String> headers = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            int at = random.nextInt(HEADERS.size() / 2) * 2;
            headers.add(HEADERS.get(at));
            headers.add(HEADERS.get(at + 1));
        }
        return headers.isEmpty()
                ? request.build()
                : request.headers(headers.toArray(new String[0])).build();
    }

    /** What the client refuses to send is encoded first. */
    private static URI uri(InstanceServer us, String path) {
        String raw = path.replaceAll("%(?![0-9A-Fa-f]{2})", "%25");
        return URI.create(us.url(raw.replace("\"", "%22").replace("\\", "%5C")));
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
