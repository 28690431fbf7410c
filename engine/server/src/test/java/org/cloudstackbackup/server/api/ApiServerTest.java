/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init")
final class ApiServerTest {
    private static final String NOT_VERIFIED = "unable to verify user credentials and/or request signature";

    private RunningApi api;

    @BeforeEach
    void start() throws IOException {
        api = new RunningApi();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void aListHasItsCountAndItsObjects() {
        HttpResponse<String> reply = api.get(People.USER, "listThings", "page", "1", "pagesize", "1");

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body())
                .isEqualTo(
                        "{\"listthingsresponse\":{\"count\":3,\"thing\":[{\"name\":\"one\",\"size\":42,\"good\":true,"
                                + "\"created\":\"2025-10-30T09:15:00+0000\",\"part\":[\"p\",\"q\"],"
                                + "\"details\":{\"1 key\":\"a<b\\u0001\"}}]}}");
    }

    @Test
    void aPageHasTheMembersThatStandThere() {
        assertThat(api.get(People.USER, "listThings", "page", "2", "pagesize", "2")
                        .body())
                .contains("\"count\":3", "\"three\"")
                .doesNotContain("\"two\"");
    }

    @Test
    void anEmptyListIsAnEmptyObject() {
        api.things.names.clear();

        assertThat(api.get(People.USER, "listThings").body()).isEqualTo("{\"listthingsresponse\":{}}");
    }

    @Test
    void aPagePastTheEndHasTheCountOnly() {
        assertThat(api.get(People.USER, "listThings", "page", "9", "pagesize", "2")
                        .body())
                .isEqualTo("{\"listthingsresponse\":{\"count\":3}}");
    }

    @Test
    void theLastPageThatCanBeNamedIsPastTheEnd() {
        assertThat(api.get(People.USER, "listThings", "page", "2147483647", "pagesize", "500")
                        .body())
                .isEqualTo("{\"listthingsresponse\":{\"count\":3}}");
    }

    @Test
    void onlyRolesThatAFieldIsDeclaredForSeeIt() {
        assertThat(api.get(People.ADMIN, "listThings").body()).contains("\"secret\":\"hidden\"");
        assertThat(api.get(People.USER, "listThings").body()).doesNotContain("secret");
    }

    @Test
    void aSingleObjectStandsUnderItsName() {
        assertThat(api.get(People.USER, "getThing").body())
                .startsWith("{\"getthingresponse\":{\"thing\":{\"name\":\"é & <b>\"")
                .doesNotContain("null", "jobid");
    }

    @Test
    void aSuccessHasItsText() {
        assertThat(api.get(People.USER, "useThing", "id", Things.MINE).body())
                .isEqualTo("{\"usethingresponse\":{\"success\":true,\"displaytext\":\"used\"}}");
    }

    @Test
    void anAsynchronousCreateIsAcceptedWithTheIdsOfTheObjectAndTheJob() {
        HttpResponse<String> reply = api.get(People.USER, "createThing", "name", "four");

        assertThat(api.submitted).hasSize(1);
        JobQueue.CommandCall call = api.submitted.get(0);
        assertThat(reply.body())
                .isEqualTo("{\"createthingresponse\":{\"id\":\"thing-of-" + call.wantedUuid() + "\",\"jobid\":\""
                        + call.wantedUuid() + "\"}}");
        assertThat(call)
                .isEqualTo(new JobQueue.CommandCall(
                        "createThing",
                        Things.CreateThing.class.getName(),
                        Map.of("name", "four"),
                        People.USER.user().id(),
                        People.USER.account().id(),
                        call.wantedUuid(),
                        "Backup",
                        7L,
                        "thing-of-" + call.wantedUuid(),
                        "THING.CREATE",
                        "making four"));
        assertThat(api.things.seen).as("the work is left to the job").isEmpty();
    }

    @Test
    void aJobGetsTheUuidThatItsCallerWants() {
        String uuid = "0a1b2c3d-0000-4000-8000-000000000000";

        assertThat(api.get(People.USER, "createThing", "name", "x", "customjobid", uuid)
                        .body())
                .contains("\"jobid\":\"" + uuid + "\"");
        HttpResponse<String> reply = api.get(People.USER, "createThing", "name", "y", "customjobid", "../../x");
        assertThat(reply.statusCode()).isEqualTo(431);
        assertThat(api.things.names)
                .as("nothing is made before the uuid is checked")
                .doesNotContain("y");
    }

