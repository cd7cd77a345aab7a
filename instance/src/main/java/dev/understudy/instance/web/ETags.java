package dev.understudy.instance.web;

import dev.understudy.instance.write.Precondition;
import dev.understudy.schemas.event.Version;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versions as entity tags, and the request headers that compare them. */
final class ETags {
    private static final Pattern TAG = Pattern.compile("\\s*(?:W/)?\"([^\"]*)\"\\s*(?:,|$)");
    private static final Pattern VERSION = Pattern.compile("0|[1-9][0-9]{0,17}");

    private ETags() {}

    static String of(Version version) {
        return "W/\"%d\"".formatted(version.number());
    }

    static Precondition precondition(RequestHeaders headers) {
        Optional<String> match = headers.value("If-Match");
        Optional<String> noneMatch = headers.value("If-None-Match");
        if (match.isPresent() && noneMatch.isPresent()) {
            throw ApiException.badRequest("If-Match and If-None-Match exclude each other");
        }
        if (match.isPresent()) {
            return match.get().equals("*")
                    ? new Precondition.MustExist()
                    : new Precondition.VersionIn(versions("If-Match", match.get()));
        }
        if (noneMatch.isPresent()) {
            return noneMatch.get().equals("*")
                    ? new Precondition.MustNotExist()
                    : new Precondition.VersionNotIn(versions("If-None-Match", noneMatch.get()));
        }
        return new Precondition.None();
    }

    /** Refuses to read another version than the one that is asked for. */
    static void requireMatch(RequestHeaders headers, Version version) {
        headers.value("If-Match")
                .filter(value ->
                        !value.equals("*") && !versions("If-Match", value).contains(version))
                .ifPresent(_ -> {
                    throw new ApiException(
                            ErrorCode.PRECONDITION_FAILED,
                            "the entity is at version " + version.number());
                });
    }

    /** Whether a reader has this version already. */
    static boolean isCurrent(RequestHeaders headers, Version version) {
        return headers.value("If-None-Match")
                .filter(value ->
                        value.equals("*") || versions("If-None-Match", value).contains(version))
                .isPresent();
    }

    /** A well-formed tag that is none of ours is no version, and matches nothing. */
    private static Set<Version> versions(String header, String value) {
        Set<Version> versions = new HashSet<>();
        Matcher tag = TAG.matcher(value);
        int end = 0;
        while (tag.find() && tag.start() == end) {
            end = tag.end();
            if (VERSION.matcher(tag.group(1)).matches()) {
                versions.add(new Version(Long.parseLong(tag.group(1))));
            }
        }
        if (end != value.length()) {
            throw ApiException.badRequest(header + " is * or entity tags such as W/\"7\"");
        }
        return versions;
    }
}
