/**
 * The Kubernetes clusters the emulated products protect: namespaces, KubeVirt virtual machines, claims with content.
 *
 * <p>For the emulators only; imports nothing of the project.
 */
@NullMarked
package org.cloudstackbackup.emulator.kubevirt;

import org.jspecify.annotations.NullMarked;
