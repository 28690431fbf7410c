/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.api;

import com.cloud.exception.InvalidParameterValueException;
import java.util.Map;
import org.apache.cloudstack.framework.config.ConfigKey;

/**
 * A list. Callers page with {@code page} (from 1) and {@code pagesize}, always together; {@code pagesize=-1} alone asks
 * for everything. Without either, the first page of the setting {@code default.page.size} is returned, which also is the
 * largest page.
 */
public abstract class BaseListCmd extends BaseCmd implements IBaseListCmd {
    public static final Long s_pageSizeUnlimited = -1L;

    private static final ConfigKey<Long> DEFAULT_PAGE_SIZE = new ConfigKey<>(
            "Advanced",
            Long.class,
            "default.page.size",
            "500",
            "Default and largest page size of list commands; -1 for no limit",
            true);

    @Parameter(name = ApiConstants.KEYWORD, type = CommandType.STRING, description = "List by keyword")
    private String keyword;

    @Parameter(name = ApiConstants.PAGE, type = CommandType.INTEGER, description = "number of the page, from 1")
    private Integer page;

    @Parameter(
            name = ApiConstants.PAGE_SIZE,
            type = CommandType.INTEGER,
            description = "entries on a page; -1 without page for all")
    private Integer pageSize;

    /** The largest page size, {@code -1} for no limit. */
    private static long largestPageSize() {
        return DEFAULT_PAGE_SIZE.value();
    }

    @Override
    public String getKeyword() {
        return keyword;
    }

    @Override
    public Integer getPage() {
        return page;
    }

    /**
     * The page size that the caller asked for, or null.
     *
     * @throws InvalidParameterValueException when it is not a page size, is over the largest, or is -1 beside a page
     */
    @Override
    public Integer getPageSize() {
        if (pageSize == null) {
            return null;
        }
        long largest = largestPageSize();
        if (pageSize == s_pageSizeUnlimited.intValue()) {
            if (page != null) {
                throw new InvalidParameterValueException("pagesize=-1 asks for everything and cannot go with a page");
            }
        } else if (pageSize < 1) {
            throw new InvalidParameterValueException(
                    "pagesize must be at least 1, or -1 for everything, not " + pageSize);
        } else if (largest != s_pageSizeUnlimited && pageSize > largest) {
            throw new InvalidParameterValueException("pagesize " + pageSize + " is over the largest, " + largest);
        }
        return pageSize;
    }

    /** Entries to return at most, or null for no limit. */
    @Override
    public Long getPageSizeVal() {
        Integer asked = getPageSize();
        long size = asked == null ? largestPageSize() : asked;
        return size == s_pageSizeUnlimited ? null : Long.valueOf(size);
    }

    /** Entries to leave out at the front, or null for no limit. */
    @Override
    public Long getStartIndex() {
        Long size = getPageSizeVal();
        if (size == null) {
            return null;
        }
        return page == null || page < 1 ? 0L : Math.multiplyExact(size, page - 1L);
    }

    @Override
    public void configure() {}

    /** Lists belong to nobody. */
    @Override
    public long getEntityOwnerId() {
        return 0;
    }

    /** Refuses a page without a page size, a page size (other than -1) without a page, and pages below 1. */
    @Override
    public void validateSpecificParameters(Map<String, String> params) {
        super.validateSpecificParameters(params);
        Long askedPage = number(params, ApiConstants.PAGE);
        Long askedSize = number(params, ApiConstants.PAGE_SIZE);
        if (askedPage != null && askedSize == null) {
            throw refuse("page needs pagesize beside it");
        }
        if (askedPage == null && askedSize != null && !askedSize.equals(s_pageSizeUnlimited)) {
            throw refuse("pagesize needs page beside it");
        }
        if (askedPage != null && askedPage < 1) {
            throw refuse("page must be at least 1, not " + askedPage);
        }
    }

    private static Long number(Map<String, String> params, String name) {
        String text = params.get(name);
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return Long.valueOf(text.trim());
        } catch (NumberFormatException e) {
            throw new ServerApiException(ApiErrorCode.PARAM_ERROR, name + " must be a number", e);
        }
    }

    private static ServerApiException refuse(String reason) {
        return new ServerApiException(ApiErrorCode.PARAM_ERROR, reason);
    }
}
