{{- define "memoir-operator.labels" -}}
app.kubernetes.io/name: memoir-operator
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "memoir-operator.selector" -}}
app.kubernetes.io/name: memoir-operator
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "memoir-operator.tag" -}}
{{ .Values.images.tag | default .Chart.AppVersion }}
{{- end }}

{{- define "memoir-operator.subject" -}}
- kind: ServiceAccount
  name: {{ .Release.Name }}
  namespace: {{ .Release.Namespace }}
{{- end }}
