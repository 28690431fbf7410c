/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every field that names a namespace gets the new name, and no other does. */
class NamespaceMappingTest {
    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final String ADMISSION = "admissionregistration.k8s.io";

    /** Each {@code old} in the text becomes {@code new}; all else stays, also names that only look alike. */
    private static Adapted assertMapped(String type, String text) {
        Adapted adapted = Adapted.of(type, text, Map.of("old", "new"));
        assertThat(adapted.object()).isEqualTo(Adapted.json(named(text, "new")));
        return adapted;
    }

    /** The text with another name in place of the namespace {@code old}. */
    private static String named(String text, String name) {
        return text.replace("'old'", "'" + name + "'")
                .replace(":old:", ":" + name + ":")
                .replace(":old'", ":" + name + "'");
    }

    /** One of the cluster's own objects that is there already stays as it is. */
    private static void assertMappedAndTold(String type, String text) {
        assertThat(assertMapped(type, text).moved())
                .contains("serves old")
                .contains("it would serve the new namespace");
        String other = named(text, "other");
        Adapted kept = Adapted.of(type, other, Map.of("old", "new"));
        assertThat(kept.object()).isEqualTo(Adapted.json(other));
        assertThat(kept.moved()).isEmpty();
    }

    @Test
    void anObjectGoesToTheNewNamespaceAndMayBeUpdatedThere() {
        assertThat(assertMapped("configmaps", """
                        {'metadata': {'name': 'old-name', 'namespace': 'old'}, 'data': {'namespace': 'other'}}""").moved()).isEmpty();
        assertThat(assertMapped("namespaces", """
                        {'metadata': {'name': 'old', 'labels': {'kubernetes.io/metadata.name': 'old', 'a': 'older'}}}""").moved()).isEmpty();
    }

    @Test
    void subjectsOfBindingsAreMapped() {
        String subjects = """
                {'metadata': {'name': 'b'}, 'subjects': [
                 {'kind': 'ServiceAccount', 'name': 'web', 'namespace': 'old'},
                 {'kind': 'ServiceAccount', 'name': 'web', 'namespace': 'other'},
                 {'kind': 'User', 'name': 'system:serviceaccount:old:web'},
                 {'kind': 'User', 'name': 'system:serviceaccount:older:web'},
                 {'kind': 'User', 'name': 'old-fashioned'},
                 {'kind': 'Group', 'name': 'system:serviceaccounts:old'},
                 {'kind': 'Group', 'name': 'system:serviceaccounts'},
                 {'kind': 'Group', 'name': 'system:authenticated'}]}""";
        assertMappedAndTold("clusterrolebindings." + RBAC, subjects);
        assertMappedAndTold("rolebindings." + RBAC, subjects);
        String inside = subjects.replace("{'name': 'b'}", "{'name': 'b', 'namespace': 'old'}");
        assertThat(assertMapped("rolebindings." + RBAC, inside).moved())
                .as("it goes to another place, so none that is there is taken from anyone")
                .isEmpty();
    }

    @Test
    void accountsInOtherGrantsAreMapped() {
        assertMappedAndTold("flowschemas.flowcontrol.apiserver.k8s.io", """
                {'metadata': {'name': 'f'}, 'spec': {'rules': [{'subjects': [
                 {'kind': 'ServiceAccount', 'serviceAccount': {'namespace': 'old', 'name': '*'}},
                 {'kind': 'User', 'user': {'name': 'system:serviceaccount:old:web'}},
                 {'kind': 'Group', 'group': {'name': 'system:serviceaccounts:old'}},
                 {'kind': 'Group', 'group': {'name': 'system:authenticated'}}]}]}}""");
        assertMappedAndTold("securitycontextconstraints.security.openshift.io", """
                {'metadata': {'name': 's'}, 'users': ['system:serviceaccount:old:web', 'admin'],
                 'groups': ['system:serviceaccounts:old', 'system:cluster-admins']}""");
    }

