package dev.cytoplane.dataplane.kubernetes.resource;

import dev.cytoplane.contracts.json.ContractJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** The custom resource definition of cells, made from the contract's published schema. */
public final class CellDefinition {

    /** What the Helm chart applies, and an administrator without it. */
    public static final Path FILE = Path.of("..", "deploy", "chart", "files", "cells.cytoplane.dev.yaml");

    private static final Path SCHEMA = Path.of("..", "docs", "reference", "cell.schema.json");

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
            .disable(YAMLWriteFeature.SPLIT_LINES)
            .build();

    private static final String FRAME = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata:
              name: cells.cytoplane.dev
              annotations:
                # Whoever removes the chart does not remove all cells with it.
                helm.sh/resource-policy: keep
            spec:
              group: cytoplane.dev
              scope: Cluster
              names: {plural: cells, singular: cell, kind: Cell}
              versions:
              - name: v1alpha1
                served: true
                storage: true
                subresources: {status: {}}
                additionalPrinterColumns:
                - {name: Ready, type: string, jsonPath: '.status.conditions[?(@.type=="Ready")].status'}
                - {name: Reason, type: string, jsonPath: '.status.conditions[?(@.type=="Ready")].reason'}
                - {name: Namespace, type: string, jsonPath: .status.namespace}
                - {name: Age, type: date, jsonPath: .metadata.creationTimestamp}
                - {name: Message, type: string, priority: 1, jsonPath: '.status.conditions[?(@.type=="Ready")].message'}
                schema:
                  openAPIV3Schema:
                    type: object
                    description: A project in an environment, as one unit that runs, is reached and is removed as a whole.
                    required: [spec]
                    x-kubernetes-validations:
                    - rule: self.metadata.name.matches('^[a-z]([-a-z0-9]{0,38}[a-z0-9])?([.][a-z]([-a-z0-9]{0,38}[a-z0-9])?){2}$')
                      message: the name of a cell is project.environment.organization
                    properties:
                      apiVersion: {type: string}
                      kind: {type: string}
                      metadata: {type: object}
                      spec: {}
                      status:
                        type: object
                        description: What the data plane sees of the cell.
                        properties:
                          observedGeneration: {type: integer, format: int64}
                          namespace: {type: string, description: Where the cell's objects are.}
                          conditions:
                            type: array
                            x-kubernetes-list-type: map
                            x-kubernetes-list-map-keys: [type]
                            items:
                              type: object
                              required: [type, status, lastTransitionTime, reason, message]
                              properties:
                                type: {type: string}
                                status: {type: string, enum: ["True", "False", Unknown]}
                                observedGeneration: {type: integer, format: int64}
                                lastTransitionTime: {type: string, format: date-time}
                                reason: {type: string}
                                message: {type: string}
                          components:
                            type: array
                            x-kubernetes-list-type: map
                            x-kubernetes-list-map-keys: [name]
                            items:
                              type: object
                              required: [name, phase, message]
                              properties:
                                name: {type: string}
                                phase: {type: string, enum: [PROGRESSING, READY, FAILED, DEGRADED]}
                                message: {type: string, description: Why it is in this phase.}
                                desiredRelease: {type: string}
                                servingRelease: {type: string, description: The release that all its ready pods run.}
                                replicas: {type: integer}
                                readyReplicas: {type: integer}
                                autoscaling:
                                  type: object
                                  description: Of a component that is scaled by load.
                                  properties:
                                    active: {type: boolean, description: Whether its load is known and counts.}
                                    instances: {type: integer, description: 'Pods that there are, ready or not.'}
                                    wanted: {type: integer, description: Those that are wanted now.}
                                    message: {type: string, description: Why so many.}
                          gateway:
                            type: object
                            description: Where the cell's gateway is reached from outside the cluster.
                            properties:
                              publicUrls:
                                type: array
                                description: Its front door, as scheme, host and port.
                                items: {type: string}
                              westboundAddress: {type: string, description: 'host:port for cells of other data planes.'}
            """;

    private CellDefinition() {}

    static String yaml() {
        try {
            Map<String, Object> published =
                    ContractJson.MAPPER.readValue(Files.readString(SCHEMA), new TypeReference<>() {});
            Map<String, Object> definition = YAML.readValue(FRAME, new TypeReference<>() {});
            at(definition, "spec", "versions", 0, "schema", "openAPIV3Schema", "properties")
                    .put("spec", StructuralSchema.ofSpec(published));
            return "# Generated from the contract by CellDefinitionTest; change the records or the test's generator, not this file.\n"
                    + YAML.writeValueAsString(definition);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> at(Map<String, Object> root, Object... path) {
        Object node = root;
        for (Object step : path) {
            node = Objects.requireNonNull(
                    step instanceof Integer index
                            ? ((List<Object>) node).get(index)
                            : ((Map<String, Object>) node).get(String.valueOf(step)));
        }
        return (Map<String, Object>) node;
    }
}
