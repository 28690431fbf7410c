/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.cluster;

import java.util.List;

/** Tries connections to clusters. For many threads. */
public interface ClusterProbe {
    /** The step that looks at the kubeconfig itself; the first. Its detail is the API server's address when it went well. */
    String KUBECONFIG = "kubeconfig";

    /** All steps in their order; what does not work is told in them, not thrown. Blocks for half a minute at most. */
    List<ProbeStep> probe(Access access);
}
