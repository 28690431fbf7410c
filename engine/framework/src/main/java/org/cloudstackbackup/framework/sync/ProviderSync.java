/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.sync;

import java.time.Duration;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.framework.alert.AlertType;
import org.cloudstackbackup.framework.alert.Alerts;
import org.cloudstackbackup.framework.alert.Alerts.NewAlert;
import org.cloudstackbackup.framework.setting.FrameworkSettings;
import org.cloudstackbackup.framework.sync.SyncState.Outcome;
import org.cloudstackbackup.framework.sync.SyncStates.End;
import org.cloudstackbackup.framework.sync.Vanished.Findings;
import org.cloudstackbackup.spi.BackupDriver;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.StorageUse;
import org.jspecify.annotations.Nullable;

/** One comparison of one target, from the first call of the product to the record of how it ended. */
final class ProviderSync {
    private static final Logger LOG = LogManager.getLogger(ProviderSync.class);

    private final SyncSurroundings around;
    private final PointListing listing;
    private final Defects defects;
    private final Adoption adoption;
    private final Vanished vanished;
    private final CapacityAlerts capacity;

    ProviderSync(SyncSurroundings around, CapacityAlerts capacity) {
        this.around = around;
        this.listing = new PointListing(around.drivers());
        this.defects = new Defects(around.store(), around.events(), around.alerts());
        this.adoption = new Adoption(around.store(), around.backups(), around.details(), around.events(), defects);
        this.vanished = new Vanished(around.store(), around.backups(), around.events(), around.clock());
        this.capacity = capacity;
    }

    /**
     * Compares and records the end.
     *
     * @return how it ended
     * @throws Fence.CutShort when the lease was lost or the server stops; nothing is recorded then
     */
    End run(SyncRun run) {
        // The thread may have begun long after the lease was taken.
        run.fence().write(() -> run);
        Compared compared = compare(run);
        record(run, compared);
        tell(run, compared.end());
        return compared.end();
    }

    private Compared compare(SyncRun run) {
        @Nullable StorageUse storage = storage(run);
        try {
            PageComparison pages = new PageComparison(around.store(), around.backups(), adoption, defects, run);
            listing.read(run.target(), pages::compare);
            if (run.tally().isSpoiled()) {
                run.tally().problem("points that cannot be told apart make the list no proof, so nothing was removed");
            } else {
                settle(run);
            }
        } catch (Fence.CutShort e) {
            throw e;
        } catch (ProviderException e) {
            LOG.debug("Provider {} could not be read to the end", run.target().provider(), e);
            return new Compared(end(run, Outcome.FAILED, e.kind() + ": " + e.text(), storage), true);
        } catch (RuntimeException e) {
            LOG.error("The comparison with provider {} broke off", run.target().provider(), e);
            return new Compared(end(run, Outcome.FAILED, "The comparison broke off: " + e, storage), false);
        }
        @Nullable String problems = run.tally().problems();
        return new Compared(end(run, problems == null ? Outcome.COMPLETE : Outcome.PARTIAL, problems, storage), false);
    }

    private End end(SyncRun run, Outcome outcome, @Nullable String error, @Nullable StorageUse storage) {
        return new End(around.clock().instant(), outcome, error, run.tally().counts(), storage);
    }

    /** A product that cannot tell its storage can still have its points compared. */
    private @Nullable StorageUse storage(SyncRun run) {
        run.fence().check();
        try {
            return around.drivers()
                    .call(
                            run.target().provider(),
                            run.target().zoneId(),
                            "question for the storage of zone " + run.zone().name(),
                            BackupDriver::storageUse);
        } catch (ProviderException e) {
            LOG.debug("Provider {} did not tell its storage", run.target().provider(), e);
            run.tally().problem("the use of its storage is unknown: " + e.text());
            return null;
        }
    }

    private void settle(SyncRun run) {
        Duration patience = SyncIntervals.between(around.settings());
        Duration massPatience =
                Duration.ofSeconds(Long.parseLong(around.settings().value(FrameworkSettings.SYNC_MASS_REMOVAL_DELAY)));
        Findings findings =
                vanished.settle(run, patience, massPatience.compareTo(patience) > 0 ? massPatience : patience);
        String cause = causeOf(run);
        run.fence().write(() -> {
            if (findings.isMass()) {
                around.alerts()
                        .raise(new NewAlert(
                                AlertType.BACKUPS_VANISHED,
                                cause,
                                "Provider " + run.target().provider() + " has lost most backups of zone "
                                        + run.zone().name(),
                                findings.gone() + " of " + findings.rows() + " backups of zone "
                                        + run.zone().name() + " are not in the complete list of provider "
                                        + run.target().provider()
                                        + ". Look whether its storage is there. Their rows are removed when they are still missing "
                                        + massPatience.toSeconds() + " seconds (setting "
                                        + FrameworkSettings.SYNC_MASS_REMOVAL_DELAY.key()
                                        + ") after the first such list.",
                                run.zone().id()));
            } else {
                around.alerts().resolve(AlertType.BACKUPS_VANISHED, cause);
            }
            return findings;
        });
    }

    private void record(SyncRun run, Compared compared) {
        End end = compared.end();
        run.fence().write(() -> {
            if (compared.providerFailed()) {
                around.alerts()
                        .raise(new NewAlert(
                                AlertType.PROVIDER_UNREACHABLE,
                                causeOf(run),
                                "Backup provider " + run.target().provider() + " of zone "
                                        + run.zone().name() + " cannot be read",
                                "The restore points of zone " + run.zone().name() + " could not be read from provider "
                                        + run.target().provider() + " to the end: " + end.error()
                                        + ". No backup was removed. Look at the provider and at its settings for the zone.",
                                run.zone().id()));
            } else if (end.outcome() != Outcome.FAILED) {
                around.alerts().resolve(AlertType.PROVIDER_UNREACHABLE, causeOf(run));
            }
            around.states().finish(run.lease(), end);
            capacity.watch(run.zone());
            return end;
        });
    }

    private static String causeOf(SyncRun run) {
        return cause(run.zone().uuid(), run.target().provider());
    }

    /** What alerts about one product in one zone are known by. */
    static String cause(String zoneUuid, String provider) {
        return Alerts.provider(zoneUuid, provider);
    }

    private static void tell(SyncRun run, End end) {
        SyncCounts counts = end.counts();
        String what = run.target().provider() + " in zone " + run.zone().name();
        if (counts.unknown() + counts.unplaced() > 0) {
            LOG.debug(
                    "Provider {} has {} restore points of VMs unknown here and {} without a fitting offering",
                    what,
                    counts.unknown(),
                    counts.unplaced());
        }
        if (end.outcome() != Outcome.COMPLETE) {
            LOG.warn("Comparison with provider {} ended {}: {}", what, end.outcome(), end.error());
        } else if (counts.adopted() + counts.updated() + counts.removed() > 0) {
            LOG.info(
                    "Comparison with provider {}: {} points, {} rows adopted, {} updated, {} removed",
                    what,
                    counts.points(),
                    counts.adopted(),
                    counts.updated(),
                    counts.removed());
        } else {
            LOG.debug("Comparison with provider {}: {} points, nothing changed", what, counts.points());
        }
    }

    /** How it ended, and whether the provider is to blame for a failure: a failing database is no news about it. */
    private record Compared(End end, boolean providerFailed) {}
}
