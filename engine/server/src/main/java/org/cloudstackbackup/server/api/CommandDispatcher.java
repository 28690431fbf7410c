/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import com.cloud.exception.InvalidParameterValueException;
import com.google.gson.annotations.SerializedName;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.cloudstack.api.ApiConstants;
import org.apache.cloudstack.api.BaseAsyncCmd;
import org.apache.cloudstack.api.BaseAsyncCreateCmd;
import org.apache.cloudstack.api.BaseCmd;
import org.apache.cloudstack.api.BaseListCmd;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.server.job.JobContext;
import org.cloudstackbackup.server.job.JobResult;
import org.jspecify.annotations.Nullable;

/** Makes, fills and runs commands, within a request or for a job. Safe for use by many threads. */
public final class CommandDispatcher implements CommandExecutor {
    private static final int PARAM_ERROR = 431;
    private static final int INTERNAL_ERROR = 530;
    private static final Set<String> NOT_OF_THE_JOB = Set.of(
            "command",
            "response",
            "apikey",
            "signature",
            "signatureversion",
            "expires",
            "sessionkey",
            ApiConstants.CUSTOM_JOB_ID);

    private final CommandRegistry registry;
    private final ParameterBinder binder;
    private final Tenants tenants;
    private final JobQueue jobs;
    private final ResponseTree tree = new ResponseTree();

    /**
     * Adds {@code listApis} to the modules' commands.
     *
     * @throws IllegalStateException when two commands share a name or a command needs what no module provides
     */
    public CommandDispatcher(Collection<? extends CommandModule> modules, Tenants tenants, JobQueue jobs) {
        List<CommandModule> all = new ArrayList<>(modules);
        ApiListing listing = new ApiListing();
        all.add(listing);
        this.registry = new CommandRegistry(all);
        listing.describe(registry);
        this.binder = new ParameterBinder(registry);
        this.tenants = tenants;
        this.jobs = jobs;
    }

    /** The answer to an asynchronous command. */
    record Accepted(
            @SerializedName("id") @Nullable String id,
            @SerializedName("jobid") String jobId) {}

    CommandRegistry registry() {
        return registry;
    }

    ResponseTree tree() {
        return tree;
    }

    /** Runs a command within its request, or accepts it as a job; returns what to answer, null for nothing. */
    @Nullable
    Object call(CommandDescriptor descriptor, Map<String, String> params, Caller caller, String method)
            throws Exception {
        RequestContext context = new RequestContext(jobUuid(descriptor, params));
        BaseCmd command = prepare(descriptor, params, caller, context);
        command.setHttpMethod(method);
        if (command instanceof BaseAsyncCmd later) {
            return accept(descriptor, later, params, caller, context);
        }
        command.execute();
        return command.getResponseObject();
    }

    @Override
    public @Nullable Object execute(
            String commandName,
            Map<String, String> params,
            Caller caller,
            JobContext job,
            @Nullable Long entityId,
            @Nullable String entityUuid)
            throws Exception {
        BaseCmd command = prepareAgain(commandName, params, caller, job, entityId, entityUuid);
        command.execute();
        return command.getResponseObject();
    }

    @Override
    public @Nullable Object resultOf(
            String commandName,
            Map<String, String> params,
            Caller caller,
            JobContext job,
            @Nullable Long entityId,
            @Nullable String entityUuid,
            String uuid)
            throws Exception {
        BaseCmd command = prepareAgain(commandName, params, caller, job, entityId, entityUuid);
        return command instanceof JobResult result ? result.renderResult(uuid) : null;
    }

    @Override
    public String renderResult(Object response) {
        return JsonWriting.write(tree.jobResult(response));
    }

    @Override
    public ApiFailure describe(Throwable failure, String what) {
        return Failures.of(failure, what);
    }

    private BaseCmd prepareAgain(
            String commandName,
            Map<String, String> params,
            Caller caller,
            JobContext job,
            @Nullable Long entityId,
            @Nullable String entityUuid) {
        CommandDescriptor descriptor = registry.find(commandName)
                .orElseThrow(() -> new IllegalStateException("There is no command " + commandName + " any more"));
        BaseCmd command = prepare(descriptor, params, caller, job);
        if (command instanceof BaseAsyncCreateCmd create) {
            create.setEntityId(entityId);
            create.setEntityUuid(entityUuid);
        }
        return command;
    }

