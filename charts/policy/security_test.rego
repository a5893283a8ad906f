package main

import rego.v1

test_root_is_refused if {
	denied_pod([{"op": "remove", "path": "/securityContext/runAsNonRoot"}]) == in_ws_edge("runAsNonRoot is not true")
	denied_pod([{"op": "replace", "path": "/securityContext/runAsUser", "value": 0}]) == in_ws_edge("runs as the user 0")
}

test_a_container_may_not_undo_what_the_pod_says if {
	denied_container([{"op": "add", "path": "/securityContext/runAsNonRoot", "value": false}]) == in_ws_edge("runAsNonRoot is not true")
}

test_init_containers_and_jobs_count if {
	bad := json.patch(good_container, [{"op": "replace", "path": "/name", "value": "first"}, {"op": "remove", "path": "/securityContext/readOnlyRootFilesystem"}])
	denied_pod([{"op": "add", "path": "/initContainers", "value": [bad]}]) == {"Deployment ws-edge, container first: readOnlyRootFilesystem is not true"}
	job := object.union(deployment(json.patch(good_pod, [{"op": "remove", "path": "/automountServiceAccountToken"}])), {"kind": "Job"})
	denied([job, good_policy]) == {"Job ws-edge: automountServiceAccountToken is not false"}
}

test_a_writable_root_is_refused if {
	denied_container([{"op": "remove", "path": "/securityContext/readOnlyRootFilesystem"}]) == in_ws_edge("readOnlyRootFilesystem is not true")
}

test_privileges_are_refused if {
	denied_container([{"op": "remove", "path": "/securityContext/allowPrivilegeEscalation"}]) == in_ws_edge("allowPrivilegeEscalation is not false")
	denied_container([{"op": "add", "path": "/securityContext/privileged", "value": true}]) == in_ws_edge("is privileged")
	denied_container([{"op": "remove", "path": "/securityContext/capabilities"}]) == in_ws_edge("does not drop all capabilities")
	denied_container([{"op": "add", "path": "/securityContext/capabilities/add", "value": ["NET_RAW"]}]) == in_ws_edge("adds the capability NET_RAW")
	denied_pod([{"op": "remove", "path": "/securityContext/seccompProfile"}]) == in_ws_edge("seccompProfile is not RuntimeDefault")
}

test_the_host_is_out_of_reach if {
	denied_pod([{"op": "add", "path": "/hostNetwork", "value": true}]) == {"Deployment ws-edge: uses hostNetwork"}
	denied_pod([{"op": "add", "path": "/hostPID", "value": true}]) == {"Deployment ws-edge: uses hostPID"}
	denied_pod([{"op": "add", "path": "/volumes", "value": [{"name": "x", "hostPath": {"path": "/var/run"}}]}]) == {"Deployment ws-edge: mounts the host's /var/run"}
	denied_container([{"op": "add", "path": "/ports", "value": [{"hostPort": 80}]}]) == in_ws_edge("takes the host's port 80")
}

test_a_service_account_token_is_refused if {
	denied_pod([{"op": "remove", "path": "/automountServiceAccountToken"}]) == {"Deployment ws-edge: automountServiceAccountToken is not false"}
}

test_secrets_are_not_in_clear if {
	denied_container([{"op": "add", "path": "/env/-", "value": {"name": "EVEYS_OCPP_BACKEND_TOKEN", "value": "t"}}]) == in_ws_edge("EVEYS_OCPP_BACKEND_TOKEN is in clear, and belongs into a Secret")
	denied_container([{"op": "add", "path": "/env/-", "value": {"name": "EVEYS_OCPP_BACKEND_TOKEN", "valueFrom": {"secretKeyRef": {"name": "s", "key": "k"}}}}]) == set()
	map := {"kind": "ConfigMap", "metadata": {"name": "m"}, "data": {"EVEYS_OCPP_REST_INBOUND_TOKENS": "t"}}
	denied([map]) == {"ConfigMap m: EVEYS_OCPP_REST_INBOUND_TOKENS is in clear, and belongs into a Secret"}
}

test_trial_engines_may_write_and_have_passwords_in_clear if {
	patch := [
		{"op": "remove", "path": "/securityContext/readOnlyRootFilesystem"},
		{"op": "add", "path": "/env/-", "value": {"name": "POSTGRES_PASSWORD", "value": "trial"}},
	]
	engine := deployment(object.union(good_pod, {"containers": [json.patch(good_container, patch)]}))
	label := {"op": "add", "path": "/spec/template/metadata/labels/app.kubernetes.io~1component", "value": "trial-engine"}
	denied([json.patch(engine, [label]), good_policy]) == set()
	count(denied([engine, good_policy])) == 2
}

test_trial_engines_keep_the_other_rules if {
	label := {"op": "add", "path": "/spec/template/metadata/labels/app.kubernetes.io~1component", "value": "trial-engine"}
	engine := deployment(json.patch(good_pod, [{"op": "add", "path": "/hostPID", "value": true}]))
	denied([json.patch(engine, [label]), good_policy]) == {"Deployment ws-edge: uses hostPID"}
}
