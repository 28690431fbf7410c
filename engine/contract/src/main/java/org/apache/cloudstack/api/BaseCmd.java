/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.api;

import com.cloud.exception.ConcurrentOperationException;
import com.cloud.exception.InsufficientCapacityException;
import com.cloud.exception.NetworkRuleConflictException;
import com.cloud.exception.ResourceAllocationException;
import com.cloud.exception.ResourceUnavailableException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.text.SimpleDateFormat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * One call of an API command. The dispatcher makes an instance per request, fills its {@link Parameter} fields, calls
 * {@link #validateSpecificParameters} and {@link #execute}, and renders {@link #getResponseObject}. Not safe for use by
 * several threads.
 */
public abstract class BaseCmd {
    public static final String RESPONSE_TYPE_JSON = "json";
    public static final String RESPONSE_TYPE_XML = "xml";
    public static final String RESPONSE_SUFFIX = "response";
    public static final String USER_ERROR_MESSAGE =
            "Internal error executing command, please contact your system administrator";

    protected static final Map<Class<?>, List<Field>> fieldsForCmdClass = new ConcurrentHashMap<>();

    protected Logger logger = LogManager.getLogger(getClass());

    @Parameter(
            name = ApiConstants.RESPONSE,
            type = CommandType.STRING,
            includeInApiDoc = false,
            description = "format of the answer: json or xml")
    private String responseType;

    private Object responseObject;
    private Map<String, String> fullUrlParams;
    private HTTPMethod httpMethod;

    /** How a parameter is written on the wire. */
    public enum CommandType {
        BOOLEAN,
        DATE,
        FLOAT,
        DOUBLE,
        INTEGER,
        SHORT,
        LIST,
        LONG,
        OBJECT,
        MAP,
        STRING,
        UUID
    }

    /** HTTP method of the request. */
    public enum HTTPMethod {
        GET,
        POST,
        PUT,
        DELETE
    }

    /** The command's name as its annotation has it, for example {@code listBackups}. */
    public static String getCommandNameByClass(Class<?> clazz) {
        APICommand command = clazz.getAnnotation(APICommand.class);
        if (command == null) {
            throw new IllegalArgumentException(clazz.getName() + " has no @APICommand");
        }
        return command.name();
    }

    /** The envelope's key: the command's name in lower case, then {@value #RESPONSE_SUFFIX}. */
    public static String getResponseNameByClass(Class<?> clazz) {
        return getCommandNameByClass(clazz).toLowerCase(Locale.ROOT) + RESPONSE_SUFFIX;
    }

    /** The date as {@code 2025-10-30T09:15:00+0000}, in UTC; empty for null. */
    public static String getDateString(Date date) {
        if (date == null) {
            return "";
        }
        SimpleDateFormat format = new SimpleDateFormat("yyyy-MM-dd'T'HH:mm:ssZ", Locale.ROOT);
        format.setTimeZone(TimeZone.getTimeZone("UTC"));
        return format.format(date);
    }

    /** Does the work and sets the response object. */
    public abstract void execute()
            throws ResourceUnavailableException, InsufficientCapacityException, ServerApiException,
                    ConcurrentOperationException, ResourceAllocationException, NetworkRuleConflictException;

    /** Internal id of the account that owns what the command works on. */
    public abstract long getEntityOwnerId();

    public List<Long> getEntityOwnerIds() {
        return null;
    }

    /** Called once, before parameters are set. */
    public void configure() {}

    /** The {@linkplain #getResponseNameByClass key of the envelope}; see {@link #getActualCommandName} for the name. */
    public String getCommandName() {
        return getResponseNameByClass(getClass());
    }

    /** The name that callers write, for example {@code listBackups}. */
    public String getActualCommandName() {
        return getCommandNameByClass(getClass());
    }

    /** Checks that concern several parameters at once; the map holds the raw values by lower-case name. */
    public void validateSpecificParameters(Map<String, String> params) {}

    public HTTPMethod getHttpMethod() {
        return httpMethod;
    }

    /** An unknown or missing method is kept as none. */
    public void setHttpMethod(String method) {
        httpMethod = null;
        for (HTTPMethod known : HTTPMethod.values()) {
            if (known.name().equalsIgnoreCase(method)) {
                httpMethod = known;
            }
        }
    }

    public Map<String, String> getFullUrlParams() {
        return fullUrlParams;
    }

    public void setFullUrlParams(Map<String, String> map) {
        fullUrlParams = map;
    }

    /** {@value #RESPONSE_TYPE_XML} unless the caller asked for something else. */
    public String getResponseType() {
        return responseType == null ? RESPONSE_TYPE_XML : responseType;
    }

    public void setResponseType(String responseType) {
        this.responseType = responseType;
    }

    public Object getResponseObject() {
        return responseObject;
    }

    public void setResponseObject(Object responseObject) {
        this.responseObject = responseObject;
    }

    /** False hides the command's event from ordinary users. */
    public boolean isDisplay() {
        return true;
    }

    /** Internal id of what the command works on, or null. */
    public Long getApiResourceId() {
        return null;
    }

    /** Kind of what the command works on, or null. */
    public ApiCommandResourceType getApiResourceType() {
        return null;
    }

    /** Fields that a request may set, those of the command itself first. */
    public List<Field> getParamFields() {
        List<Field> parameters = new ArrayList<>();
        for (Field field : getAllFieldsForClass(getClass())) {
            Parameter parameter = field.getAnnotation(Parameter.class);
            if (parameter != null && parameter.expose()) {
                parameters.add(field);
            }
        }
        return parameters;
    }

    /** All instance fields of the class and of its ancestors; computed once a class. */
    protected List<Field> getAllFieldsForClass(Class<?> clazz) {
        return fieldsForCmdClass.computeIfAbsent(clazz, BaseCmd::instanceFields);
    }

    /**
     * Flattens a map parameter written as {@code details[0].key=value}.
     *
     * @param details group number to pairs, as the dispatcher parsed it; may be null
     */
    public Map<String, String> convertDetailsToMap(@SuppressWarnings("rawtypes") Map details) {
        Map<String, String> flat = new HashMap<>();
        if (details != null) {
            for (Object group : details.values()) {
                for (Map.Entry<?, ?> pair : ((Map<?, ?>) group).entrySet()) {
                    flat.put(String.valueOf(pair.getKey()), String.valueOf(pair.getValue()));
                }
            }
        }
        return flat;
    }

    private static List<Field> instanceFields(Class<?> clazz) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> type = clazz; type != null && type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
                    fields.add(field);
                }
            }
        }
        return Collections.unmodifiableList(fields);
    }
}
