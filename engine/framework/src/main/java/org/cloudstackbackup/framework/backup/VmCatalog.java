/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.backup;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.cloudstackbackup.framework.identity.Owner;

/** What a VM is made of, in terms that outlive its row; reading only. */
public interface VmCatalog {
    /**
     * CloudStack's details of a backup: {@code hypervisor, serviceofferingid, serviceofferingname, templateid, templatename,
     * isiso, ostypeid, osname}; all values are uuids and names.
     */
    Map<String, String> describe(long vmId);

    /** As {@link #describe} for many VMs, by id, in one statement. */
    Map<Long, Map<String, String>> describeAll(Collection<Long> vmIds);

    /** Id of the live service offering with this uuid. */
    Optional<Long> serviceOffering(String uuid);

    /** Id of the live template with this uuid. */
    Optional<Long> template(String uuid);

    /** Id of the live network with this uuid. */
    Optional<Long> network(String uuid);

    /** The live account of that name in the domain. */
    Optional<Owner> account(String name, long domainId);

    /** Whose the things of the project are, as long as new ones may be made in it. */
    Optional<Owner> activeProject(long id);
}
