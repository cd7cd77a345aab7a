package dev.understudy.lob;

import dev.understudy.lob.client.Circuit;
import dev.understudy.lob.client.InstanceClient;
import dev.understudy.lob.client.InstanceSettings;
import dev.understudy.lob.client.Submission;
import dev.understudy.lob.contoso.Contoso;
import dev.understudy.lob.contoso.Directory;
import dev.understudy.lob.contoso.ReferenceData;
import dev.understudy.lob.contoso.Ticket;
import dev.understudy.lob.report.ProblemTicketReport;
import dev.understudy.lob.report.ReportOutcome;
import dev.understudy.lob.report.ReportReader;
import java.net.URI;
import java.time.Clock;
import java.util.List;

/**
 * The line-of-business app: keeps reference data at the source, submits tickets to the target, and
 * reports on both. It knows either instance only over HTTP. Thread-safe.
 */
public final class LineOfBusiness implements AutoCloseable {

    private final InstanceClient source;
    private final InstanceClient target;
    private final Clock clock;
    private volatile Directory remembered = Directory.of(List.of(), List.of());

    public LineOfBusiness(InstanceSettings source, InstanceSettings target, Clock clock) {
        this.source = new InstanceClient(source);
        this.target = new InstanceClient(target);
        this.clock = clock;
    }

    /** The app between two instances, on the system's clock. */
    public LineOfBusiness(InstanceSettings source, InstanceSettings target) {
        this(source, target, Clock.systemUTC());
    }

    /** The app between two instances at their base URLs, with the default settings. */
    public static LineOfBusiness between(URI source, URI target) {
        return new LineOfBusiness(InstanceSettings.at(source), InstanceSettings.at(target));
    }

    /** The circuit to the source as it is now. */
    public Circuit sourceCircuit() {
        return source.circuit();
    }

    /** The circuit to the target as it is now. */
    public Circuit targetCircuit() {
        return target.circuit();
    }

    /**
     * Upserts accounts, then contacts, at the source; accounts name contacts that come later.
     * Idempotent.
     */
    public LoadResult loadReferenceData(ReferenceData data) {
        return new LoadResult(
                source.submit(Contoso.ACCOUNTS, data.accounts()),
                source.submit(Contoso.CONTACTS, data.contacts()));
    }

    /** What the source knows now: what tickets can be about. The app remembers it. */
    public Directory readDirectory() {
        Directory read = Directory.readFrom(source);
        remembered = read;
        return read;
    }

    /** Upserts tickets at the target; the same tickets may be submitted again. */
    public Submission submitTickets(List<Ticket> tickets) {
        return target.submit(Contoso.TICKETS, tickets);
    }

    /**
     * The report on what the target has now; while the source is away, with names from the target's
     * copy and from the directory that was last read.
     */
    public ProblemTicketReport report() {
        return new ReportReader(source, target, clock, remembered).read();
    }

    /** The report as a submission allows it: none when any of its tickets was not accepted. */
    public ReportOutcome reportOn(Submission tickets) {
        return tickets.complete()
                ? new ReportOutcome.Generated(report())
                : ReportOutcome.notGenerated(tickets);
    }

    @Override
    public void close() {
        source.close();
        target.close();
    }
}
