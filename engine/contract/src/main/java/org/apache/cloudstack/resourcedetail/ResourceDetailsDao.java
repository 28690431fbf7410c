/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.resourcedetail;

import com.cloud.utils.db.GenericDao;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.api.ResourceDetail;

/** Details of rows. */
public interface ResourceDetailsDao<R extends ResourceDetail> extends GenericDao<R, Long> {
    /** The detail of that name, or null. */
    R findDetail(long resourceId, String name);

    /** The details of that name, of any resource, removed ones too; with that value and visibility unless null. */
    List<R> findDetails(String key, String value, Boolean display);

    /** Sets a detail, in place of one of the same name. */
    void addDetail(long resourceId, String key, String value, boolean display);

    /** Removes a detail; nothing happens when there is none. */
    void removeDetail(long resourceId, String key);

    Map<String, String> listDetailsKeyPairs(long resourceId);
}
