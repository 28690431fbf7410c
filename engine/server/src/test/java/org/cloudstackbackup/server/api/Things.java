/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import com.cloud.exception.InsufficientCapacityException;
import com.cloud.exception.PermissionDeniedException;
import com.cloud.serializer.Param;
import com.cloud.utils.exception.CloudRuntimeException;
import com.google.gson.annotations.SerializedName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.ApiCommandResourceType;
import org.apache.cloudstack.api.BaseAsyncCreateCmd;
import org.apache.cloudstack.api.BaseCmd;
import org.apache.cloudstack.api.BaseListProjectAndAccountResourcesCmd;
import org.apache.cloudstack.api.BaseResponse;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.ListResponse;
import org.apache.cloudstack.api.response.SuccessResponse;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.server.job.JobContext;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/** Commands for tests, about things that are kept in a list, and what the commands saw. */
@SuppressWarnings({"NullAway.Init", "UnusedVariable"})
final class Things implements CommandModule {
    static final String MINE = "11111111-0000-4000-8000-000000000001";
    static final String OF_PROJECT = "11111111-0000-4000-8000-000000000003";
    static final String FOREIGN = "11111111-0000-4000-8000-000000000002";
    static final String UNKNOWN = "11111111-0000-4000-8000-00000000dead";

    final List<String> names = new CopyOnWriteArrayList<>(List.of("one", "two", "three"));
    final List<Map<String, @Nullable Object>> seen = new CopyOnWriteArrayList<>();
    final Map<String, Owner> owners = Map.of(
            MINE, new Owner(People.USER.account().id(), 3, "/a/b/"),
            FOREIGN, new Owner(99, 4, "/c/"),
            OF_PROJECT, People.PROJECT_OWNER);

    /** Counted down when the slow command has begun. */
    final CountDownLatch slow = new CountDownLatch(1);

