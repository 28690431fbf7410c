/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloud.exception.InvalidParameterValueException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.cloudstack.framework.config.ConfigKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaseListCmdTest {
    private final ListThingsCmd command = new ListThingsCmd();

    @Test
    void withoutPagingTheFirstDefaultPageIsMeant() {
        assertThat(command.getPageSize()).isNull();
        assertThat(command.getPageSizeVal()).isEqualTo(500);
        assertThat(command.getStartIndex()).isZero();
    }

    @Test
    void pagesAreCountedFromOne() throws Exception {
        command.with("page", 1).with("pagesize", 20);
        assertThat(command.getStartIndex()).isZero();
        command.with("page", 3);
        assertThat(command.getStartIndex()).isEqualTo(40);
        assertThat(command.getPageSizeVal()).isEqualTo(20);
    }

    @Test
    void theHighestPageNumberDoesNotOverflow() throws Exception {
        command.with("page", Integer.MAX_VALUE).with("pagesize", 500);
        assertThat(command.getStartIndex()).isEqualTo(500L * (Integer.MAX_VALUE - 1L));
    }

    @Test
    void minusOneMeansEverything() throws Exception {
        command.with("pagesize", -1);
        assertThat(command.getPageSize()).isEqualTo(-1);
        assertThat(command.getPageSizeVal()).isNull();
        assertThat(command.getStartIndex()).isNull();
    }

    @Test
    void minusOneWithAPageIsRefused() throws Exception {
        command.with("page", 1).with("pagesize", -1);
        assertThatThrownBy(command::getPageSizeVal)
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("pagesize=-1");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -2, 501, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void aPageSizeOutOfRangeIsRefused(int size) throws Exception {
        command.with("page", 1).with("pagesize", size);
        assertThatThrownBy(command::getStartIndex)
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining(String.valueOf(size));
    }

    @Test
    void pageAndPageSizeGoTogether() {
        assertParameterError(Map.of("page", "1"));
        assertParameterError(Map.of("page", "1", "pagesize", ""));
        assertParameterError(Map.of("pagesize", "20"));
        assertAccepted(Map.of());
        assertAccepted(Map.of("page", "1", "pagesize", "20"));
        assertAccepted(Map.of("pagesize", "-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "one", "1.5", "99999999999999999999"})
    void aPageThatIsNoPageIsRefused(String page) {
        assertParameterError(Map.of("page", page, "pagesize", "20"));
    }

    @Test
    void theLargestPageIsASetting() throws Exception {
        try {
            bindSettings((key, id) -> "default.page.size".equals(key.key()) ? "20" : null);
            assertThat(command.getPageSizeVal()).isEqualTo(20);
            command.with("page", 1).with("pagesize", 21);
            assertThatThrownBy(command::getPageSize).isInstanceOf(InvalidParameterValueException.class);
            bindSettings((key, id) -> "-1");
            assertThat(command.getPageSizeVal()).isEqualTo(21);
            command.with("page", null).with("pagesize", null);
            assertThat(command.getPageSizeVal()).isNull();
        } finally {
            bindSettings((key, id) -> null);
        }
    }

    /** As the server does it: CloudStack's class has no public member for it. */
    private static void bindSettings(BiFunction<ConfigKey<?>, Long, String> values) throws Exception {
        Method readFrom = ConfigKey.class.getDeclaredMethod("readFrom", BiFunction.class);
        readFrom.setAccessible(true);
        readFrom.invoke(null, values);
    }

    @Test
    void scopingParametersAreOffByDefault() throws Exception {
        assertThat(command.listAll()).isFalse();
        assertThat(command.isRecursive()).isFalse();
        assertThat(command.getDisplay()).isTrue();
        assertThat(command.getDomainId()).isNull();
        command.with("listall", true)
                .with("isrecursive", true)
                .with("domainid", 4L)
                .with("account", "ada")
                .with("projectid", -1L)
                .with("keyword", "web");
        assertThat(command.listAll()).isTrue();
        assertThat(command.isRecursive()).isTrue();
        assertThat(command.getDomainId()).isEqualTo(4);
        assertThat(command.getAccountName()).isEqualTo("ada");
        assertThat(command.getProjectId()).isEqualTo(-1);
        assertThat(command.getKeyword()).isEqualTo("web");
    }

    private void assertParameterError(Map<String, String> params) {
        assertThatThrownBy(() -> command.validateSpecificParameters(params))
                .as("%s", params)
                .isInstanceOfSatisfying(
                        ServerApiException.class,
                        e -> assertThat(e.getErrorCode()).isEqualTo(ApiErrorCode.PARAM_ERROR));
    }

    private void assertAccepted(Map<String, String> params) {
        assertThatCode(() -> command.validateSpecificParameters(params)).doesNotThrowAnyException();
    }
}
