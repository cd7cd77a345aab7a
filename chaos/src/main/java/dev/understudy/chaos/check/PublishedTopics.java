package dev.understudy.chaos.check;

import dev.understudy.sandbox.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Judges whether a topic has what its owner's table has. */
public record PublishedTopics(String bootstrapServers) {

    /** A contoso table, whose owner's database it is in, and the topic of its changes. */
    public record Published(Database owner, String table, String topic) {}

    /** What is missing or out of order now; what is still on its way is found missing. */
    public Verdict judge(List<Published> all) throws SQLException {
        List<String> violations = new ArrayList<>();
        long judged = 0;
        for (Published each : all) {
            List<ChangeTopic.Event> events = ChangeTopic.read(bootstrapServers, each.topic());
            Map<String, Long> last = ChangeTopic.last(events);
            Map<String, Long> highest = ChangeTopic.highest(events);
            judged += events.size();
            compare(each.topic() + ": the last record", highest, last, violations);
            compare(each.topic() + ": the highest version", versions(each), highest, violations);
            ChangeTopic.firstGaps(events)
                    .forEach((key, gap) ->
                            violations.add(
                                    "%s: %s lacks version %d before later ones"
                                            .formatted(each.topic(), key, gap)));
        }
        return new Verdict(Guarantee.TOPICS_COMPLETE, judged, violations);
    }

    private static void compare(
            String what,
            Map<String, Long> expected,
            Map<String, Long> found,
            List<String> violations) {
        expected.forEach((key, version) -> {
            Long other = found.get(key);
            if (!version.equals(other)) {
                violations.add(
                        "%s of %s has version %s, not %d".formatted(what, key, other, version));
            }
        });
    }

    /** The version of each row that is more than a placeholder. */
    private static Map<String, Long> versions(Published published) throws SQLException {
        String sql =
                "SELECT %1$s_id::text, _version FROM contoso_crm.%1$s WHERE _version > 0"
                        .formatted(published.table());
        Map<String, Long> versions = new HashMap<>();
        try (Connection connection = published.owner().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                versions.put(rows.getString(1), rows.getLong(2));
            }
        }
        return versions;
    }
}
