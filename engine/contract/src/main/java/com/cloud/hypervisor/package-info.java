/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Hypervisors.
 *
 * <p>Declared under CloudStack's names after the recorded signatures of 4.22; inside CloudStack its own classes take
 * this place. For the bridge, the server's commands and the drivers' command packages only.
 */
package com.cloud.hypervisor;
