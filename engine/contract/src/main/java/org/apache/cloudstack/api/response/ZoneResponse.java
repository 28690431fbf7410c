package org.apache.cloudstack.api.response;

import org.apache.cloudstack.api.BaseResponseWithAnnotations;

/** Stands for a zone as the type of a parameter; each host answers with fields of its own. */
public class ZoneResponse extends BaseResponseWithAnnotations implements SetResourceIconResponse {
    public ZoneResponse() {}
}
