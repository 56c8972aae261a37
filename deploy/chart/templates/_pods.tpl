{{- /* What every pod of the control plane, of PostgreSQL and of Keycloak has: nobody's rights, and no way to the API server. */ -}}
{{- define "cytoplane.restrictedPod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 65532
  runAsGroup: 65532
  fsGroup: 65532
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: {type: RuntimeDefault}
{{- include "cytoplane.pullSecrets" . }}
{{- end }}

{{- define "cytoplane.restrictedContainer" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}

{{- /* The volume claim of a StatefulSet: the storage's values. */ -}}
{{- define "cytoplane.claim" -}}
accessModes: [ReadWriteOnce]
{{- with .className }}
storageClassName: {{ . }}
{{- end }}
resources: {requests: {storage: {{ .size }}}}
{{- end }}

{{- /* Name servers of the cluster. */ -}}
{{- define "cytoplane.toDns" -}}
- to:
    - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}
      podSelector: {matchLabels: {k8s-app: kube-dns}}
  ports:
    - {protocol: UDP, port: 53}
    - {protocol: TCP, port: 53}
{{- end }}

{{- /* PostgreSQL of this release, or yours. */ -}}
{{- define "cytoplane.toPostgresql" -}}
{{- if .Values.postgresql.inCluster }}
- to:
    - podSelector: {matchLabels: {app.kubernetes.io/name: cytoplane-postgresql, app.kubernetes.io/instance: {{ .Release.Name }}}}
  ports:
    - {protocol: TCP, port: 5432}
{{- else }}
- ports:
    - {protocol: TCP, port: {{ .Values.postgresql.port }}}
  {{- with .Values.postgresql.networks }}
  to:
    {{- range . }}
    - ipBlock: {cidr: {{ . }}}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}

{{- /* Host and port of the database server. */ -}}
{{- define "cytoplane.postgresqlAddress" -}}
{{- if .Values.postgresql.inCluster }}cytoplane-postgresql:5432{{ else }}{{ .Values.postgresql.host }}:{{ .Values.postgresql.port }}{{ end }}
{{- end }}

{{- define "cytoplane.postgresqlParameters" -}}
{{- if not .Values.postgresql.inCluster }}
{{- $parameters := list }}
{{- with .Values.postgresql.certificateAuthority }}{{ $parameters = append $parameters "sslrootcert=/postgresql/ca.crt" }}{{ end }}
{{- if not (contains "sslmode=" .Values.postgresql.parameters) }}
{{- $parameters = append $parameters (ternary "sslmode=verify-full" "sslmode=require" (ne .Values.postgresql.certificateAuthority "")) }}
{{- end }}
{{- with .Values.postgresql.parameters }}{{ $parameters = append $parameters . }}{{ end -}}
?{{ join "&" $parameters }}
{{- end }}
{{- end }}

{{- /* What is mounted to check the database server's certificate, and the volume of that name. */ -}}
{{- define "cytoplane.postgresqlAuthorityMount" -}}
{{- with .Values.postgresql.certificateAuthority }}
- {name: postgresql, mountPath: /postgresql, readOnly: true}
{{- end }}
{{- end }}

{{- define "cytoplane.postgresqlAuthorityVolume" -}}
{{- with .Values.postgresql.certificateAuthority }}
- {name: postgresql, configMap: {name: cytoplane-postgresql-authority}}
{{- end }}
{{- end }}

{{- /* The host of a URL, without its port. */ -}}
{{- define "cytoplane.host" -}}
{{- (urlParse .).hostname -}}
{{- end }}

{{- /* cluster.networks of IPv4, or of IPv6, as a list; nothing where there are none. */ -}}
{{- define "cytoplane.clusterNetworks" -}}
{{- $found := list -}}
{{- range (index . 0).Values.cluster.networks -}}
{{- if eq (contains ":" .) (index $ 1) }}{{ $found = append $found . }}{{ end -}}
{{- end -}}
{{- if $found }}{{ toJson $found }}{{ end -}}
{{- end }}
