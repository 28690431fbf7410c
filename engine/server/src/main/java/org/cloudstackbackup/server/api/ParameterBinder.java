/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.cloudstack.api.BaseCmd;
import org.apache.cloudstack.api.BaseCmd.CommandType;
import org.apache.cloudstack.api.Parameter;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.Owner;
import org.jspecify.annotations.Nullable;

/** Sets a command's fields from the text of a request. */
final class ParameterBinder {
    private static final int MALFORMED = 430;
    private static final int PARAM_ERROR = 431;
    private static final Pattern MAP_ENTRY = Pattern.compile("([^\\[\\]]+)\\[(\\d{1,9})\\]\\.(.+)");
    private static final Pattern INTERNAL_ID = Pattern.compile("\\d{1,18}");
    private static final String UNLIMITED = "-1";
    private static final DateTimeFormatter INSTANT = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX]")
            .toFormatter(Locale.ROOT);
    private static final DateTimeFormatter LOCAL = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral(' ')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .toFormatter(Locale.ROOT);

    private final CommandRegistry registry;

    ParameterBinder(CommandRegistry registry) {
        this.registry = registry;
    }

    /** @throws FailureException 430 for broken map names, 431 for what is missing or does not fit */
    void bind(CommandDescriptor descriptor, BaseCmd command, Map<String, String> params, Caller caller) {
        params.keySet().forEach(ParameterBinder::checkSyntax);
        for (CommandDescriptor.ParameterField parameter : descriptor.parameters()) {
            if (CommandAccess.includes(parameter.annotation().authorized(), caller.role())) {
                Object value = new Binding(descriptor, parameter, params, caller).value();
                if (value != null) {
                    set(parameter.field(), command, value);
                }
            }
        }
    }

    private static void checkSyntax(String name) {
        boolean bracketed = name.indexOf('[') >= 0 || name.indexOf(']') >= 0;
        if (bracketed && !MAP_ENTRY.matcher(name).matches()) {
            throw new FailureException(
                    MALFORMED,
                    "Invalid parameter name " + name + ": entries of a map are written as name[0].key=value");
        }
    }

    static void set(Field field, Object target, Object value) {
        try {
            field.set(target, value);
        } catch (IllegalAccessException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    field + " cannot hold a " + value.getClass().getName(), e);
        }
    }

    /** One parameter of one call. */
    private final class Binding {
        private final CommandDescriptor command;
        private final CommandDescriptor.ParameterField parameter;
        private final Map<String, String> params;
        private final Caller caller;

        Binding(
                CommandDescriptor command,
                CommandDescriptor.ParameterField parameter,
                Map<String, String> params,
                Caller caller) {
            this.command = command;
            this.parameter = parameter;
            this.params = params;
            this.caller = caller;
        }

        @Nullable
        Object value() {
            Parameter declared = parameter.annotation();
            if (declared.type() == CommandType.MAP) {
                Map<String, Map<String, String>> map = map();
                return map.isEmpty() ? refuseMissing() : map;
            }
            String text = params.get(parameter.name());
            if (text == null || text.isEmpty()) {
                refuseMissing();
                return text != null && declared.type() == CommandType.STRING ? text : null;
            }
            return declared.type() == CommandType.LIST ? list(text, declared) : single(text, declared.type());
        }

        private @Nullable Object refuseMissing() {
            if (parameter.annotation().required()) {
                throw refuse("missing parameter " + parameter.name(), null);
            }
            return null;
        }

        private Map<String, Map<String, String>> map() {
            Map<String, Map<String, String>> entries = new TreeMap<>((one, other) ->
                    one.length() == other.length() ? one.compareTo(other) : one.length() - other.length());
            params.forEach((name, text) -> {
                Matcher matcher = MAP_ENTRY.matcher(name);
                if (matcher.matches() && matcher.group(1).equals(parameter.name())) {
                    entries.computeIfAbsent(matcher.group(2), index -> new TreeMap<>())
                            .put(matcher.group(3), text);
                }
            });
            return entries;
        }

        private List<Object> list(String text, Parameter declared) {
            List<Object> items = new ArrayList<>();
            CommandType type =
                    declared.collectionType() == CommandType.OBJECT ? CommandType.STRING : declared.collectionType();
            for (String item : text.split(",", -1)) {
                if (!item.isBlank()) {
                    items.add(single(item.strip(), type));
                }
            }
            return items;
        }

        private Object single(String text, CommandType type) {
            return switch (type) {
                case STRING -> string(text);
                case BOOLEAN -> text.equalsIgnoreCase("true");
                case INTEGER -> (int) whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
                case SHORT -> (short) whole(text, Short.MIN_VALUE, Short.MAX_VALUE);
                case LONG -> whole(text, Long.MIN_VALUE, Long.MAX_VALUE);
                case FLOAT -> (float) fraction(text, Float.MAX_VALUE);
                case DOUBLE -> fraction(text, Double.MAX_VALUE);
                case DATE -> date(text);
                case UUID -> id(text);
                case OBJECT, LIST, MAP -> text;
            };
        }

        private String string(String text) {
            int longest = parameter.annotation().length();
            if (text.length() > longest) {
                throw invalid("it has " + text.length() + " characters, at most " + longest + " are allowed", null);
            }
            return text;
        }

        private long whole(String text, long lowest, long highest) {
            try {
                long number = Long.parseLong(text.strip());
                if (number >= lowest && number <= highest) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw invalid(notANumber(text, lowest, highest), e);
            }
            throw invalid(notANumber(text, lowest, highest), null);
        }

        private static String notANumber(String text, long lowest, long highest) {
            return "'" + shown(text) + "' is not a whole number between " + lowest + " and " + highest;
        }

        private double fraction(String text, double highest) {
            try {
                double number = new BigDecimal(text.strip()).doubleValue();
                if (Math.abs(number) <= highest) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw invalid("'" + shown(text) + "' is not a number", e);
            }
            throw invalid("'" + shown(text) + "' is out of range", null);
        }

        private Date date(String text) {
            try {
                return Date.from(instant(text.strip()));
            } catch (DateTimeException | IllegalArgumentException e) {
                throw invalid(
                        "'" + shown(text) + "' is not a date; write 2025-10-30T09:15:00+0000, 2025-10-30 09:15:00 (UTC)"
                                + " or 2025-10-30",
                        e);
            }
        }

        private Instant instant(String text) {
            if (text.indexOf('T') > 0) {
                // An offset's plus sign that was not encoded arrives as a space.
                return INSTANT.parse(text.replace(' ', '+'), Instant::from);
            }
            if (text.indexOf(' ') > 0) {
                return LocalDateTime.parse(text, LOCAL).toInstant(ZoneOffset.UTC);
            }
            LocalTime time = parameter.name().contains("end") ? LocalTime.of(23, 59, 59) : LocalTime.MIDNIGHT;
            return LocalDate.parse(text).atTime(time).toInstant(ZoneOffset.UTC);
        }

        private Long id(String text) {
            if (text.equals(UNLIMITED)) {
                return -1L;
            }
            for (Class<?> entityType : parameter.annotation().entityType()) {
                Optional<EntityLookup.Found> found = registry.lookup(entityType)
                        .flatMap(lookup -> lookup.finder().find(text));
                if (found.isPresent() && mayReach(found.get().owner())) {
                    return found.get().id();
                }
            }
            if (caller.isRootAdmin()
                    && parameter.annotation().since().isEmpty()
                    && INTERNAL_ID.matcher(text).matches()) {
                return Long.valueOf(text);
            }
            throw refuse(
                    "invalid value. Invalid parameter " + parameter.name() + " value=" + shown(text)
                            + " due to incorrect long value format, or entity does not exist or due to incorrect parameter"
                            + " annotation for the field in api cmd class.",
                    null);
        }

        private boolean mayReach(@Nullable Owner owner) {
            return owner == null || caller.mayReach(owner);
        }

        private FailureException invalid(String reason, @Nullable Throwable cause) {
            return refuse("invalid value for parameter " + parameter.name() + ": " + reason, cause);
        }

        private FailureException refuse(String reason, @Nullable Throwable cause) {
            String text =
                    "Unable to execute API command " + command.name().toLowerCase(Locale.ROOT) + " due to " + reason;
            return new FailureException(PARAM_ERROR, FailureException.UNMAPPED, text, cause);
        }
    }

    private static String shown(String text) {
        return text.length() <= 255 ? text : text.substring(0, 255) + "...";
    }
}