    /** Holds the request for a time that is short beside what a stop waits, unless it is interrupted. */
    private static void holdSlow() {
        try {
            if (new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("Nobody counts that latch down");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The slow command was interrupted", e);
        }
    }

    @Override
    public List<Class<? extends BaseCmd>> commands() {
        return List.of(
                ListThings.class,
                GetThing.class,
                UseThing.class,
                CreateThing.class,
                DeployVirtualMachine.class,
                RemoveThings.class,
                FailThing.class);
    }

    @Override
    public Map<String, String> aliases() {
        return Map.of("listOldThings", "listThings");
    }

    @Override
    public Map<Class<?>, Object> services() {
        return Map.of(Things.class, this);
    }

    @Override
    public List<EntityLookup> lookups() {
        return List.of(
                new EntityLookup(ThingResponse.class, this::find),
                new EntityLookup(
                        ProjectResponse.class,
                        uuid -> uuid.equals("project-70")
                                ? Optional.of(new EntityLookup.Found(People.PROJECT, uuid, People.PROJECT_OWNER))
                                : Optional.empty()),
                new EntityLookup(
                        DomainResponse.class,
                        uuid -> uuid.startsWith("domain-")
                                ? Optional.of(new EntityLookup.Found(Long.parseLong(uuid.substring(7)), uuid, null))
                                : Optional.empty()));
    }

    private Optional<EntityLookup.Found> find(String uuid) {
        Owner owner = owners.get(uuid);
        return owner == null
                ? Optional.empty()
                : Optional.of(new EntityLookup.Found(uuid.charAt(uuid.length() - 1) - '0', uuid, owner));
    }

    /** Stands for the identity package's class of that name. */
    static final class DomainResponse extends BaseResponse {}

    static final class ProjectResponse extends BaseResponse {}

    static final class ThingResponse extends BaseResponse {
        @SerializedName("name")
        @Param(description = "its name")
        private final String name;

        @SerializedName("size")
        @Param(description = "bytes")
        private final long size = 42;

        @SerializedName("good")
        @Param(description = "whether it is good")
        private final boolean good = true;

        @SerializedName("created")
        @Param(description = "when it was made")
        private final Date created = Date.from(Instant.parse("2025-10-30T09:15:00Z"));

        @SerializedName("nothing")
        @Param(description = "never there")
        private final @Nullable String nothing = null;

        @SerializedName("secret")
        @Param(description = "for admins only", authorized = RoleType.Admin)
        private final String secret = "hidden";

        @SerializedName("part")
        @Param(description = "things inside", responseObject = ThingResponse.class)
        private final List<String> parts = List.of("p", "q");

        @SerializedName("details")
        @Param(description = "free pairs")
        private final Map<String, String> details = new LinkedHashMap<>(Map.of("1 key", "a<b\u0001"));

        ThingResponse(String name) {
            super("thing");
            this.name = name;
        }
    }

    @APICommand(
            name = "listThings",
            description = "Lists things.",
            responseObject = ThingResponse.class,
            authorized = {RoleType.Admin, RoleType.DomainAdmin, RoleType.User})
    static final class ListThings extends BaseListProjectAndAccountResourcesCmd {
        @Inject
        private Things things;

        @Inject
        private ListScopes scopes;

        @Parameter(name = "id", type = CommandType.UUID, entityType = ThingResponse.class, description = "one thing")
        private @Nullable Long id;

        @Override
        public void execute() {
            PageRequest page = scopes.pageOf(this);
            Map<String, @Nullable Object> saw = new LinkedHashMap<>();
            saw.put("scope", scopes.scopeOf(this, id != null));
            saw.put("page", page);
            things.seen.add(saw);
            List<ThingResponse> found = new ArrayList<>();
            things.names.stream()
                    .skip(page.offset())
                    .limit(page.limit())
                    .forEach(name -> found.add(new ThingResponse(name)));
            ListResponse<ThingResponse> response = new ListResponse<>();
            response.setResponses(found, things.names.size());
            setResponseObject(response);
        }
    }

    @APICommand(
            name = "getThing",
            description = "One thing.",
            responseObject = ThingResponse.class,
            authorized = {RoleType.Admin, RoleType.DomainAdmin, RoleType.User})
    static final class GetThing extends BaseCmd {
        @Override
        public void execute() {
            setResponseObject(new ThingResponse("é & <b>"));
        }

        @Override
        public long getEntityOwnerId() {
            return 1;
        }
    }

    @APICommand(
            name = "useThing",
            description = "Takes a parameter of each type.",
            responseObject = SuccessResponse.class,
            authorized = {RoleType.Admin, RoleType.User})
    static final class UseThing extends BaseCmd {
        @Inject
        private Things things;

        @Parameter(
                name = "id",
                type = CommandType.UUID,
                entityType = ThingResponse.class,
                required = true,
                description = "which")
        private Long id;

        @Parameter(
                name = "newid",
                type = CommandType.UUID,
                entityType = ThingResponse.class,
                since = "4.20",
                description = "another")
        private @Nullable Long newId;

        @Parameter(name = "flag", type = CommandType.BOOLEAN, description = "a flag")
        private @Nullable Boolean flag;

        @Parameter(name = "number", type = CommandType.INTEGER, description = "a number")
        private @Nullable Integer number;

        @Parameter(name = "small", type = CommandType.SHORT, description = "a small number")
        private @Nullable Short small;

        @Parameter(name = "big", type = CommandType.LONG, description = "a big number")
        private @Nullable Long big;

        @Parameter(name = "part", type = CommandType.FLOAT, description = "a fraction")
        private @Nullable Float part;

        @Parameter(name = "text", type = CommandType.STRING, description = "a text")
        private @Nullable String text;

        @Parameter(name = "longtext", type = CommandType.STRING, length = 1000, description = "a long text")
        private @Nullable String longText;

        @Parameter(
                name = "items",
                type = CommandType.LIST,
                collectionType = CommandType.INTEGER,
                description = "a list")
        private @Nullable List<Integer> items;

        @Parameter(
                name = "ids",
                type = CommandType.LIST,
                collectionType = CommandType.UUID,
                entityType = ThingResponse.class,
                description = "a list")
        private @Nullable List<Long> ids;

        @Parameter(name = "details", type = CommandType.MAP, description = "a map")
        private @Nullable Map<String, Map<String, String>> details;

        @Parameter(name = "startdate", type = CommandType.DATE, description = "a date")
        private @Nullable Date startDate;

        @Parameter(name = "enddate", type = CommandType.DATE, description = "a date")
        private @Nullable Date endDate;

        @Parameter(
                name = "adminonly",
                type = CommandType.STRING,
                authorized = RoleType.Admin,
                description = "for admins")
        private @Nullable String adminOnly;

        @Override
        public void execute() {
            Map<String, @Nullable Object> saw = new LinkedHashMap<>();
            saw.put("id", id);
            saw.put("newid", newId);
            saw.put("flag", flag);
            saw.put("number", number);
            saw.put("small", small);
            saw.put("big", big);
            saw.put("part", part);
            saw.put("text", text);
            saw.put("longtext", longText);
            saw.put("items", items);
            saw.put("ids", ids);
            saw.put("details", details);
            saw.put("startdate", startDate == null ? null : startDate.toInstant());
            saw.put("enddate", endDate == null ? null : endDate.toInstant());
            saw.put("adminonly", adminOnly);
            things.seen.add(saw);
            SuccessResponse response = new SuccessResponse(getCommandName());
            response.setDisplayText("used");
            setResponseObject(response);
        }

        @Override
        public long getEntityOwnerId() {
            return 1;
        }
    }

    @APICommand(
            name = "createThing",
            description = "Makes a thing.",
            responseObject = ThingResponse.class,
            authorized = {RoleType.Admin, RoleType.User})
    static final class CreateThing extends BaseAsyncCreateCmd {
        @Inject
        private Things things;

        @Inject
        private JobContext job;

        @Inject
        private Caller caller;

        @Parameter(name = "name", type = CommandType.STRING, required = true, description = "its name")
        private String name;

        @Override
        public void create() {
            things.names.add(name);
            setEntityId(7L);
            setEntityUuid("thing-of-" + job.uuid());
        }

        @Override
        public void execute() {
            things.seen.add(Map.of("job", job.uuid(), "entity", getEntityUuid(), "caller", caller));
            setResponseObject(new ThingResponse(name));
        }

        @Override
        public String getEventType() {
            return "THING.CREATE";
        }

        @Override
        public String getEventDescription() {
            return "making " + name;
        }

        @Override
        public ApiCommandResourceType getApiResourceType() {
            return ApiCommandResourceType.Backup;
        }

        @Override
        public long getEntityOwnerId() {
            return 1;
        }
    }

    @APICommand(
            name = "deployThing",
            description = "Answers under another key.",
            responseObject = ThingResponse.class,
            authorized = RoleType.Admin)
    static final class DeployVirtualMachine extends BaseCmd {
        @Override
        public void execute() {
            setResponseObject(new ThingResponse("vm"));
        }

        @Override
        public String getCommandName() {
            return "deployvirtualmachineresponse";
        }

        @Override
        public long getEntityOwnerId() {
            return 1;
        }
    }

    @APICommand(name = "removeThings", description = "Declares no role.", responseObject = SuccessResponse.class)
    static final class RemoveThings extends BaseCmd {
        @Inject
        private Things things;

        @Override
        public void execute() {
            things.names.clear();
            setResponseObject(new SuccessResponse(getCommandName()));
        }

        @Override
        public long getEntityOwnerId() {
            return 1;
        }
    }

    @APICommand(
            name = "failThing",
            description = "Fails as it is told to.",
            responseObject = SuccessResponse.class,
            authorized = {RoleType.Admin, RoleType.User})
    static final class FailThing extends BaseCmd {
        @Inject
        private Things things;

        @Parameter(name = "how", type = CommandType.STRING, required = true, description = "which failure")
        private String how;

        @Override
        public void execute() throws InsufficientCapacityException {
            switch (how) {
                case "PERMISSION" -> throw new PermissionDeniedException("not yours\r\nSet-Cookie: é");
                case "RUNTIME" -> throw new CloudRuntimeException("broken");
                case "ARGUMENT" -> throw new IllegalArgumentException("odd");
                case "SLOW" -> {
                    things.slow.countDown();
                    holdSlow();
                }
                case "BUG" -> throw new NullPointerException("inner detail");
                default -> throw new ProviderException(ErrorKind.valueOf(how), "thing", "it is " + how);
            }
        }

        @Override
        public long getEntityOwnerId() {
            return 1;
        }
    }
}
