package dev.understudy.instance.web;

import java.util.HashSet;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request's {@code Prefer} headers ask for; what is not understood is ignored, as RFC 7240
 * says.
 *
 * @param wishes those without a value
 */
record Preferences(Answer answer, OptionalInt maxPageSize, Set<String> wishes) {
    Preferences {
        wishes = Set.copyOf(wishes);
    }

    private static final Pattern PREFERENCE =
            Pattern.compile("(return|(?:odata\\.)?maxpagesize)\\s*=\\s*\"?([a-z0-9]{1,20})\"?");

    /** What a write answers with. */
    enum Answer {
        MINIMAL,
        REPRESENTATION
    }

    static Preferences of(RequestHeaders headers) {
        Answer answer = Answer.MINIMAL;
        OptionalInt maxPageSize = OptionalInt.empty();
        Set<String> wishes = new HashSet<>();
        String all = headers.value("Prefer").orElse("").toLowerCase(Locale.ROOT);
        for (String preference : all.split("[,;]", -1)) {
            Matcher matcher = PREFERENCE.matcher(preference.strip());
            if (!matcher.matches()) {
                wishes.add(preference.strip().replaceFirst("^odata\\.", ""));
                continue;
            }
            if (matcher.group(1).equals("return")) {
                answer =
                        matcher.group(2).equals("representation")
                                ? Answer.REPRESENTATION
                                : Answer.MINIMAL;
            } else {
                maxPageSize = pageSize(matcher.group(2));
            }
        }
        return new Preferences(answer, maxPageSize, wishes);
    }

    /** Whether a batch goes on behind a request that fails. */
    boolean continueOnError() {
        return wishes.contains("continue-on-error") || wishes.contains("continue-on-error=true");
    }

    /** Whether a link is wanted that tells what changes from now on. */
    boolean trackChanges() {
        return wishes.contains("track-changes");
    }

    private static OptionalInt pageSize(String text) {
        try {
            int size = Integer.parseInt(text);
            return size > 0 ? OptionalInt.of(size) : OptionalInt.empty();
        } catch (NumberFormatException _) {
            return OptionalInt.empty();
        }
    }
}
