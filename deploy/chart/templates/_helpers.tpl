{{- define "cytoplane.labels" -}}
app.kubernetes.io/name: cytoplane-data-plane
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "cytoplane.selector" -}}
app.kubernetes.io/name: cytoplane-data-plane
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "cytoplane.image" -}}
{{- with .Values.image -}}
{{- if .digest }}{{ .repository }}@{{ .digest }}{{ else if .tag }}{{ .repository }}:{{ .tag }}{{ else }}{{ fail "image.tag or image.digest: say which version of the data plane runs" }}{{ end }}
{{- end }}
{{- end }}

{{- define "cytoplane.joinSecret" -}}
{{- .Values.join.existingSecret | default "cytoplane-data-plane-join" -}}
{{- end }}