    private BaseCmd prepare(
            CommandDescriptor descriptor, Map<String, String> params, Caller caller, JobContext context) {
        BaseCmd command = descriptor.newInstance();
        for (Field field : descriptor.injected()) {
            ParameterBinder.set(field, command, injected(field.getType(), caller, context));
        }
        command.configure();
        command.setFullUrlParams(params);
        binder.bind(descriptor, command, params, caller);
        command.validateSpecificParameters(new HashMap<>(params));
        if (command instanceof BaseListCmd list) {
            checkPageSize(list, params);
        }
        return command;
    }

    private Object injected(Class<?> type, Caller caller, JobContext context) {
        if (type == Caller.class) {
            return caller;
        }
        if (type == JobContext.class) {
            return context;
        }
        return type == ListScopes.class ? new CallerScopes(caller, tenants) : registry.service(type);
    }

    /** CloudStack answers 530 to a page that is too large and 431 to every other mistake about pages. */
    private static void checkPageSize(BaseListCmd list, Map<String, String> params) {
        try {
            list.getPageSize();
        } catch (InvalidParameterValueException e) {
            boolean tooLarge = !params.getOrDefault(ApiConstants.PAGE_SIZE, "").startsWith("-");
            boolean zero = "0".equals(params.get(ApiConstants.PAGE_SIZE));
            throw new FailureException(
                    tooLarge && !zero ? INTERNAL_ERROR : PARAM_ERROR, String.valueOf(e.getMessage()), e);
        }
    }

    private Accepted accept(
            CommandDescriptor descriptor,
            BaseAsyncCmd command,
            Map<String, String> params,
            Caller caller,
            RequestContext context)
            throws Exception {
        jobs.refuseTaken(context.uuid());
        Long entityId = null;
        String entityUuid = null;
        if (command instanceof BaseAsyncCreateCmd create) {
            create.create();
            entityId = create.getEntityId();
            entityUuid = create.getEntityUuid();
        }
        String type = command.getApiResourceType() == null
                ? context.instanceType
                : command.getApiResourceType().toString();
        String jobId = jobs.submit(new JobQueue.CommandCall(
                descriptor.name(),
                descriptor.type().getName(),
                ofTheJob(params),
                caller.user().id(),
                caller.account().id(),
                context.uuid(),
                type,
                entityId,
                entityUuid,
                command.getEventType(),
                command.getEventDescription()));
        String id = entityUuid == null && entityId != null ? entityId.toString() : entityUuid;
        return new Accepted(id, jobId);
    }

    private static Map<String, String> ofTheJob(Map<String, String> params) {
        Map<String, String> kept = new HashMap<>(params);
        kept.keySet().removeAll(NOT_OF_THE_JOB);
        return kept;
    }

    /** The job gets the uuid that its create step saw, so both derive the same identities from it. */
    private static String jobUuid(CommandDescriptor descriptor, Map<String, String> params) {
        String wanted = descriptor.isAsync() ? params.get(ApiConstants.CUSTOM_JOB_ID) : null;
        if (wanted == null || wanted.isEmpty()) {
            return UUID.randomUUID().toString();
        }
        if (!wanted.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
            throw new FailureException(PARAM_ERROR, "Parameter customjobid: the value is not a UUID");
        }
        return UUID.fromString(wanted).toString();
    }

    /** Of a command that runs within its request. */
    private static final class RequestContext implements JobContext {
        private final String uuid;
        private @Nullable String instanceType;

        RequestContext(String uuid) {
            this.uuid = uuid;
        }

        @Override
        public long id() {
            return -1;
        }

        @Override
        public String uuid() {
            return uuid;
        }

        @Override
        public void progress(@Nullable Integer percent, String message) {
            // Nobody can ask how far a request has come.
        }

        @Override
        public void continueLater() {
            throw new IllegalStateException("A command that runs within its request cannot continue later");
        }

        @Override
        public void instance(String type, long id, String instanceUuid) {
            instanceType = type;
        }
    }
}
