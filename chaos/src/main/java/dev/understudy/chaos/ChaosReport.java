package dev.understudy.chaos;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.chaos.check.Verdict;
import dev.understudy.chaos.fault.FaultKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a run exercised, and what was found.
 *
 * @param faults how often each kind was injected
 * @param figures by name, those that have a minimum among them
 * @param belowMinimum which figures are too small, for a person
 */
public record ChaosReport(
        ChaosSettings settings,
        Map<FaultKind, Long> faults,
        Map<String, Long> figures,
        List<Verdict> verdicts,
        List<String> belowMinimum) {

    /** Copies. */
    public ChaosReport {
        faults = Map.copyOf(faults);
        figures = Map.copyOf(figures);
        verdicts = List.copyOf(verdicts);
        belowMinimum = List.copyOf(belowMinimum);
    }

    /** How many violations were found; a checker that judged nothing counts as one. */
    public long violations() {
        return verdicts.stream()
                .mapToLong(
                        verdict -> verdict.holds() ? 0 : Math.max(1, verdict.violations().size()))
                .sum();
    }

    /** Whether all guarantees were seen to hold, in a run that did enough. */
    public boolean passed() {
        return violations() == 0 && belowMinimum.isEmpty();
    }

    /** One line of a run that did not come to its end. */
    static String broken(ChaosSettings settings, Map<FaultKind, Long> faults, Throwable why) {
        return begun(settings, faults)
                .put("failure", String.valueOf(why))
                .put("passed", false)
                .toString();
    }

    private static ObjectNode begun(ChaosSettings settings, Map<FaultKind, Long> faults) {
        ObjectNode json = new JsonMapper().createObjectNode();
        json.put("seed", settings.seed());
        json.put("seconds", settings.lasts().toSeconds());
        ObjectNode byKind = json.putObject("faultsByKind");
        for (FaultKind kind : FaultKind.values()) {
            byKind.put(kind.name().toLowerCase(Locale.ROOT), faults.getOrDefault(kind, 0L));
        }
        return json;
    }

    /** One line. */
    public String json() {
        ObjectNode json = begun(settings, faults);
        figures.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(figure -> json.put(figure.getKey(), figure.getValue()));
        ObjectNode judged = json.putObject("judged");
        verdicts.forEach(verdict ->
                judged.put(verdict.guarantee().name().toLowerCase(Locale.ROOT), verdict.judged()));
        json.put("violations", violations());
        belowMinimum.forEach(json.putArray("belowMinimum")::add);
        json.put("passed", passed());
        return json.toString();
    }
}
