package dev.understudy.instance.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a batch is made of. */
sealed interface BatchPart {
    /** A request by itself. */
    record Single(Multipart.Part part) implements BatchPart {}

    /** Requests that are done together, or not at all. */
    record ChangeSet(List<Multipart.Part> changes) implements BatchPart {
        public ChangeSet {
            changes = List.copyOf(changes);
        }
    }

    /**
     * All parts of a batch, so that none is done of one that is malformed or too large.
     *
     * @param maxRequests in change sets and by themselves
     */
    static List<BatchPart> all(byte[] body, String boundary, int maxRequests) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        List<BatchPart> all = new ArrayList<>();
        List<Multipart.Part> parts = Multipart.parts(text, boundary, maxRequests);
        int left = maxRequests - (int) parts.stream().filter(part -> inner(part).isEmpty()).count();
        for (Multipart.Part part : parts) {
            Optional<String> inner = inner(part);
            if (inner.isPresent()) {
                List<Multipart.Part> changes = Multipart.parts(part.content(), inner.get(), left);
                left -= changes.size();
                all.add(new ChangeSet(changes));
            } else {
                all.add(new Single(part));
            }
        }
        return all;
    }

    private static Optional<String> inner(Multipart.Part part) {
        return part.headers().value("Content-Type").flatMap(Multipart::boundary);
    }
}
