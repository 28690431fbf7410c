/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cloudstackbackup.framework.backup.VmCatalog;
import org.cloudstackbackup.framework.identity.Owner;
import org.jdbi.v3.core.Jdbi;

/** Reads what VMs are made of from the inventory's tables. Safe for use by many threads. */
public final class JdbcVmCatalog implements VmCatalog {
    private static final String DESCRIBE = """
            SELECT v.id AS vm_id, v.hypervisor_type AS hypervisor, s.uuid AS serviceofferingid,
                   s.name AS serviceofferingname, t.uuid AS templateid, t.name AS templatename, g.uuid AS ostypeid,
                   g.display_name AS osname
              FROM vm_instance v
              LEFT JOIN service_offering s ON s.id = v.service_offering_id
              LEFT JOIN vm_template t ON t.id = v.vm_template_id
              LEFT JOIN guest_os g ON g.id = v.guest_os_id
             WHERE v.id IN (<ids>)""";

    private final Jdbi jdbi;

    public JdbcVmCatalog(Database database) {
        this.jdbi = database.jdbi();
    }

    @Override
    public Map<String, String> describe(long vmId) {
        return describeAll(List.of(vmId)).getOrDefault(vmId, Map.of("isiso", "false"));
    }

    @Override
    public Map<Long, Map<String, String>> describeAll(Collection<Long> vmIds) {
        if (vmIds.isEmpty()) {
            return Map.of();
        }
        Map<Long, Map<String, String>> all = new HashMap<>();
        jdbi.useHandle(handle -> handle.createQuery(DESCRIBE)
                .bindList("ids", vmIds)
                .mapToMap()
                .forEach(row -> all.put(idOf(row), described(row))));
        return all;
    }

    private static long idOf(Map<String, Object> row) {
        return requireNonNull((Number) row.get("vm_id"), "vm_id is null").longValue();
    }

    private static Map<String, String> described(Map<String, Object> row) {
        Map<String, String> described = new HashMap<>();
        row.forEach((name, value) -> {
            if (value != null && !name.equals("vm_id")) {
                described.put(name, value.toString());
            }
        });
        described.put("isiso", "false");
        return described;
    }

    @Override
    public Optional<Long> serviceOffering(String uuid) {
        return id("SELECT id FROM service_offering WHERE removed IS NULL AND uuid = :uuid", uuid);
    }

    @Override
    public Optional<Long> template(String uuid) {
        return id("SELECT id FROM vm_template WHERE removed IS NULL AND uuid = :uuid", uuid);
    }

    @Override
    public Optional<Long> network(String uuid) {
        return id("SELECT id FROM networks WHERE removed IS NULL AND uuid = :uuid", uuid);
    }

    @Override
    public Optional<Owner> account(String name, long domainId) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT a.id, a.domain_id, d.path FROM account a"
                        + " JOIN domain d ON d.id = a.domain_id"
                        + " WHERE a.removed IS NULL AND a.account_name = :name AND a.domain_id = :domain")
                .bind("name", name)
                .bind("domain", domainId)
                .map((row, context) -> new Owner(row.getLong("id"), row.getLong("domain_id"), row.getString("path")))
                .findFirst());
    }

    @Override
    public Optional<Owner> activeProject(long id) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT p.project_account_id, p.domain_id, d.path"
                        + " FROM projects p JOIN domain d ON d.id = p.domain_id"
                        + " WHERE p.removed IS NULL AND p.state = 'ACTIVE' AND p.id = :id")
                .bind("id", id)
                .map((row, context) ->
                        new Owner(row.getLong("project_account_id"), row.getLong("domain_id"), row.getString("path")))
                .findOne());
    }

    private Optional<Long> id(String sql, String uuid) {
        return jdbi.withHandle(handle ->
                handle.createQuery(sql).bind("uuid", uuid).mapTo(Long.class).findOne());
    }
}
