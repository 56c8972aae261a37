{{- /*
A Secret with generated passwords, the same in every later version of the release: what is there already is kept.
Takes the context, the name, the labels, whether it outlives the release, and the keys.
*/ -}}
{{- define "cytoplane.generated" -}}
{{- $there := lookup "v1" "Secret" .context.Release.Namespace .name -}}
{{- $data := dict -}}
{{- if $there }}{{ $data = $there.data | default dict }}{{ end -}}
apiVersion: v1
kind: Secret
metadata:
  name: {{ .name }}
  namespace: {{ .context.Release.Namespace }}
  labels: {{- .labels | nindent 4 }}
  {{- if .retain }}
  annotations:
    helm.sh/resource-policy: keep
  {{- end }}
data:
  {{- range .keys }}
  {{ . }}: {{ get $data . | default (randAlphaNum 40 | b64enc) }}
  {{- end }}
{{- end }}

{{- define "cytoplane.postgresqlSecret" -}}
{{- .Values.postgresql.existingSecret | default "cytoplane-postgresql" -}}
{{- end }}

{{- define "cytoplane.keycloakSecret" -}}
{{- .Values.keycloak.existingSecret | default "cytoplane-keycloak" -}}
{{- end }}

{{- /* A variable from a Secret: name, Secret, key. */ -}}
{{- define "cytoplane.secretVariable" -}}
- name: {{ index . 0 }}
  valueFrom: {secretKeyRef: {name: {{ index . 1 }}, key: {{ index . 2 }}}}
{{- end }}
