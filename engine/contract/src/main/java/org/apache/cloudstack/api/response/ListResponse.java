/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.api.response;

import com.google.gson.annotations.SerializedName;
import java.util.List;
import org.apache.cloudstack.api.ApiConstants;
import org.apache.cloudstack.api.BaseResponse;
import org.apache.cloudstack.api.ResponseObject;

/** One page of a list. */
public class ListResponse<T extends ResponseObject> extends BaseResponse {
    private transient List<T> responses;

    @SerializedName(ApiConstants.COUNT)
    private Integer count;

    public List<T> getResponses() {
        return responses;
    }

    /** Sets a list that is complete: its size is the count. */
    public void setResponses(List<T> responses) {
        this.responses = responses;
        this.count = null;
    }

    /** Sets a page; {@code count} is the number of entries on all pages. */
    public void setResponses(List<T> responses, Integer count) {
        this.responses = responses;
        this.count = count;
    }

    /** Number of entries on all pages, or null when nothing has been set. */
    public Integer getCount() {
        if (count != null) {
            return count;
        }
        return responses == null ? null : Integer.valueOf(responses.size());
    }
}
