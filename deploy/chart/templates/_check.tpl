{{- /* What goes together; what is allowed by itself says values.schema.json. All that is wrong is said at once. */ -}}
{{- define "cytoplane.check" -}}
{{- $wrong := list -}}
{{- with .Values -}}
{{- if not (or .controlPlane.enabled .dataPlane.enabled) -}}
  {{- $wrong = append $wrong "nothing would be installed: set controlPlane.enabled, dataPlane.enabled or both" -}}
{{- end -}}
{{- if and (not .controlPlane.enabled) (or .postgresql.inCluster .keycloak.inCluster) -}}
  {{- $wrong = append $wrong "postgresql.inCluster and keycloak.inCluster are for a control plane: set controlPlane.enabled" -}}
{{- end -}}
{{- if .controlPlane.enabled -}}
  {{- if and .postgresql.inCluster .postgresql.host -}}
    {{- $wrong = append $wrong "postgresql.host is for a PostgreSQL of yours, and postgresql.inCluster installs one: set one of the two" -}}
  {{- end -}}
  {{- if not (or .postgresql.inCluster .postgresql.host) -}}
    {{- $wrong = append $wrong "there is no database: set postgresql.host, or postgresql.inCluster" -}}
  {{- end -}}
  {{- if and .postgresql.inCluster (or .postgresql.certificateAuthority .postgresql.parameters) -}}
    {{- $wrong = append $wrong "postgresql.certificateAuthority and postgresql.parameters are for a PostgreSQL of yours: set postgresql.host" -}}
  {{- end -}}
  {{- if and (not .postgresql.inCluster) (not .postgresql.existingSecret) -}}
    {{- $wrong = append $wrong "postgresql.existingSecret: name the Secret with the passwords of your PostgreSQL" -}}
  {{- end -}}
  {{- if and (not .keycloak.inCluster) (not .keycloak.existingSecret) -}}
    {{- $wrong = append $wrong "keycloak.existingSecret: name the Secret with the control plane's client secret in your Keycloak" -}}
  {{- end -}}
  {{- if and .keycloak.certificateAuthority (not (hasPrefix "https://" .keycloak.url)) -}}
    {{- $wrong = append $wrong "keycloak.certificateAuthority is for a keycloak.url that begins with https://" -}}
  {{- end -}}
  {{- if and .keycloak.inCluster (ne .keycloak.realm "cytoplane") -}}
    {{- $wrong = append $wrong "keycloak.realm: Keycloak in the cluster has the realm cytoplane" -}}
  {{- end -}}
  {{- if and .keycloak.ingress.enabled (not .keycloak.inCluster) -}}
    {{- $wrong = append $wrong "keycloak.ingress is for Keycloak in the cluster: set keycloak.inCluster" -}}
  {{- end -}}
  {{- if and (ne .controlPlane.link.service "ClusterIP") (not .controlPlane.link.url) -}}
    {{- $wrong = append $wrong (printf "controlPlane.link.url: say how data planes reach the link that controlPlane.link.service=%s exposes" .controlPlane.link.service) -}}
  {{- end -}}
{{- end -}}
{{- if .dataPlane.enabled -}}
  {{- if not (or .dataPlane.link.url .controlPlane.enabled) -}}
    {{- $wrong = append $wrong "dataPlane.link.url: say where the control plane's link is" -}}
  {{- end -}}
  {{- if and (include "cytoplane.invited" $) (not .dataPlane.domain) -}}
    {{- $wrong = append $wrong "dataPlane.domain: say which domain the cells' public addresses lie under" -}}
  {{- end -}}
  {{- if and .dataPlane.join.token .dataPlane.join.existingSecret -}}
    {{- $wrong = append $wrong "dataPlane.join.token and dataPlane.join.existingSecret: set one of the two" -}}
  {{- end -}}
  {{- with .cells.registry -}}
    {{- if and (not .existingSecret) (or .username .authorityKey .pullSecretKey) -}}
      {{- $wrong = append $wrong "cells.registry.existingSecret: name the Secret that cells.registry's keys are in" -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- end -}}
{{- if $wrong -}}
{{- fail (printf "the values do not go together:\n- %s\n" (join "\n- " $wrong)) -}}
{{- end -}}
{{- end }}
