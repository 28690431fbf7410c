/**
 * Types of events.
 *
 * <p>Declared under CloudStack's names after the recorded signatures of 4.22; inside CloudStack its own classes take
 * this place. For the bridge, the server's commands and the drivers' command packages only.
 */
package com.cloud.event;