    @Test
    void aDeployingCommandAnswersUnderTheKeyOfDeploys() {
        assertThat(api.get(People.ADMIN, "deployThing").body())
                .startsWith("{\"deployvirtualmachineresponse\":{\"thing\"");
    }

    @Test
    void anOldNameAnswersUnderTheKeyOfTheRealOne() {
        assertThat(api.get(People.USER, "listOldThings").body()).startsWith("{\"listthingsresponse\":{\"count\":3");
    }

    @Test
    void xmlIsTheDefault() {
        Map<String, String> params = RunningApi.params("listThings", "page", "1", "pagesize", "1");
        params.remove("response");

        HttpResponse<String> reply = api.get(RunningApi.sign(People.USER, params));

        assertThat(reply.headers().firstValue("Content-Type")).contains("text/xml;charset=utf-8");
        assertThat(reply.body())
                .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                        + "<listthingsresponse cloud-stack-version=\"4.22.0.0\"><count>3</count><thing><name>one</name>"
                        + "<size>42</size><good>true</good><created>2025-10-30T09:15:00+0000</created>"
                        + "<part>p</part><part>q</part><details><_1_key>a&lt;b\uFFFD</_1_key></details></thing>"
                        + "</listthingsresponse>");
    }

    @Test
    void errorsAreFlatInXmlAndTellNoVersionToStrangers() {
        assertThat(api.get(Map.of("command", "listThings")).body())
                .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?><listthingsresponse><errorcode>401</errorcode>"
                        + "<errortext>" + NOT_VERIFIED + "</errortext></listthingsresponse>");
        Map<String, String> params = RunningApi.params("createThing", "response", "xml");
        assertThat(api.get(RunningApi.sign(People.USER, params)).body())
                .contains("<createthingresponse cloud-stack-version=\"4.22.0.0\"><errorcode>431</errorcode>"
                        + "<cserrorcode>9999</cserrorcode>");
    }

    @Test
    void everyAnswerHasItsHeaders() {
        HttpResponse<String> reply = api.get(People.USER, "listThings");

        assertThat(reply.headers().firstValue("Content-Type")).contains("application/json;charset=utf-8");
        assertThat(reply.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(reply.headers().map()).containsKeys("x-xss-protection", "content-security-policy");
        assertThat(reply.headers().map()).doesNotContainKeys("server", "x-description");
    }

    @Test
    void unknownCommandsOfSignedAndAnonymousRequestsAre401() {
        String body = "{\"errorresponse\":{\"uuidList\":[],\"errorcode\":401,\"errortext\":\"" + NOT_VERIFIED + "\"}}";

        for (HttpResponse<String> reply :
                List.of(api.get(People.ADMIN, "noSuchThing"), api.get(RunningApi.params("noSuchThing")))) {
            assertThat(reply.statusCode()).isEqualTo(401);
            assertThat(reply.body()).isEqualTo(body);
        }
    }

    @Test
    void aKnownCommandWithoutCredentialsIs401UnderItsKey() {
        HttpResponse<String> reply = api.get(RunningApi.params("listThings"));

        assertThat(reply.statusCode()).isEqualTo(401);
        assertThat(reply.body())
                .isEqualTo("{\"listthingsresponse\":{\"uuidList\":[],\"errorcode\":401,\"errortext\":\"" + NOT_VERIFIED
                        + "\"}}");
        assertThat(reply.headers().firstValue("X-Description")).contains(NOT_VERIFIED);
    }

    @Test
    void noCommandAtAllIs401UnderTheKeyNull() {
        HttpResponse<String> reply = api.get(Map.of("response", "json"));

        assertThat(reply.statusCode()).isEqualTo(401);
        assertThat(reply.body())
                .isEqualTo("{\"null\":{\"uuidList\":[],\"errorcode\":401,\"errortext\":\"" + NOT_VERIFIED + "\"}}");
    }

    @Test
    void aMissingParameterIsNamed() {
        String text = "Unable to execute API command creatething due to missing parameter name";

        HttpResponse<String> reply = api.get(People.USER, "createThing");

        assertThat(reply.statusCode()).isEqualTo(431);
        assertThat(reply.body())
                .isEqualTo(
                        "{\"createthingresponse\":{\"uuidList\":[],\"errorcode\":431,\"cserrorcode\":9999,\"errortext\":\""
                                + text + "\"}}");
        assertThat(reply.headers().firstValue("X-Description")).contains(text);
        assertThat(api.get(People.USER, "createThing", "name", "").body()).contains(text);
        assertThat(api.things.names).containsExactly("one", "two", "three");
    }

    @ParameterizedTest
    @CsvSource({
        "PERMISSION, 531, 4365, not yours",
        "USER, 431, 4350, it is USER",
        "NOT_FOUND, 431, 4350, it is NOT_FOUND",
        "CONFLICT, 536, 4375, it is CONFLICT",
        "UNAVAILABLE, 534, 4380, it is UNAVAILABLE",
        "EXTERNAL, 530, 4250, it is EXTERNAL",
        "INTERNAL, 530, 4250, it is INTERNAL",
        "RUNTIME, 530, 4250, broken",
        "ARGUMENT, 431, 9999, odd",
        "BUG, 530, 4250, Internal error executing command",
    })
    void everyKindOfFailureHasItsCodes(String how, int code, int csCode, String text) {
        HttpResponse<String> reply = api.get(People.USER, "failThing", "how", how);

        assertThat(reply.statusCode()).isEqualTo(code);
        assertThat(reply.body())
                .startsWith("{\"failthingresponse\":{\"uuidList\":[],\"errorcode\":" + code + ",\"cserrorcode\":"
                        + csCode + ",\"errortext\":\"" + text)
                .doesNotContain("inner detail", "Exception");
    }

    @Test
    void anErrorsTextCannotAddHeaders() {
        HttpResponse<String> reply = api.get(People.USER, "failThing", "how", "PERMISSION");

        assertThat(reply.headers().firstValue("X-Description")).contains("not yours?Set-Cookie: ?");
        assertThat(reply.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void rolesDecideWhatMayBeCalled() {
        assertThat(api.get(People.USER, "removeThings").statusCode()).isEqualTo(401);
        assertThat(api.get(People.CHIEF, "removeThings").statusCode()).isEqualTo(401);
        assertThat(api.get(People.READER, "removeThings").statusCode()).isEqualTo(401);
        assertThat(api.get(People.READING_USER, "createThing", "name", "x").statusCode())
                .isEqualTo(401);
        assertThat(api.things.names).hasSize(3);
        assertThat(api.get(People.READING_USER, "listThings").statusCode()).isEqualTo(200);
        assertThat(api.get(People.READER, "listThings").statusCode()).isEqualTo(200);
        assertThat(api.get(People.ADMIN, "removeThings").statusCode()).isEqualTo(200);
        assertThat(api.things.names).isEmpty();
    }

    @Test
    void aCommandThatTheRoleLacksSaysSo() {
        assertThat(api.get(People.USER, "deployThing").body())
                .contains("The given command 'deployThing' either does not exist or is not available for user user");
    }

    @Test
    void commandNamesKeepTheirCaseAndParameterNamesDoNot() {
        assertThat(api.get(People.USER, "listthings").statusCode()).isEqualTo(401);
        assertThat(api.get(People.USER, "listThings", "PAGE", "1", "PageSize", "1", "Nonsense", "x")
                        .body())
                .contains("\"one\"")
                .doesNotContain("\"two\"");
    }

    @Test
    void queryAndFormAreMerged() {
        Map<String, String> params = RunningApi.signed(People.USER, "createThing", "name", "four");
        String signature = String.valueOf(params.remove("signature"));

        HttpResponse<String> reply = api.send(
                HttpRequest.newBuilder(api.uri("?" + RunningApi.encode(Map.of("signature", signature))))
                        .POST(HttpRequest.BodyPublishers.ofString(RunningApi.encode(params))),
                "Content-Type",
                "application/x-www-form-urlencoded; charset=UTF-8");

        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        assertThat(api.things.names).contains("four");
    }

    @Test
    void otherMethodsAreNotAllowed() {
        HttpResponse<String> reply =
                api.send(HttpRequest.newBuilder(api.uri("")).PUT(HttpRequest.BodyPublishers.ofString("")));

        assertThat(reply.statusCode()).isEqualTo(405);
        assertThat(reply.headers().firstValue("Allow")).contains("GET, POST");
    }

    @Test
    void otherBodiesAreRefused() {
        HttpResponse<String> reply = api.send(
                HttpRequest.newBuilder(api.uri("?command=listThings&response=json"))
                        .POST(HttpRequest.BodyPublishers.ofString("{}")),
                "Content-Type",
                "application/json");

        assertThat(reply.statusCode()).isEqualTo(415);
        assertThat(reply.body()).startsWith("{\"listthingsresponse\":{\"uuidList\":[],\"errorcode\":415");
    }

    @Test
    void theLargestFormIsRead() {
        Map<String, String> params = RunningApi.signed(People.USER, "getThing");
        String form = RunningApi.encode(params) + "&padding=";

        HttpResponse<String> reply = api.postText(form + "x".repeat(ApiHandler.MOST_FORM_BYTES - form.length()));

        assertThat(reply.statusCode()).as("read, and refused for what it holds").isEqualTo(401);
    }

    @Test
    void aFormThatIsTooLargeIsRefused() {
        HttpResponse<String> reply =
                api.postText("command=listThings&response=json&x=" + "x".repeat(ApiHandler.MOST_FORM_BYTES));

        assertThat(reply.statusCode()).isEqualTo(413);
        assertThat(reply.body())
                .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?><errorresponse><errorcode>413</errorcode>"
                        + "<cserrorcode>9999</cserrorcode><errortext>The request's body is larger than 1048576 bytes"
                        + "</errortext></errorresponse>");
    }

    @Test
    void aFormOfUnknownLengthThatGrowsTooLargeIsRefused() {
        byte[] form = new byte[ApiHandler.MOST_FORM_BYTES + 10];
        HttpResponse<String> reply = api.send(HttpRequest.newBuilder(api.uri("?command=listThings&response=json"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(form))));

        assertThat(reply.statusCode()).isEqualTo(413);
        assertThat(reply.body()).startsWith("{\"listthingsresponse\":");
    }

    @Test
    void tooManyParametersAreRefused() {
        HttpResponse<String> reply = api.postText("command=listThings&response=json" + "&a=b".repeat(5000));

        assertThat(reply.statusCode()).isEqualTo(413);
        assertThat(reply.body()).contains("more than 5000 parameters");
    }

    @Test
    void aTruncatedFormIsNotActedUpon() throws IOException {
        String form = RunningApi.encode(RunningApi.signed(People.USER, "createThing", "name", "four"));

        String reply =
                api.raw("POST /client/api HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                        + "Content-Length: " + (form.length() + 1) + "\r\n\r\n" + form);

        assertThat(reply).startsWith("HTTP/1.1 400");
        assertThat(api.submitted).isEmpty();
        assertThat(api.things.names).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"name=%", "name=%4", "name=%zz", "name=%ff", "na%me=x", "name=%c3"})
    void brokenEncodingIsRefused(String broken) throws IOException {
        String reply = api.raw("GET /client/api?command=createThing&response=json&" + broken
                + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(reply)
                .startsWith("HTTP/1.1 430")
                .contains("{\"createthingresponse\":{\"uuidList\":[],\"errorcode\":430");
    }

    @Test
    void controlCharactersAreRefusedAndTheParameterIsNamed() {
        for (String value : List.of("a\nb", "a\u0000b", "a\u007fb", "\t")) {
            HttpResponse<String> reply = api.get(People.USER, "createThing", "name", value);

            assertThat(reply.statusCode()).isEqualTo(431);
            assertThat(reply.body()).contains("parameter name contains illegal ASCII non-printable characters");
        }
        assertThat(api.things.names).hasSize(3);
    }

    @Test
    void ofARepeatedParameterTheFirstCounts() {
        Map<String, String> params = RunningApi.signed(People.USER, "createThing", "name", "first");

        assertThat(api.postText(RunningApi.encode(params) + "&name=second").statusCode())
                .isEqualTo(200);
        assertThat(api.things.names).contains("first").doesNotContain("second");
    }

    @Test
    void otherPathsAreServedBeside() {
        HttpResponse<String> fine = api.send(HttpRequest.newBuilder(api.uri("").resolve("/healthz")));
        assertThat(fine.statusCode()).isEqualTo(200);
        assertThat(fine.body()).isEqualTo("fine");
        assertThat(api.send(HttpRequest.newBuilder(api.uri("").resolve("/else")))
                        .statusCode())
                .isEqualTo(404);
        assertThat(api.send(HttpRequest.newBuilder(api.uri("").resolve("/healthz"))
                                .DELETE())
                        .statusCode())
                .isEqualTo(405);
    }

    @Test
    void requestsAreObservedUnderBoundedNames() {
        assertThat(api.get(People.USER, "listThings").statusCode()).isEqualTo(200);
        assertThat(api.get(People.USER, "noSuchThing").statusCode()).isEqualTo(401);

        assertThat(api.observed).containsExactly("listThings 200", "unknown 401");
    }

    @Test
    void aTakenPortIsOneClearLine() {
        try (ApiServer second = new ApiServer(
                RunningApi.config(api.server.port()),
                new ApiPorts(
                        key -> java.util.Optional.empty(),
                        new NoSessions(),
                        (u, p, d, i) -> java.util.Optional.empty(),
                        api.clock),
                api.dispatcher,
                Map.of(),
                (command, status, took) -> {})) {
            assertThatThrownBy(second::start)
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            "Cannot listen on 127.0.0.1, port " + api.server.port() + ": it is in use or not allowed");
        }
    }

    @Test
    void aStopWaitsForWhatIsBeingAnswered() throws Exception {
        CompletableFuture<HttpResponse<String>> reply =
                CompletableFuture.supplyAsync(() -> api.get(People.USER, "failThing", "how", "SLOW"));
        assertThat(api.things.slow.await(60, TimeUnit.SECONDS)).isTrue();

        long start = System.nanoTime();
        api.server.stop();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(reply.get(60, TimeUnit.SECONDS).body()).isEqualTo("{\"failthingresponse\":{}}");
    }

    @Test
    void jobsRunCommandsAgainAsTheirCallers() throws Exception {
        api.get(People.USER, "createThing", "name", "four");
        JobQueue.CommandCall call = api.submitted.get(0);
        TestJob job = new TestJob(String.valueOf(call.wantedUuid()));

        Object response = api.dispatcher.execute(
                call.commandName(), call.params(), People.USER, job, call.entityId(), call.entityUuid());

        assertThat(response).isInstanceOf(Things.ThingResponse.class);
        assertThat(api.dispatcher.renderResult(java.util.Objects.requireNonNull(response)))
                .startsWith("{\"thing\":{\"name\":\"four\",");
        assertThat(api.things.seen)
                .containsExactly(
                        Map.of("job", job.uuid(), "entity", "thing-of-" + call.wantedUuid(), "caller", People.USER));
    }

    @Test
    void aSuccessInAJobHasDetails() {
        org.apache.cloudstack.api.response.SuccessResponse success =
                new org.apache.cloudstack.api.response.SuccessResponse();
        success.setDisplayText("well");

        assertThat(api.dispatcher.renderResult(success)).isEqualTo("{\"success\":true,\"details\":\"well\"}");
        assertThat(new ApiFailure(530, 4250, "why \"so\"").toJobResult())
                .isEqualTo("{\"errorcode\":530,\"errortext\":\"why \\\"so\\\"\"}");
    }

    private static final class NoSessions implements Sessions {
        @Override
        public Session create(org.cloudstackbackup.framework.identity.Caller caller) {
            throw new IllegalStateException("nobody logs in");
        }

        @Override
        public java.util.Optional<org.cloudstackbackup.framework.identity.Caller> find(String id, String key) {
            return java.util.Optional.empty();
        }

        @Override
        public void destroy(String sessionId) {}
    }
}
