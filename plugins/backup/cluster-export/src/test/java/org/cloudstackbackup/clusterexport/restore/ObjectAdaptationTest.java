/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What ties an object to the cluster it came from goes; everything else stays. */
class ObjectAdaptationTest {
    private static void assertAdapted(String type, String before, String after) {
        assertThat(Adapted.of(type, before).object()).isEqualTo(Adapted.json(after));
    }

    private static void assertKept(String type, String text) {
        assertAdapted(type, text, text);
    }

    private static void assertReleased(String before, String after, boolean expected) {
        Map<String, @Nullable Object> service = Adapted.json(before);
        assertThat(ObjectAdaptation.releaseAddresses(service)).isEqualTo(expected);
        assertThat(service).isEqualTo(Adapted.json(after));
    }

    @Test
    void aServiceKeepsItsAddressesUntilTheyAreNotFree() {
        assertKept("services", """
                {'kind': 'Service', 'metadata': {'name': 'web', 'namespace': 'shop'}, 'spec': {'type': 'LoadBalancer',
                 'clusterIP': '10.96.0.9', 'clusterIPs': ['10.96.0.9'], 'healthCheckNodePort': 31000,
                 'ports': [{'port': 80, 'nodePort': 30080}, {'port': 443, 'nodePort': 30443}]}}""");
        assertReleased("""
                {'spec': {'type': 'LoadBalancer', 'clusterIP': '10.96.0.9', 'clusterIPs': ['10.96.0.9', 'fd00::9'],
                 'externalTrafficPolicy': 'Local', 'healthCheckNodePort': 31000,
                 'ports': [{'port': 80, 'nodePort': 30080}, {'port': 443, 'nodePort': 30443}]}}""", """
                {'spec': {'type': 'LoadBalancer', 'externalTrafficPolicy': 'Local',
                 'ports': [{'port': 80}, {'port': 443}]}}""", true);
    }

    @Test
    void aServiceWithoutAnAddressStaysWithoutOne() {
        String headless = """
                {'spec': {'clusterIP': 'None', 'clusterIPs': ['None'], 'ports': [{'port': 80}]}}""";
        assertReleased(headless, headless, false);
        String external = "{'spec': {'type': 'ExternalName', 'externalName': 'db.example.org'}}";
        assertReleased(external, external, false);
    }

    @Test
    void aJobChoosesItsPodsByItsNewUid() {
        assertAdapted("jobs.batch", """
                {'metadata': {'name': 'load', 'labels': {'app': 'load', 'controller-uid': 'u', 'job-name': 'load',
                  'batch.kubernetes.io/controller-uid': 'u', 'batch.kubernetes.io/job-name': 'load'}},
                 'spec': {'parallelism': 2, 'selector': {'matchLabels': {'batch.kubernetes.io/controller-uid': 'u'}},
                  'template': {'metadata': {'labels': {'app': 'load', 'controller-uid': 'u', 'job-name': 'load',
                   'batch.kubernetes.io/controller-uid': 'u', 'batch.kubernetes.io/job-name': 'load'}},
                   'spec': {'restartPolicy': 'Never'}}}}""", """
                {'metadata': {'name': 'load', 'labels': {'app': 'load'}},
                 'spec': {'parallelism': 2,
                  'template': {'metadata': {'labels': {'app': 'load'}}, 'spec': {'restartPolicy': 'Never'}}}}""");
        assertKept("jobs.batch", """
                {'metadata': {'name': 'load'}, 'spec': {'manualSelector': true,
                 'selector': {'matchLabels': {'controller-uid': 'mine'}},
                 'template': {'metadata': {'labels': {'controller-uid': 'mine'}}}}}""");
    }

    @Test
    void aVolumeWaitsForTheClaimOfTheNameItHad() {
        assertAdapted("persistentvolumes", """
                {'metadata': {'name': 'pv-1'}, 'spec': {'claimRef': {'apiVersion': 'v1', 'kind': 'PersistentVolumeClaim',
                 'namespace': 'shop', 'name': 'data', 'uid': 'u', 'resourceVersion': '7'}, 'csi': {'volumeHandle': 'h'}}}""", """
                {'metadata': {'name': 'pv-1'}, 'spec': {'claimRef': {'apiVersion': 'v1', 'kind': 'PersistentVolumeClaim',
                 'namespace': 'shop', 'name': 'data'}, 'csi': {'volumeHandle': 'h'}}}""");
        assertKept("persistentvolumes", "{'metadata': {'name': 'free'}, 'spec': {'csi': {'volumeHandle': 'h'}}}");
        assertAdapted("persistentvolumeclaims", """
                {'metadata': {'name': 'data', 'annotations': {'pv.kubernetes.io/bind-completed': 'yes',
                  'pv.kubernetes.io/bound-by-controller': 'yes', 'team': 'a'}}, 'spec': {'volumeName': 'pv-1'}}""", """
                {'metadata': {'name': 'data', 'annotations': {'team': 'a'}}, 'spec': {'volumeName': 'pv-1'}}""");
        assertAdapted("volumesnapshotcontents.snapshot.storage.k8s.io", """
                {'metadata': {'name': 'c'}, 'spec': {'volumeSnapshotRef': {'namespace': 'shop', 'name': 's', 'uid': 'u',
                 'resourceVersion': '7'}, 'source': {'snapshotHandle': 'h'}}}""", """
                {'metadata': {'name': 'c'}, 'spec': {'volumeSnapshotRef': {'namespace': 'shop', 'name': 's'},
                 'source': {'snapshotHandle': 'h'}}}""");
    }

