/** Load from outside on the packaged server: what a client feels, beside the aims that were set. */
@NullMarked
package org.cloudstackbackup.benchmarks;

import org.jspecify.annotations.NullMarked;
