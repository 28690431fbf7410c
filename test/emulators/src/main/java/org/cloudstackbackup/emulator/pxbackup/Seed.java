/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.cloudstackbackup.emulator.kubevirt.Claim;
import org.cloudstackbackup.emulator.kubevirt.KubeCluster;
import org.cloudstackbackup.emulator.kubevirt.VirtualMachine;
import org.cloudstackbackup.emulator.kubevirt.VirtualMachine.Phase;

/** Puts objects into the server without its API, all owned by the first user; under the guard. */
final class Seed {
    private static final String ORG = "default";
    private static final long GIBIBYTE = 1L << 30;

    private final World world;
    private final Places places;
    private final Tokens tokens;

    Seed(World world, Places places, Tokens tokens) {
        this.world = requireNonNull(world, "world is null");
        this.places = requireNonNull(places, "places is null");
        this.tokens = requireNonNull(tokens, "tokens is null");
    }

    /** The users without whom nobody gets in. */
    void users() {
        tokens.put(User.of("admin", "admin", User.SUPER_ADMIN));
        tokens.put(User.of("px-central-admin", "admin", User.SUPER_ADMIN));
    }

    void demo() {
        KubeCluster inventory = cluster("demo-cluster", "UTC").inventory();
        for (String vm : List.of("web-1", "db-1")) {
            inventory.put(Claim.of("demo", vm + "-root", 10 * GIBIBYTE, "root disk of " + vm));
            inventory.put(Claim.of("demo", vm + "-data", 20 * GIBIBYTE, "data disk of " + vm));
            inventory.put(VirtualMachine.of("demo", vm, vm + "-root", vm + "-data"));
        }
        location("demo-location", 0);
        policy("demo-daily", "{\"daily\":{\"time\":\"02:00AM\",\"retain\":7}}");
        policy("demo-interval", "{\"interval\":{\"minutes\":60,\"retain\":10}}");
    }

    Cluster cluster(String name, String zone) {
        Cluster cluster = new Cluster(identity(name), world.now(), new JsonObject(), new KubeCluster(world));
        places.describe(cluster, zone);
        cluster.status("Online", "");
        world.add(cluster);
        return cluster;
    }

    Location location(String name, long lockDays) {
        JsonObject info = new JsonObject();
        info.addProperty("type", "S3");
        info.addProperty("path", "bucket-of-" + name);
        JsonObject s3 = new JsonObject();
        s3.addProperty("endpoint", "s3.example.com");
        s3.addProperty("region", "eu-central-1");
        info.add("s3_config", s3);
        Location location = new Location(identity(name), world.now(), info);
        location.lockDays(lockDays);
        location.status("Valid", "");
        world.add(location);
        return location;
    }

    Entity policy(String name, String json) {
        return policy(name, com.google.gson.JsonParser.parseString(json).getAsJsonObject());
    }

    private Entity policy(String name, JsonObject policy) {
        PolicyTimes.check(policy);
        Entity entity = new Entity(Kind.SCHEDULE_POLICY, identity(name), world.now(), policy);
        world.add(entity);
        return entity;
    }

    /** Successful backups of one machine each, one a minute, the newest a minute old. */
    void backups(JsonObject wish) {
        int count = (int) Tree.number(wish, "count");
        String prefix = wish.has("prefix") ? Tree.text(wish, "prefix") : "seeded";
        Cluster cluster = (Cluster) named(Kind.CLUSTER, Tree.text(wish, "cluster"));
        Entity location = named(Kind.BACKUP_LOCATION, Tree.text(wish, "location"));
        List<VirtualMachine> machines = cluster.inventory().machines();
        List<Seeded> seeded = machines.stream()
                .map(each -> new Seeded(cluster.inventory(), each, common(cluster, location, each)))
                .toList();
        Instant first = world.now().minus(Duration.ofMinutes(count));
        for (int i = 0; i < count; i++) {
            Instant time = first.plus(Duration.ofMinutes(i));
            String name = String.format(Locale.ROOT, "%s-%06d", prefix, i);
            backup(identity(name), time, seeded.get(i % seeded.size()), Tree.object(wish, "labels"));
        }
    }

    /** What backups of the same machine have in common is shared: there may be very many. */
    private void backup(Entity.Identity identity, Instant time, Seeded seeded, JsonObject labels) {
        VirtualMachine machine = seeded.machine();
        JsonObject info = new JsonObject();
        seeded.common().entrySet().forEach(each -> info.add(each.getKey(), each.getValue()));
        info.addProperty("backup_path", identity.name() + "/" + identity.uid());
        Backup backup = new Backup(identity, time, info);
        backup.labels(labels);
        backup.machines(List.of(machine));
        backup.volumes(machine.claims().stream()
                .flatMap(claim -> seeded.inventory().claim(machine.namespace(), claim).stream())
                .map(claim -> new Backup.Volume(
                        claim, machine.name(), "", "", 0, claim.content().used()))
                .toList());
        backup.seeded();
        new BackupRun(world).describeSeeded(backup, seeded.common());
        backup.status("Success", "");
        world.add(backup);
    }

