package dev.understudy.replicator;

import dev.understudy.replicator.breaker.Probe;
import dev.understudy.store.EntityStore;
import dev.understudy.store.ledger.PlaceholderLedger;

/**
 * The target's database as a replication sees it.
 *
 * @param install makes the tables that are missing
 * @param probe whether the database can be written to
 */
record Target(
        EntityStore store, PlaceholderLedger ledger, Preparation.Action install, Probe probe) {}
