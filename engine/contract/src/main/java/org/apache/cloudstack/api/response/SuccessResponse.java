/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.api.response;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import org.apache.cloudstack.api.ApiConstants;
import org.apache.cloudstack.api.BaseResponse;

/** Says whether a command worked, and nothing more; true unless set otherwise. */
public class SuccessResponse extends BaseResponse {
    @SerializedName(ApiConstants.SUCCESS)
    @Param(description = "true if operation is executed successfully")
    private Boolean success = true;

    @SerializedName(ApiConstants.DISPLAY_TEXT)
    @Param(description = "any text associated with the success or failure")
    private String displayText;

    public SuccessResponse() {}

    public SuccessResponse(String responseName) {
        setResponseName(responseName);
    }

    public Boolean getSuccess() {
        return success;
    }

    public void setSuccess(Boolean success) {
        this.success = success;
    }

    public String getDisplayText() {
        return displayText;
    }

    public void setDisplayText(String displayText) {
        this.displayText = displayText;
    }
}
