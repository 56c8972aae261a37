{{- define "cytoplane.labels" -}}
app.kubernetes.io/name: cytoplane-data-plane
{{ include "cytoplane.ofRelease" . }}
{{- end }}

{{- define "cytoplane.selector" -}}
app.kubernetes.io/name: cytoplane-data-plane
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "cytoplane.ofRelease" -}}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "cytoplane.image" -}}
{{- $image := index . 0 -}}
{{- with $image -}}
{{- if .digest }}{{ .repository }}@{{ .digest }}{{ else if .tag }}{{ .repository }}:{{ .tag }}{{ else }}{{ fail (printf "%s.tag or %s.digest: say which version runs" (index $ 1) (index $ 1)) }}{{ end }}
{{- end }}
{{- end }}

{{- define "cytoplane.pullSecrets" -}}
{{- with .Values.images.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end }}

{{- /* Whether the control plane of this release invites the data plane by itself. */ -}}
{{- define "cytoplane.invited" -}}
{{- if and .Values.controlPlane.enabled .Values.dataPlane.enabled (not .Values.dataPlane.link.url) }}yes{{ end -}}
{{- end }}

{{- define "cytoplane.joinSecret" -}}
{{- .Values.dataPlane.join.existingSecret | default "cytoplane-data-plane-join" -}}
{{- end }}

{{- /* The link of the control plane of this release, from inside of the cluster. */ -}}
{{- define "cytoplane.linkService" -}}
https://cytoplane-control-plane.{{ .Release.Namespace }}.svc.{{ .Values.cluster.domain }}:8443
{{- end }}

{{- define "cytoplane.linkUrl" -}}
{{- .Values.dataPlane.link.url | default (include "cytoplane.linkService" .) -}}
{{- end }}