    @Test
    void aPodLosesItsNodeAndWhatTheApiServerComputes() {
        assertAdapted("pods", """
                {'metadata': {'name': 'p'}, 'spec': {'nodeName': 'node-1', 'priority': 1000,
                 'priorityClassName': 'high', 'preemptionPolicy': 'PreemptLowerPriority', 'overhead': {'cpu': '1'},
                 'runtimeClassName': 'kata', 'nodeSelector': {'disk': 'ssd'},
                 'ephemeralContainers': [{'name': 'debugger'}], 'containers': [{'name': 'web', 'image': 'web:1'}]}}""", """
                {'metadata': {'name': 'p'}, 'spec': {'priorityClassName': 'high', 'runtimeClassName': 'kata',
                 'nodeSelector': {'disk': 'ssd'}, 'containers': [{'name': 'web', 'image': 'web:1'}]}}""");
    }

    @Test
    void aPodLosesTokensThatAreSecretsOfTheOldCluster() {
        assertAdapted("pods", """
                {'metadata': {'name': 'p'}, 'spec': {'serviceAccountName': 'web',
                 'volumes': [{'name': 'web-token-abc12', 'secret': {'secretName': 'web-token-abc12'}},
                  {'name': 'config', 'configMap': {'name': 'web'}}],
                 'initContainers': [{'name': 'init', 'volumeMounts': [
                  {'name': 'web-token-abc12', 'mountPath': '/var/run/secrets/kubernetes.io/serviceaccount'}]}],
                 'containers': [{'name': 'web', 'volumeMounts': [{'name': 'config', 'mountPath': '/etc/web'},
                  {'name': 'web-token-abc12', 'mountPath': '/var/run/secrets/kubernetes.io/serviceaccount'}]}]}}""", """
                {'metadata': {'name': 'p'}, 'spec': {'serviceAccountName': 'web',
                 'volumes': [{'name': 'config', 'configMap': {'name': 'web'}}],
                 'initContainers': [{'name': 'init'}],
                 'containers': [{'name': 'web', 'volumeMounts': [{'name': 'config', 'mountPath': '/etc/web'}]}]}}""");
    }

    @Test
    void aPodKeepsTokensThatAreProjectedAndSecretsThatPeopleNamed() {
        assertKept("pods", """
                {'metadata': {'name': 'p'}, 'spec': {'serviceAccountName': 'web',
                 'volumes': [{'name': 'kube-api-access-x7x7x', 'projected': {'sources': [
                   {'serviceAccountToken': {'path': 'token'}}]}},
                  {'name': 'other', 'secret': {'secretName': 'api-token-abc12'}},
                  {'name': 'own', 'secret': {'secretName': 'web-token-abc12'}}],
                 'containers': [{'name': 'web', 'volumeMounts': [
                  {'name': 'kube-api-access-x7x7x', 'mountPath': '/var/run/secrets/kubernetes.io/serviceaccount'},
                  {'name': 'own', 'mountPath': '/etc/token'}]}]}}""");
    }

    @Test
    void aServiceAccountKeepsWhatPeopleGaveIt() {
        assertAdapted("serviceaccounts", """
                {'metadata': {'name': 'web'}, 'secrets': [{'name': 'web-token-abc12'}, {'name': 'git-key'},
                  {'name': 'web-dockercfg-abc12'}, {'name': 'web-token-of-mine'}],
                 'imagePullSecrets': [{'name': 'web-dockercfg-abc12'}, {'name': 'registry'}]}""", """
                {'metadata': {'name': 'web'}, 'secrets': [{'name': 'git-key'}, {'name': 'web-token-of-mine'}],
                 'imagePullSecrets': [{'name': 'registry'}]}""");
        assertAdapted(
                "serviceaccounts",
                "{'metadata': {'name': 'web'}, 'secrets': [{'name': 'web-token-abc12'}]}",
                "{'metadata': {'name': 'web'}}");
    }

    @Test
    void whatTheClusterMakesItselfIsNotRestored() {
        assertThat(ObjectAdaptation.reasonToSkip(
                        Adapted.json("{'metadata': {'annotations': {'kubernetes.io/config.mirror': 'h'}}}"), "pods"))
                .contains("node");
        assertThat(ObjectAdaptation.reasonToSkip(
                        Adapted.json("{'type': 'kubernetes.io/service-account-token', 'metadata': {}}"), "secrets"))
                .contains("token");
        assertThat(ObjectAdaptation.reasonToSkip(
                        Adapted.json("{'metadata': {'labels': {'kube-aggregator.kubernetes.io/automanaged': 'true'}}}"),
                        "apiservices.apiregistration.k8s.io"))
                .contains("API server");
        assertThat(ObjectAdaptation.reasonToSkip(Adapted.json("{'type': 'Opaque', 'metadata': {}}"), "secrets"))
                .isEmpty();
    }
}
