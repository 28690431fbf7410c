/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BaseCmdTest {
    private final CreateThingCmd command = new CreateThingCmd();

    @Test
    void namesComeFromTheAnnotation() {
        assertThat(command.getActualCommandName()).isEqualTo("createThing");
        assertThat(command.getCommandName()).isEqualTo("createthingresponse");
        assertThat(BaseCmd.getCommandNameByClass(ListThingsCmd.class)).isEqualTo("listThings");
        assertThat(BaseCmd.getResponseNameByClass(ListThingsCmd.class)).isEqualTo("listthingsresponse");
    }

    @Test
    void aClassThatIsNoCommandHasNoName() {
        assertThatThrownBy(() -> BaseCmd.getCommandNameByClass(String.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.String");
    }

    @Test
    void answersAreXmlUnlessAskedOtherwise() {
        assertThat(command.getResponseType()).isEqualTo("xml");
        command.setResponseType("json");
        assertThat(command.getResponseType()).isEqualTo("json");
    }

    @Test
    void methodsAreRecognisedInAnyCase() {
        command.setHttpMethod("post");
        assertThat(command.getHttpMethod()).isEqualTo(BaseCmd.HTTPMethod.POST);
        command.setHttpMethod("PATCH");
        assertThat(command.getHttpMethod()).isNull();
    }

    @Test
    void datesAreWrittenInUtcWithoutColon() {
        Date date = Date.from(Instant.parse("2025-10-30T10:15:00.123+01:00"));
        assertThat(BaseCmd.getDateString(date)).isEqualTo("2025-10-30T09:15:00+0000");
        assertThat(BaseCmd.getDateString(null)).isEmpty();
    }

    @Test
    void requestsSetOnlyParametersThatAreExposed() {
        assertThat(command.getParamFields())
                .extracting(field -> field.getAnnotation(Parameter.class).name())
                .containsExactlyInAnyOrder("customid", "customjobid", "response");
    }

    @Test
    void parametersOfAListAreCloudStacks() {
        assertThat(new ListThingsCmd().getParamFields())
                .extracting(field -> field.getAnnotation(Parameter.class).name())
                .containsExactlyInAnyOrder(
                        "projectid",
                        "account",
                        "listall",
                        "domainid",
                        "isrecursive",
                        "keyword",
                        "page",
                        "pagesize",
                        "response");
    }

    @Test
    void groupsOfAMapAreMergedInTheirOrder() {
        Map<String, Object> groups = new TreeMap<>();
        groups.put("0", Map.of("a", "1", "b", "1"));
        groups.put("1", Map.of("b", "2"));
        assertThat(command.convertDetailsToMap(groups)).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(command.convertDetailsToMap(null)).isEmpty();
    }

    @Test
    void aCreatingJobKeepsWhatItCreated() throws Exception {
        command.create();
        command.setEntityUuid("8d1f");
        command.setStartEventId(5L);
        command.execute();
        assertThat(command.getEntityId()).isEqualTo(7);
        assertThat(command.getEntityUuid()).isEqualTo("8d1f");
        assertThat(command.getStartEventId()).isEqualTo(5);
        assertThat(((ResponseObject) command.getResponseObject()).getResponseName())
                .isEqualTo("createthingresponse");
    }
}
