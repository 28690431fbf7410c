package org.apache.cloudstack.api.response;

/** An answer that may carry an icon; nothing here sets one. */
public interface SetResourceIconResponse {}
