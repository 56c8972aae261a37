package dev.cytoplane.controlplane.concurrency;

import java.net.URI;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** A resource as it is answered: with its version as ETag, and with its address when it is new. */
public interface Versioned {

    /** Counts its changes, from 1. */
    long version();

    static <T extends Versioned> ResponseEntity<T> ok(T resource) {
        return ResponseEntity.ok().eTag(Versions.etag(resource.version())).body(resource);
    }

    /** 201 for a POST to a collection. */
    static <T extends Versioned> ResponseEntity<T> created(T resource, String name) {
        URI location = URI.create(
                ServletUriComponentsBuilder.fromCurrentRequestUri().build().getPath() + "/" + name);
        return ResponseEntity.created(location)
                .eTag(Versions.etag(resource.version()))
                .body(resource);
    }
}