    private static JsonObject common(Cluster cluster, Entity location, VirtualMachine machine) {
        JsonObject info = new JsonObject();
        info.add("namespaces", Tree.arrayOfTexts(List.of(machine.namespace())));
        info.add("include_resources", Tree.array(List.of(Resources.of(machine))));
        info.add("backup_type", Tree.type("Normal"));
        info.add("backup_object_type", Tree.type("VirtualMachine"));
        info.add("cluster_ref", cluster.ref());
        info.addProperty("cluster", cluster.name());
        info.add("backup_location_ref", location.ref());
        info.addProperty("backup_location", location.name());
        info.addProperty("stage", "Final");
        return info;
    }

    /** Reads what the admin API is given. */
    void read(JsonObject seed) {
        for (JsonObject each : Tree.objects(seed, "users")) {
            tokens.put(new User(
                    each.has("id") ? Tree.text(each, "id") : "id-of-" + Tree.text(each, "name"),
                    Tree.text(each, "name"),
                    Tree.text(each, "password"),
                    new HashSet<>(Tree.texts(each, "groups")),
                    each.has("roles") ? new HashSet<>(Tree.texts(each, "roles")) : Set.of(User.APP_USER),
                    !Tree.flag(each, "disabled")));
        }
        for (JsonObject each : Tree.objects(seed, "clusters")) {
            String zone = each.has("timeZone") ? Tree.text(each, "timeZone") : "UTC";
            inventory(cluster(Tree.text(each, "name"), zone).inventory(), each);
        }
        for (JsonObject each : Tree.objects(seed, "locations")) {
            location(Tree.text(each, "name"), Tree.number(each, "lockDays"));
        }
        for (JsonObject each : Tree.objects(seed, "policies")) {
            policy(Tree.text(each, "name"), Tree.object(each, "policy"));
        }
        if (seed.has("backups")) {
            backups(Tree.object(seed, "backups"));
        }
    }

    /** Adds the namespaces, claims and machines that the JSON names. */
    static void inventory(KubeCluster cluster, JsonObject json) {
        for (JsonObject each : Tree.objects(json, "namespaces")) {
            cluster.putNamespace(Tree.text(each, "name"), Tree.map(each, "labels"));
        }
        for (JsonObject each : Tree.objects(json, "claims")) {
            Claim claim = Claim.of(
                    Tree.text(each, "namespace"),
                    Tree.text(each, "name"),
                    each.has("size") ? Tree.number(each, "size") : GIBIBYTE,
                    Tree.text(each, "text"));
            cluster.put(
                    each.has("provisioner")
                            ? claim.withProvisioner(Tree.text(each, "storageClass"), Tree.text(each, "provisioner"))
                            : claim);
        }
        for (JsonObject each : Tree.objects(json, "machines")) {
            VirtualMachine plain = VirtualMachine.of(
                    Tree.text(each, "namespace"),
                    Tree.text(each, "name"),
                    Tree.texts(each, "claims").toArray(new String[0]));
            Map<String, String> labels = each.has("labels") ? Tree.map(each, "labels") : plain.labels();
            VirtualMachine machine = new VirtualMachine(
                    plain.namespace(),
                    plain.name(),
                    each.has("uid") ? Tree.text(each, "uid") : plain.uid(),
                    each.has("osName") ? Tree.text(each, "osName") : plain.osName(),
                    each.has("phase")
                            ? Phase.valueOf(Tree.text(each, "phase").toUpperCase(Locale.ROOT))
                            : plain.phase(),
                    !each.has("agent") || Tree.flag(each, "agent"),
                    each.has("mac") ? Tree.text(each, "mac") : plain.mac(),
                    plain.claims(),
                    plain.configMaps(),
                    plain.secrets(),
                    labels);
            cluster.put(machine);
        }
    }

    /** The only object of that name, whoever owns it. */
    Entity named(Kind kind, String name) {
        List<Entity> found = world.all(kind).stream()
                .filter(each -> each.name().equals(name) || each.uid().equals(name))
                .toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException("There are " + found.size() + " of " + kind.one() + " " + name);
        }
        return found.get(0);
    }

    private Entity.Identity identity(String name) {
        return new Entity.Identity(
                ORG, tokens.users().get(0).id(), name, UUID.randomUUID().toString());
    }

    private record Seeded(KubeCluster inventory, VirtualMachine machine, JsonObject common) {}
}
