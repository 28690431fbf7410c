/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What the tests of several modules share: a clock that is set by hand, builders of the SPI's values, and the contract
 * tests that every driver passes ({@link org.cloudstackbackup.testkit.DriverContract}).
 *
 * <p>Only tests import this package. It imports the SPI, JUnit and AssertJ, and nothing else of ours.
 */
@NullMarked
package org.cloudstackbackup.testkit;

import org.jspecify.annotations.NullMarked;
