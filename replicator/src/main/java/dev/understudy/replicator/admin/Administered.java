package dev.understudy.replicator.admin;

import dev.understudy.replicator.completeness.Completeness;
import dev.understudy.replicator.letters.DeadLetters;
import dev.understudy.replicator.progress.Progress;
import dev.understudy.schemas.model.Catalog;

/** What is administered: each of the present replication, which may be another later. */
public interface Administered {
    Catalog catalog();

    DeadLetters deadLetters();

    Completeness completeness();

    Progress progress();
}