    @Test
    void whatTheApiServerCallsIsMapped() {
        String hooks = """
                {'metadata': {'name': 'w'}, 'webhooks': [
                 {'name': 'a', 'clientConfig': {'service': {'namespace': 'old', 'name': 'gate'}}},
                 {'name': 'b', 'clientConfig': {'service': {'namespace': 'other', 'name': 'gate'}}},
                 {'name': 'c', 'clientConfig': {'url': 'https://gate.example.org'}}]}""";
        assertMappedAndTold("mutatingwebhookconfigurations." + ADMISSION, hooks);
        assertMappedAndTold("validatingwebhookconfigurations." + ADMISSION, hooks);
        assertMappedAndTold("apiservices.apiregistration.k8s.io", """
                {'metadata': {'name': 'v1.x.org'}, 'spec': {'service': {'namespace': 'old', 'name': 'api'}}}""");
        assertMappedAndTold("customresourcedefinitions.apiextensions.k8s.io", """
                {'metadata': {'name': 'things.x.org'}, 'spec': {'conversion': {'strategy': 'Webhook', 'webhook':
                 {'clientConfig': {'service': {'namespace': 'old', 'name': 'convert'}}}}}}""");
        assertThat(assertMapped("apiservices.apiregistration.k8s.io", "{'metadata': {'name': 'v1.'}, 'spec': {}}")
                        .moved())
                .isEmpty();
    }

    @Test
    void whatPoliciesAndClassesReferToIsMapped() {
        for (String kind : new String[] {"validatingadmissionpolicybindings.", "mutatingadmissionpolicybindings."}) {
            assertMappedAndTold(kind + ADMISSION, """
                    {'metadata': {'name': 'p'}, 'spec': {'policyName': 'old', 'paramRef': {'name': 'x', 'namespace': 'old'}}}""".replace("'policyName': 'old'", "'policyName': 'p'"));
        }
        assertMappedAndTold("ingressclasses.networking.k8s.io", """
                {'metadata': {'name': 'i'}, 'spec': {'parameters': {'scope': 'Namespace', 'name': 'x', 'namespace': 'old'}}}""");
        assertMappedAndTold("storageclasses.storage.k8s.io", """
                {'metadata': {'name': 's'}, 'parameters': {'csi.storage.k8s.io/provisioner-secret-namespace': 'old',
                 'csi.storage.k8s.io/node-stage-secret-namespace': '${pvc.namespace}', 'secretNamespace': 'old',
                 'pool': 'other'}}""");
    }

    @Test
    void volumesAreMappedToTheirClaimsAndSecrets() {
        assertMappedAndTold("persistentvolumes", """
                {'metadata': {'name': 'pv'}, 'spec': {'claimRef': {'namespace': 'old', 'name': 'data'},
                 'csi': {'driver': 'd', 'nodeStageSecretRef': {'namespace': 'old', 'name': 'key'},
                  'controllerExpandSecretRef': {'namespace': 'other', 'name': 'key'}}}}""");
        assertMappedAndTold("persistentvolumes", """
                {'metadata': {'name': 'pv'}, 'spec': {'azureFile': {'secretName': 'key', 'secretNamespace': 'old'}}}""");
        assertMappedAndTold("persistentvolumes", """
                {'metadata': {'name': 'pv'}, 'spec': {'rbd': {'secretRef': {'namespace': 'old', 'name': 'key'}}}}""");
        assertMappedAndTold("volumesnapshotcontents.snapshot.storage.k8s.io", """
                {'metadata': {'name': 'c'}, 'spec': {'volumeSnapshotRef': {'namespace': 'old', 'name': 's'}}}""");
    }

    @Test
    void whatClaimsAreFilledFromIsMappedWhereverAClaimIs() {
        String claim = "{'dataSourceRef': {'kind': 'VolumeSnapshot', 'name': 's', 'namespace': 'old'}}";
        assertMapped(
                "persistentvolumeclaims", "{'metadata': {'name': 'c', 'namespace': 'other'}, 'spec': " + claim + "}");
        assertMapped("statefulsets.apps", """
                {'metadata': {'name': 's', 'namespace': 'old'}, 'spec': {'volumeClaimTemplates':
                 [{'metadata': {'name': 'data'}, 'spec': CLAIM}]}}""".replace("CLAIM", claim));
        String volumes = "{'volumes': [{'name': 'v', 'ephemeral': {'volumeClaimTemplate': {'spec': " + claim + "}}}]}";
        assertMapped("pods", "{'metadata': {'name': 'p', 'namespace': 'old'}, 'spec': " + volumes + "}");
        assertMapped(
                "cronjobs.batch",
                "{'metadata': {'name': 'p', 'namespace': 'old'}, 'spec': {'jobTemplate': {'spec': {'template': {'spec': "
                        + volumes + "}}}}}");
    }
}
