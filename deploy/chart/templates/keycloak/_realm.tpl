{{- /*
The realm of files/realm.json without the clients of the launcher and of the demo, and with one for the platform's operators.
What stands in it as ${…} Keycloak takes from its environment.
*/ -}}
{{- define "cytoplane.realm" -}}
{{- $realm := .Files.Get "files/realm.json" | fromJson -}}
{{- $others := list "cytoplane-launcher" "demo-customer" -}}
{{- $clients := list -}}
{{- $audience := list -}}
{{- range $realm.clients -}}
{{- if eq .clientId "cytoplane-launcher" }}{{ $audience = .protocolMappers }}{{ end -}}
{{- if not (has .clientId $others) }}{{ $clients = append $clients . }}{{ end -}}
{{- end -}}
{{- $operator := dict "clientId" "cytoplane-operator" "name" "The platform's operators" "secret" "${operatorSecret}" "publicClient" false "standardFlowEnabled" false "directAccessGrantsEnabled" false "serviceAccountsEnabled" true "fullScopeAllowed" true "protocolMappers" $audience -}}
{{- $users := list (dict "username" "service-account-cytoplane-operator" "enabled" true "serviceAccountClientId" "cytoplane-operator" "realmRoles" (list "platform-admin")) -}}
{{- range $realm.users -}}
{{- if not (has (default "" .serviceAccountClientId) $others) }}{{ $users = append $users . }}{{ end -}}
{{- end -}}
{{- merge (dict "clients" (append $clients $operator) "users" $users) (omit $realm "clients" "users") | toPrettyJson -}}
{{- end }}
