/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.inventory;

/**
 * A range of IPv4 addresses.
 *
 * @param first the lowest address, as a number
 * @param prefixLength 1 to 30
 */
public record Ipv4Range(long first, int prefixLength) {
    public Ipv4Range {
        if (prefixLength < 1 || prefixLength > 30) {
            throw new IllegalArgumentException("prefix length " + prefixLength + " is not from 1 to 30");
        }
        first &= mask(prefixLength);
    }

    /** Reads {@code 10.1.0.0/16}. */
    public static Ipv4Range of(String cidr) {
        int slash = cidr.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("'" + cidr + "' is not of the form 10.1.0.0/16");
        }
        return new Ipv4Range(number(cidr.substring(0, slash)), Integer.parseInt(cidr.substring(slash + 1)));
    }

    /** The highest address, the broadcast address. */
    public long last() {
        return first | (~mask(prefixLength) & 0xFFFFFFFFL);
    }

    /** Whether a VM may have the address: in the range, neither its first nor its last. */
    public boolean isUsable(String address) {
        long number = number(address);
        return number > first && number < last();
    }

    public String netmask() {
        return text(mask(prefixLength));
    }

    /** Reads a dotted address. */
    public static long number(String address) {
        String[] parts = address.split("\\.", -1);
        long number = 0;
        if (parts.length != 4) {
            throw new IllegalArgumentException("'" + address + "' is not an IPv4 address");
        }
        for (String part : parts) {
            int octet = part.matches("[0-9]{1,3}") ? Integer.parseInt(part) : 256;
            if (octet > 255) {
                throw new IllegalArgumentException("'" + address + "' is not an IPv4 address");
            }
            number = number << 8 | octet;
        }
        return number;
    }

    /** The address as people write it. */
    public static String text(long address) {
        return (address >> 24 & 255) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
    }

    private static long mask(int prefixLength) {
        return 0xFFFFFFFFL << (32 - prefixLength) & 0xFFFFFFFFL;
    }
}
