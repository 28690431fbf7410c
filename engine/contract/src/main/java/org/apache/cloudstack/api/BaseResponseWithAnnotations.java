package org.apache.cloudstack.api;

/** An answer about something that people may comment on. */
public abstract class BaseResponseWithAnnotations extends BaseResponse {
    public BaseResponseWithAnnotations() {}
}
