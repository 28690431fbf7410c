/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import com.cloud.exception.CloudAuthenticationException;
import com.cloud.exception.CloudException;
import com.cloud.exception.ConcurrentOperationException;
import com.cloud.exception.InsufficientCapacityException;
import com.cloud.exception.InvalidParameterValueException;
import com.cloud.exception.NetworkRuleConflictException;
import com.cloud.exception.PermissionDeniedException;
import com.cloud.exception.ResourceAllocationException;
import com.cloud.exception.ResourceUnavailableException;
import com.cloud.utils.exception.CloudRuntimeException;
import java.util.UUID;
import org.apache.cloudstack.api.ServerApiException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.store.DatabaseFailures;

/** The one place where exceptions become what callers are told. */
final class Failures {
    private static final Logger LOG = LogManager.getLogger(Failures.class);
    private static final int INTERNAL_ERROR = 530;
    private static final int PARAM_ERROR = 431;
    private static final int CLOUD_RUNTIME = 4250;

    private Failures() {}

    /**
     * Logs what is our own fault, once, under a reference that the text names; everything else is the caller's to read.
     *
     * @param what was being done, for the log
     */
    static ApiFailure of(Throwable failure, String what) {
        if (failure instanceof FailureException exact) {
            return exact.failure();
        }
        if (DatabaseFailures.isOutage(failure)) {
            LOG.warn("No database for {}: {}", what, failure.toString());
            return new ApiFailure(534, 4380, "The database does not answer at the moment; try again in a while");
        }
        if (DatabaseFailures.isRepeatable(failure)) {
            LOG.warn("A race was lost at {}", what, failure);
            return new ApiFailure(536, 4375, "Another request changed the same at this moment; try again");
        }
        if (failure instanceof ServerApiException api) {
            return new ApiFailure(api.getErrorCode().getHttpCode(), csCode(api, FailureException.UNMAPPED), text(api));
        }
        if (failure instanceof ProviderException provider) {
            return ofProvider(provider, what);
        }
        if (failure instanceof CloudException checked) {
            return ofCloudException(checked);
        }
        if (failure instanceof CloudRuntimeException unchecked) {
            return ofCloudRuntime(unchecked, what);
        }
        if (failure instanceof IllegalArgumentException) {
            LOG.debug("Refused {}", what, failure);
            return new ApiFailure(PARAM_ERROR, FailureException.UNMAPPED, text(failure));
        }
        return internal(failure, what);
    }

    private static ApiFailure ofProvider(ProviderException failure, String what) {
        return switch (failure.kind()) {
            case USER, NOT_FOUND -> new ApiFailure(PARAM_ERROR, 4350, failure.text());
            case CONFLICT -> new ApiFailure(536, 4375, failure.text());
            case LIMIT -> new ApiFailure(535, 4370, failure.text());
            case UNAVAILABLE -> new ApiFailure(534, 4380, failure.text());
            case EXTERNAL, INTERNAL -> {
                LOG.log(
                        failure.kind() == ErrorKind.INTERNAL
                                ? org.apache.logging.log4j.Level.ERROR
                                : org.apache.logging.log4j.Level.WARN,
                        "Failed: {}",
                        what,
                        failure);
                yield new ApiFailure(INTERNAL_ERROR, CLOUD_RUNTIME, failure.text());
            }
        };
    }

    private static ApiFailure ofCloudException(CloudException failure) {
        if (failure instanceof ResourceAllocationException) {
            return new ApiFailure(535, 4370, text(failure));
        }
        if (failure instanceof ResourceUnavailableException) {
            return new ApiFailure(534, 4380, text(failure));
        }
        if (failure instanceof InsufficientCapacityException) {
            return new ApiFailure(533, 4325, text(failure));
        }
        if (failure instanceof NetworkRuleConflictException) {
            return new ApiFailure(537, FailureException.UNMAPPED, text(failure));
        }
        return new ApiFailure(INTERNAL_ERROR, FailureException.UNMAPPED, text(failure));
    }

    private static ApiFailure ofCloudRuntime(CloudRuntimeException failure, String what) {
        if (failure instanceof InvalidParameterValueException) {
            return new ApiFailure(PARAM_ERROR, csCode(failure, 4350), text(failure));
        }
        if (failure instanceof PermissionDeniedException) {
            return new ApiFailure(531, csCode(failure, 4365), text(failure));
        }
        if (failure instanceof CloudAuthenticationException) {
            return new ApiFailure(531, csCode(failure, 4290), text(failure));
        }
        LOG.warn("Failed: {}", what, failure);
        if (failure instanceof ConcurrentOperationException) {
            return new ApiFailure(INTERNAL_ERROR, csCode(failure, 4300), text(failure));
        }
        return new ApiFailure(INTERNAL_ERROR, csCode(failure, CLOUD_RUNTIME), text(failure));
    }

    private static ApiFailure internal(Throwable failure, String what) {
        String reference = UUID.randomUUID().toString().substring(0, 8);
        LOG.error("Internal error {} in {}", reference, what, failure);
        return new ApiFailure(
                INTERNAL_ERROR,
                CLOUD_RUNTIME,
                "Internal error executing command; the server's log tells more under reference " + reference);
    }

    private static int csCode(CloudRuntimeException failure, int usual) {
        return failure.getCSErrorCode() == 0 ? usual : failure.getCSErrorCode();
    }

    private static String text(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isEmpty() ? failure.getClass().getSimpleName() : message;
    }
}
