package dev.understudy.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.cli.http.ServiceClient;
import dev.understudy.cli.http.ServiceFault;
import dev.understudy.store.digest.Difference;
import dev.understudy.store.digest.DigestOptions;
import dev.understudy.store.digest.ReplicaProgress;
import dev.understudy.store.digest.ReplicaVerification;
import dev.understudy.store.digest.TypeVerdict;
import dev.understudy.store.digest.remote.RemoteSide;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** An owner, a replica and its replicator, asked over HTTP while they run. */
public final class ReplicaCheck {
    /** A scan of a large table takes minutes. */
    private static final Duration ANSWER = Duration.ofMinutes(10);

    private static final String DIGEST = "/admin/digest";
    private static final int ROWS_OF_A_REPAIR = 200;

    private final ServiceClient owner;
    private final ServiceClient replica;
    private final ServiceClient replicator;
    private final ReplicaVerification verification;

    /** Where the three are. */
    public record Places(URI owner, URI replica, URI replicator) {}

    /**
     * @param patience how long the replica may take to be complete as of the look at the owner
     */
    public ReplicaCheck(Places places, Duration patience) {
        owner = new ServiceClient(places.owner(), ANSWER);
        replica = new ServiceClient(places.replica(), ANSWER);
        replicator = new ServiceClient(places.replicator(), ANSWER);
        verification =
                new ReplicaVerification(
                        side(owner),
                        side(replica),
                        new Progress(),
                        DigestOptions.defaults(),
                        patience);
    }

    /** The types that the owner owns and the replica holds. */
    public List<String> types() {
        JsonNode atOwner = owner.read(DIGEST);
        String name = atOwner.path("instance").asText();
        List<String> held = owned(replica.read(DIGEST), name).toList();
        return owned(atOwner, name).filter(held::contains).toList();
    }

    /**
     * Compares one type.
     *
     * @throws ServiceFault if one of the three cannot be asked
     */
    public TypeVerdict verify(String type) {
        return verification.verify(type);
    }

    /** Has the owner publish anew what differs; returns how many rows. */
    public int repair(TypeVerdict verdict) {
        List<Difference> differing =
                Stream.concat(verdict.diverged().stream(), verdict.ceded().stream()).toList();
        for (int from = 0; from < differing.size(); from += ROWS_OF_A_REPAIR) {
            int to = Math.min(differing.size(), from + ROWS_OF_A_REPAIR);
            JsonNode _ =
                    owner.act(
                            "/admin/repairs", request(verdict.type(), differing.subList(from, to)));
        }
        return differing.size();
    }

    private static ObjectNode request(String type, List<Difference> differing) {
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("type", type);
        ArrayNode rows = request.putArray("rows");
        differing.forEach(
                one -> rows.addObject().put("key", one.key()).put("seen", Differences.seen(one)));
        return request;
    }

    private static RemoteSide side(ServiceClient instance) {
        return new RemoteSide(
                (question, body) -> instance.act(DIGEST + "/" + question.path(), body));
    }

    private static Stream<String> owned(JsonNode answer, String owner) {
        return stream(answer.path("types"))
                .filter(type -> type.path("owner").asText().equals(owner))
                .map(type -> type.path("type").asText());
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private final class Progress implements ReplicaProgress {
        @Override
        public Instant ownerTime() {
            return Instant.parse(owner.read(DIGEST).path("time").asText());
        }

        /** Of a replicator that is away nobody can say how far it is. */
        @Override
        public Optional<Instant> completeAsOf(String type) {
            try {
                return stream(replicator.read("/admin/completeness").path("types"))
                        .filter(one -> one.path("type").asText().equals(type))
                        .filter(one -> one.hasNonNull("completeAsOf"))
                        .map(one -> Instant.parse(one.path("completeAsOf").asText()))
                        .findFirst();
            } catch (ServiceFault _) {
                return Optional.empty();
            }
        }
    }
}
