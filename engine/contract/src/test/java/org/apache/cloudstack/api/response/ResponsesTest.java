/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.api.response;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponsesTest {
    private final Gson gson = new Gson();

    @Test
    void aListCountsItsEntriesUnlessToldTheTotal() {
        ListResponse<SuccessResponse> list = new ListResponse<>();
        assertThat(list.getCount()).isNull();
        list.setResponses(List.of(new SuccessResponse()));
        assertThat(list.getCount()).isEqualTo(1);
        list.setResponses(List.of(new SuccessResponse()), 90);
        assertThat(list.getCount()).isEqualTo(90);
    }

    @Test
    void aListThatIsSetAgainCountsAgain() {
        ListResponse<SuccessResponse> list = new ListResponse<>();
        list.setResponses(List.of(), 90);
        list.setResponses(List.of(new SuccessResponse()));
        assertThat(list.getCount()).isEqualTo(1);
    }

    @Test
    void successIsTheOnlyFieldOfASuccess() {
        SuccessResponse success = new SuccessResponse("deletethingresponse");
        success.setObjectName("thing");
        assertThat(success.getResponseName()).isEqualTo("deletethingresponse");
        assertThat(gson.toJson(success)).isEqualTo("{\"success\":true}");
    }

    @Test
    void jobFieldsAreWrittenWhenSet() {
        SuccessResponse success = new SuccessResponse();
        success.setDisplayText("done");
        success.setJobId("95b7");
        success.setJobStatus(1);
        assertThat(gson.toJsonTree(success).getAsJsonObject().entrySet())
                .extracting(entry -> entry.getKey() + "=" + entry.getValue().getAsString())
                .containsExactlyInAnyOrder("success=true", "displaytext=done", "jobid=95b7", "jobstatus=1");
    }
}
